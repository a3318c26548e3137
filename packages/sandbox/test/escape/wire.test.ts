import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { addressIn, nameIn, serverNameIn } from '../../src/escape/wire.ts';

const query = (name: string, type: number): Buffer => {
  const labels = name.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]));
  return Buffer.concat([Buffer.from([0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]), ...labels, Buffer.from([0, 0, type, 0, 1])]);
};

describe('a question to a name server', () => {
  it('is read, and answered with the one address that every name has', () => {
    const asked = nameIn(query('out.example', 1));
    expect(asked).toMatchObject({ name: 'out.example', type: 1 });
    const answer = addressIn(query('out.example', 1), asked!, '198.51.100.10');
    expect([...answer.subarray(-4)]).toEqual([198, 51, 100, 10]);
    expect(answer.readUInt16BE(0)).toBe(0x1234);
    expect(answer.readUInt16BE(6)).toBe(1);
  });

  it('of another type is answered with nothing', () => {
    const asked = nameIn(query('out.example', 65));
    expect(addressIn(query('out.example', 65), asked!, '198.51.100.10').readUInt16BE(6)).toBe(0);
  });

  it('may be any bytes at all', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => void nameIn(Buffer.from(bytes))));
  });
});

it('a secure hello may be any bytes at all: then it names no server', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void serverNameIn(Buffer.from(bytes))));
  expect(serverNameIn(Buffer.alloc(3))).toBeNull();
});
