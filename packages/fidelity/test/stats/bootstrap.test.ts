import { describe, expect, it } from 'vitest';
import { bootstrapShare, shareOfSteps } from '../../src/index.ts';

const sessions = [
  { hits: 10, total: 10 },
  { hits: 5, total: 10 },
  { hits: 8, total: 10 },
  { hits: 9, total: 10 },
  { hits: 2, total: 10 },
];

describe('bootstrapShare', () => {
  it('gives the same interval for the same seed', () => {
    expect(bootstrapShare(sessions, { seed: 7 })).toEqual(bootstrapShare(sessions, { seed: 7 }));
  });

  it('lies around the share and within what sessions reached', () => {
    const { low, high } = bootstrapShare(sessions);
    expect(low).toBeGreaterThan(0.2);
    expect(low).toBeLessThan(0.68);
    expect(high).toBeGreaterThan(0.68);
    expect(high).toBeLessThan(1);
  });

  it('is wider for steps that fail together than for as many that fail apart', () => {
    const together = bootstrapShare([{ hits: 0, total: 10 }, ...Array.from({ length: 9 }, () => ({ hits: 10, total: 10 }))]);
    const apart = bootstrapShare(Array.from({ length: 10 }, () => ({ hits: 9, total: 10 })));
    expect(together.high - together.low).toBeGreaterThan(apart.high - apart.low);
  });
});

describe('shareOfSteps', () => {
  it('does not claim certainty where every step hits', () => {
    const share = shareOfSteps(Array.from({ length: 10 }, () => ({ hits: 20, total: 20 })));
    expect(share).toMatchObject({ hits: 200, total: 200, share: 1, high: 1 });
    expect(share.low).toBeCloseTo(0.7225, 4);
  });

  it('is 0 with an open interval where there is nothing to count', () => {
    expect(shareOfSteps([])).toEqual({ hits: 0, total: 0, share: 0, low: 0, high: 1 });
  });
});
