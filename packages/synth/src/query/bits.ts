/** A set of numbers below a bound, 32 to a word. */
export type Bits = Uint32Array;

/** The empty set with room for so many words. */
export const noBits = (words: number): Bits => new Uint32Array(words);

/** The full set. */
export const allBits = (words: number): Bits => new Uint32Array(words).fill(0xffffffff);

/** How many numbers a word of a set holds. */
export function popcount(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** What is in both sets. */
export function both(a: Bits, b: Bits): Bits {
  return a.map((word, i) => word & (b[i] as number));
}

/** What is in either set. */
export function either(a: Bits, b: Bits): Bits {
  return a.map((word, i) => word | (b[i] as number));
}
