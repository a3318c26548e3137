import { mulberry32 } from '@backlot/world';

/** A seeded generator. `fork` gives an independent one for a label, so that drawing more in one place moves nothing elsewhere. */
export interface Rng {
  /** A number from 0 up to, not including, 1. */
  readonly next: () => number;
  /** A whole number from 0 up to, not including, `below`; 0 where `below` is less than 2. */
  readonly int: (below: number) => number;
  /** One of the items, each as likely as the others; undefined of an empty list. */
  readonly pick: <T>(items: readonly T[]) => T | undefined;
  /** One of the items in proportion to its weight; undefined where no weight is above 0. */
  readonly weighted: <T>(items: readonly T[], weight: (item: T) => number) => T | undefined;
  readonly fork: (label: string) => Rng;
}

/** FNV-1a over the UTF-16 code units of a text, mixed with a seed. */
function hash(text: string, seed: number): number {
  let h = (2166136261 ^ seed) >>> 0;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b) >>> 0;
  return (h ^ (h >>> 13)) >>> 0;
}

/** A generator (mulberry32) whose whole course follows from the seed. Not for secrets. */
export function createRng(seed: number): Rng {
  const origin = hash('rng', seed | 0);
  const next = mulberry32(origin);
  const int = (below: number): number => (below < 2 ? 0 : Math.floor(next() * below));
  return {
    next,
    int,
    pick: (items) => items[int(items.length)],
    weighted: (items, weight) => {
      const weights = items.map((item) => Math.max(0, weight(item)));
      let left = next() * weights.reduce((sum, w) => sum + w, 0);
      for (const [i, w] of weights.entries()) {
        if (w > 0 && left < w) return items[i];
        left -= w;
      }
      return items[weights.findLastIndex((w) => w > 0)];
    },
    fork: (label) => createRng(hash(label, origin)),
  };
}
