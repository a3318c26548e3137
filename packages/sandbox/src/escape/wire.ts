/** Where the far end answers for names. */
export const nameserver = '198.51.100.53';

/** A question to a name server. */
export interface Question {
  readonly name: string;
  readonly type: number;
  /** Where the question ends in the packet. */
  readonly end: number;
}

/** The first question of a DNS packet; null where it holds none. */
export function nameIn(packet: Buffer): Question | null {
  const labels: string[] = [];
  let at = 12;
  for (;;) {
    const length = packet[at];
    if (length === undefined || length > 63) return null;
    at += 1;
    if (length === 0) break;
    labels.push(packet.toString('latin1', at, at + length));
    at += length;
  }
  if (at + 4 > packet.length) return null;
  return { name: labels.join('.'), type: packet.readUInt16BE(at), end: at + 4 };
}

const typeA = 1;

/** The answer to a question: every name has the address `v4`, and nothing else is known of it. */
export function addressIn(query: Buffer, { type, end }: Question, v4: string): Buffer {
  const head = Buffer.from(query.subarray(0, end));
  head.writeUInt16BE(0x8180, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(type === typeA ? 1 : 0, 6);
  head.writeUInt32BE(0, 8);
  if (type !== typeA) return head;
  const address = v4.split('.').map(Number);
  return Buffer.concat([head, Buffer.from([0xc0, 12, 0, typeA, 0, 1, 0, 0, 0, 1, 0, 4, ...address])]);
}

/** The server name that a TLS ClientHello asks for (RFC 6066); null where it names none. */
export function serverNameIn(hello: Buffer): string | null {
  try {
    let at = 43;
    at += 1 + hello.readUInt8(at);
    at += 2 + hello.readUInt16BE(at);
    at += 1 + hello.readUInt8(at);
    const end = at + 2 + hello.readUInt16BE(at);
    at += 2;
    while (at + 4 <= end) {
      const [type, length] = [hello.readUInt16BE(at), hello.readUInt16BE(at + 2)];
      if (type === 0) return hello.toString('latin1', at + 9, at + 9 + hello.readUInt16BE(at + 7));
      at += 4 + length;
    }
    return null;
  } catch {
    return null;
  }
}
