import { describe, expect, it } from 'vitest';
import { createRng } from '../src/index.ts';

const draw = (seed: number | string, n: number): number[] => {
  const rng = createRng(seed);
  return Array.from({ length: n }, () => rng.next());
};

describe('createRng', () => {
  it('gives the published sequence of mulberry32 for a number', () => {
    expect(draw(1, 3).map((x) => Math.round(x * 2 ** 32))).toEqual([2693262067, 11749833, 2265367787]);
  });

  it('repeats the sequence of a seed and differs between seeds', () => {
    expect(draw('task 1', 5)).toEqual(draw('task 1', 5));
    expect(draw('task 1', 5)).not.toEqual(draw('task 2', 5));
  });

  it('spreads evenly over the items it picks from', () => {
    const rng = createRng('even');
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 4000; i++) counts[rng.pick([0, 1, 2, 3])!]! += 1;
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });

  it('picks nothing from nothing', () => {
    expect(createRng(0).pick([])).toBeUndefined();
  });
});
