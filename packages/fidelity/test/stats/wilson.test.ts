import { describe, expect, it } from 'vitest';
import { wilson } from '../../src/index.ts';

describe('wilson', () => {
  it('gives the bounds that textbooks give', () => {
    const { low, high } = wilson(15, 20);
    expect(low).toBeCloseTo(0.5313, 4);
    expect(high).toBeCloseTo(0.8881, 4);
  });

  it('ends exactly at 0 and 1 where nothing or everything succeeded', () => {
    expect(wilson(0, 10).low).toBe(0);
    expect(wilson(0, 10).high).toBeCloseTo(0.2775, 4);
    expect(wilson(10, 10).high).toBe(1);
    expect(wilson(10, 10).low).toBeCloseTo(0.7225, 4);
  });

  it('knows nothing where nothing was tried', () => {
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
  });

  it('refuses more successes than trials', () => {
    expect(() => wilson(3, 2)).toThrow('3 successes in 2 trials');
  });
});
