import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../src/index.ts';

describe('createRng', () => {
  it('gives the same course for the same seed and another for another', () => {
    const course = (seed: number): number[] => Array.from({ length: 5 }, createRng(seed).next);
    expect(course(7)).toEqual(course(7));
    expect(course(7)).not.toEqual(course(8));
  });

  it('forks by label whatever was drawn before', () => {
    const used = createRng(7);
    used.next();
    expect(used.fork('a').next()).toBe(createRng(7).fork('a').next());
    expect(used.fork('a').next()).not.toBe(used.fork('b').next());
  });

  it('stays within bounds', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 1000 }), (seed, below) => {
        const drawn = createRng(seed).int(below);
        expect(drawn >= 0 && drawn < below && Number.isInteger(drawn)).toBe(true);
      }),
    );
  });

  it('draws by weight', () => {
    const rng = createRng(1);
    const drawn = Array.from({ length: 4000 }, () => rng.weighted(['a', 'b', 'c'], (item) => ({ a: 3, b: 1, c: 0 })[item] ?? 0));
    const share = drawn.filter((item) => item === 'a').length / drawn.length;
    expect(share).toBeGreaterThan(0.7);
    expect(share).toBeLessThan(0.8);
    expect(drawn).not.toContain('c');
    expect(rng.weighted([], () => 1)).toBeUndefined();
  });
});
