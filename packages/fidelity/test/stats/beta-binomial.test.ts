import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { upperTail } from '../../src/stats/beta-binomial.ts';

describe('upperTail', () => {
  it('holds every number of hits for as likely where nothing was seen but one of each', () => {
    expect(upperTail({ hits: 3, total: 4 }, { hits: 1, others: 1 })).toBeCloseTo(2 / 5);
  });

  it('is that of coins where very much was seen', () => {
    expect(upperTail({ hits: 3, total: 3 }, { hits: 1e6, others: 1e6 })).toBeCloseTo(1 / 8, 4);
  });

  it('is 1 for no hit at all, and falls with every hit', () => {
    const seen = fc.record({ hits: fc.double({ min: 0.1, max: 50, noNaN: true }), others: fc.double({ min: 0.1, max: 50, noNaN: true }) });
    fc.assert(
      fc.property(seen, fc.integer({ min: 1, max: 40 }), (before, total) => {
        const tails = Array.from({ length: total + 1 }, (_, hits) => upperTail({ hits, total }, before));
        expect(tails[0]).toBeCloseTo(1);
        tails.slice(1).forEach((tail, i) => expect(tail).toBeLessThanOrEqual(tails[i] ?? 1));
      }),
      { seed: 7 },
    );
  });
});
