import { describe, expect, it } from 'vitest';
import { pairedDifference } from '../../src/stats/paired.ts';

const of = (...hits: readonly number[]) => hits.map((each) => ({ hits: each, total: 10 }));

describe('pairedDifference', () => {
  it('is sure of a gain that every session shows, however much sessions differ', () => {
    const { difference, low } = pairedDifference(of(1, 5, 9, 3, 7), of(2, 6, 10, 4, 8));
    expect(difference).toBeCloseTo(0.1);
    expect(low).toBeCloseTo(0.1);
  });

  it('is not sure of a gain that one session alone shows', () => {
    const { difference, low } = pairedDifference(of(1, 5, 9, 3, 1), of(1, 5, 9, 3, 10));
    expect(difference).toBeGreaterThan(0.1);
    expect(low).toBe(0);
  });

  it('knows nothing from one session', () => {
    expect(pairedDifference(of(1), of(5))).toEqual({ difference: expect.closeTo(0.4), low: -1, high: 1 });
  });

  it('refuses sessions without their counterpart', () => {
    expect(() => pairedDifference(of(1), of(1, 2))).toThrow(RangeError);
  });
});
