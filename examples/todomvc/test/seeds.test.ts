import { describe, expect, it } from 'vitest';
import { planSession } from '../src/plan.ts';
import { firstSeedUnlike } from '../src/seeds.ts';

const typed = (seed: number): string[] =>
  planSession(seed).flatMap(({ deed }) => ('text' in deed && deed.text.trim() !== '' ? [deed.text.trim()] : []));

describe('firstSeedUnlike', () => {
  it.each([1, 1001, 5001])('finds ten people after seed %i who type nothing that twenty others type', (seed) => {
    const known = Array.from({ length: 20 }, (_, k) => seed + k);
    const first = firstSeedUnlike(known, { from: seed + 20, sessions: 10 });
    expect(first).toBeGreaterThanOrEqual(seed + 20);
    const seen = new Set(known.flatMap(typed));
    const fresh = Array.from({ length: 10 }, (_, k) => typed(first + k)).flat();
    expect(fresh.length).toBeGreaterThan(20);
    expect(fresh.filter((text) => seen.has(text))).toEqual([]);
  });

  it('skips a session that repeats a known one', () => {
    expect(firstSeedUnlike([7], { from: 7, sessions: 1 })).toBeGreaterThan(7);
  });
});
