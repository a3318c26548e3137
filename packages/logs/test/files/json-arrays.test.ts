import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonArrayScanner } from '../../src/files/json-arrays.ts';
import type { ScanEnd } from '../../src/files/json-arrays.ts';

function scan(text: string | Buffer, pieceSize = 7): { elements: unknown[]; end: ScanEnd } {
  const bytes = Buffer.from(text);
  const elements: unknown[] = [];
  const scanner = new JsonArrayScanner({ element: (json) => void elements.push(JSON.parse(json)) });
  for (let i = 0; i < bytes.length; i += pieceSize) scanner.push(bytes.subarray(i, i + pieceSize));
  return { elements, end: scanner.end() };
}

describe('the scanner of JSON arrays', () => {
  it('gives the elements of any array whole, however the text is cut into pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.integer({ min: 1, max: 40 }), fc.boolean(), (values, size, indent) => {
        const { elements, end } = scan(JSON.stringify(values, null, indent ? 2 : 0), size);
        expect(elements).toEqual(JSON.parse(JSON.stringify(values)));
        expect(end).toEqual({ complete: true, elements: values.length, found: true, cut: false });
      }),
    );
  });

  it('finds arrays inside of the objects around them', () => {
    const text = '{"version": "[1]", "data": {"id": 7, "snapshots": [{"a": [1, 2]}, {"b": "}]"}]}, "more": [3]}';
    expect(scan(text).elements).toEqual([{ a: [1, 2] }, { b: '}]' }, 3]);
  });

  it('gives what stands before a cut, and says that it is one', () => {
    const { elements, end } = scan('[{"a":1},{"b":2},{"c":');
    expect(elements).toEqual([{ a: 1 }, { b: 2 }]);
    expect(end).toMatchObject({ complete: false, elements: 2, cut: true });
  });

  it('tells other files by their first bytes', () => {
    expect(scan(Buffer.from([0x89, 0x50, 0x4e, 0x47])).end.notJson).toBe('it begins with the bytes 89504e47');
  });

  it('reads past a byte order mark', () => {
    expect(scan('\ufeff[1]').elements).toEqual([1]);
  });
});
