import { mulberry32 } from '@backlot/world';

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
  const next = mulberry32(typeof seed === 'number' ? seed : hash(seed));
  const int = (below: number): number => Math.floor(next() * Math.max(1, below));
  return { next, int, pick: (items) => items[int(items.length)] };
}

/** FNV-1a over UTF-16 code units. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}
