import { describe, expect, it } from 'vitest';
import { shareOfSteps } from '../../src/index.ts';

describe('shareOfSteps', () => {
  it('knows nothing where there was nothing to count', () => {
    expect(shareOfSteps([{ hits: 0, total: 0 }])).toEqual({ hits: 0, total: 0, share: 0, low: 0, high: 1 });
  });

  it('learns nothing from sessions without anything to count', () => {
    const sessions = [
      { hits: 1, total: 2 },
      { hits: 3, total: 3 },
    ];
    expect(shareOfSteps([...sessions, { hits: 0, total: 0 }])).toEqual(shareOfSteps(sessions));
  });
});
