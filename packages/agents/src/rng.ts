/** A seeded generator of numbers that look random: the same seed gives the same sequence, everywhere and for ever. */
export interface Rng {
  /** The next number, from 0 (included) to 1 (not included). */
  next(): number;
  /** A whole number from 0 to `below` - 1; 0 where `below` is less than 1. */
  int(below: number): number;
  /** One of the items, all equally likely; undefined for an empty list. */
  pick<T>(items: readonly T[]): T | undefined;
}

/** Makes a generator (mulberry32) from a number or from any text. Not for secrets. */
export function createRng(seed: number | string): Rng {
  let state = typeof seed === 'number' ? seed >>> 0 : hash(seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (below: number): number => Math.floor(next() * Math.max(1, below));
  return { next, int, pick: (items) => items[int(items.length)] };
}

/** FNV-1a over UTF-16 code units. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}
