import { describe, expect, it } from 'vitest';
import { mulberry32 } from '../src/mulberry32.ts';

describe('mulberry32', () => {
  it('gives the published sequence', () => {
    const next = mulberry32(1);
    expect([next(), next(), next()].map((number) => number * 2 ** 32)).toEqual([2693262067, 11749833, 2265367787]);
  });

  it('gives another sequence for another seed, and stays between 0 and 1', () => {
    const numbers = [1, 2, -1, 2 ** 32 + 3].map((seed) => mulberry32(seed)());
    expect(new Set(numbers).size).toBe(4);
    for (const number of numbers) expect(number >= 0 && number < 1).toBe(true);
  });
});
