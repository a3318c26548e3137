import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recalibrated, reliability, type Forecast } from '../../src/index.ts';

const of = (probability: number, right: number, wrong: number): Forecast[] => [
  ...Array.from({ length: right }, () => ({ probability, right: true })),
  ...Array.from({ length: wrong }, () => ({ probability, right: false })),
];

describe('reliability', () => {
  it('finds no error where as much comes out right as was foretold', () => {
    expect(reliability([...of(0.75, 3, 1), ...of(1, 5, 0)]).ece).toBeCloseTo(0);
  });

  it('weighs every bin by the forecasts in it', () => {
    // 4 of 10 foretold 1 and half of them wrong: 0.4 · 0.5.
    expect(reliability([...of(1, 2, 2), ...of(0.5, 3, 3)]).ece).toBeCloseTo(0.2);
  });

  it('has the forecast of 1 in the last bin, and nothing of nothing', () => {
    expect(reliability(of(1, 1, 0)).bins).toEqual([{ low: 0.9, high: 1, count: 1, foretold: 1, right: 1 }]);
    expect(reliability([])).toEqual({ bins: [], ece: 0, brier: 0 });
  });

  it('stays between 0 and 1', () => {
    const forecast = fc.record({ probability: fc.double({ min: 0, max: 1, noNaN: true }), right: fc.boolean() });
    fc.assert(
      fc.property(fc.array(forecast, { minLength: 1 }), (forecasts) => {
        const { ece, brier, bins } = reliability(forecasts);
        expect(ece).toBeGreaterThanOrEqual(0);
        expect(ece).toBeLessThanOrEqual(1);
        expect(brier).toBeLessThanOrEqual(1);
        expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(forecasts.length);
      }),
    );
  });
});

describe('recalibrated', () => {
  it('corrects what is too sure by the outcomes of the other groups', () => {
    const groups = Array.from({ length: 4 }, () => [...of(0.99, 3, 1), ...of(0.6, 1, 1)]);
    expect(reliability(groups.flat()).ece).toBeGreaterThan(0.1);
    expect(reliability(recalibrated(groups)).ece).toBeCloseTo(0);
  });

  it('corrects no group by its own outcomes', () => {
    const [first] = recalibrated([of(0.9, 0, 1), of(0.9, 2, 0)]);
    expect(first).toEqual({ probability: 1, right: false });
  });
});
