import { mulberry32 } from '@backlot/world';
import type { Interval } from './wilson.ts';

/** What one session adds to a share. */
export interface Tally {
  readonly hits: number;
  readonly total: number;
}

/** How the resampling is done. The same seed gives the same interval. */
export interface BootstrapOptions {
  readonly seed?: number;
  readonly rounds?: number;
}

/** How intervals are made where nothing else is asked for. */
export const bootstrapDefaults = { seed: 1, rounds: 2000, level: 0.95 } as const;

/**
 * Percentile bootstrap (95 %) of a share over whole sessions. With one session, or none, nothing is known of how sessions
 * differ: the interval is from 0 to 1.
 */
export function bootstrapShare(sessions: readonly Tally[], options: BootstrapOptions = {}): Interval {
  const { seed, rounds } = { ...bootstrapDefaults, ...options };
  if (sessions.length < 2) return { low: 0, high: 1 };
  const next = mulberry32(seed);
  const shares = Array.from({ length: rounds }, () => resample(sessions, next)).sort((a, b) => a - b);
  const at = (quantile: number): number => shares[Math.round(quantile * (rounds - 1))] ?? 0;
  return { low: at(0.025), high: at(0.975) };
}

function resample(sessions: readonly Tally[], next: () => number): number {
  let hits = 0;
  let total = 0;
  for (let i = 0; i < sessions.length; i += 1) {
    const drawn = sessions[Math.floor(next() * sessions.length)];
    hits += drawn?.hits ?? 0;
    total += drawn?.total ?? 0;
  }
  return total === 0 ? 0 : hits / total;
}
