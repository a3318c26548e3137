/** Features are numbered by hashing their names: this many bits. */
const bits = 18;
/** How many numbers features have. */
export const featureCount = 1 << bits;

const known = new Map<string, number>();
const mostKnown = 100_000;

/** FNV-1a over UTF-16 code units. */
function fnv(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}

/** The hash of a text; those of recurring texts are remembered. */
export function hashOf(text: string): number {
  const before = known.get(text);
  if (before !== undefined) return before;
  if (known.size >= mostKnown) known.clear();
  const value = fnv(text);
  known.set(text, value);
  return value;
}

/** The hash of two things together. */
export function mix(one: number, other: number): number {
  let value = Math.imul(one ^ (other >>> 15) ^ 0x9e3779b9, 0x85ebca6b) ^ other;
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

/** The number of the feature with a hash. */
export function featureOf(hash: number): number {
  return (hash ^ (hash >>> bits)) & (featureCount - 1);
}
