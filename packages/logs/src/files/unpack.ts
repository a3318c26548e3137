import { inflateSync } from 'node:zlib';

const MAX_PACKED = 128 * 1024 * 1024;

/**
 * The event inside a string that rrweb's packer made (zlib data, one character a byte).
 * @throws Error where the string is something else.
 */
export function unpackEvent(packed: string): unknown {
  const json = inflateSync(Buffer.from(packed, 'latin1'), { maxOutputLength: MAX_PACKED }).toString();
  return JSON.parse(json) as unknown;
}
