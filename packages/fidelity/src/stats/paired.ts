import { mulberry32 } from '@backlot/world';
import { bootstrapDefaults, type BootstrapOptions, type Tally } from './bootstrap.ts';
import type { Interval } from './wilson.ts';

/** A difference of shares with its 95 % interval. */
export interface Difference extends Interval {
  readonly difference: number;
}

/**
 * By how much a share is greater than another over the same sessions, with a percentile bootstrap (95 %) that draws the sessions of both
 * together: what is hard in both falls out.
 * @throws RangeError where there are not as many sessions on both sides
 */
export function pairedDifference(before: readonly Tally[], now: readonly Tally[], options: BootstrapOptions = {}): Difference {
  if (before.length !== now.length) throw new RangeError(`${before.length} sessions can't be paired with ${now.length}.`);
  const { seed, rounds } = { ...bootstrapDefaults, ...options };
  const all = before.map((_, i) => i);
  const differenceOver = (drawn: readonly number[]): number => shareOver(now, drawn) - shareOver(before, drawn);
  const difference = differenceOver(all);
  if (all.length < 2) return { difference, low: -1, high: 1 };
  const next = mulberry32(seed);
  const drawn = Array.from({ length: rounds }, () => differenceOver(all.map(() => Math.floor(next() * all.length)))).sort((a, b) => a - b);
  const at = (quantile: number): number => drawn[Math.round(quantile * (rounds - 1))] ?? 0;
  return { difference, low: at(0.025), high: at(0.975) };
}

function shareOver(tallies: readonly Tally[], drawn: readonly number[]): number {
  const sum = (part: (tally: Tally) => number): number => drawn.reduce((total, i) => total + part(tallies[i] ?? { hits: 0, total: 0 }), 0);
  const total = sum((tally) => tally.total);
  return total === 0 ? 0 : sum(({ hits }) => hits) / total;
}
