import type { Session, World } from '@backlot/protocol';
import type { Tally } from '../stats/bootstrap.ts';
import { pairedDifference, type Difference } from '../stats/paired.ts';
import { shareOfSteps, type Share } from '../stats/share.ts';
import { stepsOf } from './steps-of.ts';

/** One round: what was learned from, what it cost, and what it gained. */
export interface Round {
  readonly round: number;
  readonly sessions: number;
  /** Real steps learned from so far, and of these the new ones of this round. */
  readonly steps: number;
  readonly added: number;
  readonly chosen: readonly string[];
  readonly figure: Share;
  /** Against the best round before, session by session; null in the first. */
  readonly gain: Difference | null;
}

/** Why the loop ended. */
export type Stop = 'gain' | 'budget' | 'pool';

/** What the loop came to. */
export interface Improvement {
  readonly world: World;
  readonly sessions: readonly Session[];
  readonly rounds: readonly Round[];
  readonly stop: Stop;
}

/** What the loop works with. */
export interface ImproveOptions {
  readonly start: readonly Session[];
  /** Learns a world from sessions. */
  readonly learn: (sessions: readonly Session[]) => World;
  /** How true a world is, on sessions that are never learned from: what each adds to the figure, always in the same order. */
  readonly measure: (world: World) => Promise<readonly Tally[]>;
  /** Gets new sessions: recorded on demand, or chosen from a pool. None ends the loop. */
  readonly more: (world: World, known: readonly Session[]) => Promise<readonly Session[]>;
  /** Most real steps to learn from. */
  readonly steps: number;
  readonly onRound?: (round: Round) => void;
  readonly signal?: AbortSignal;
}

/** Rounds in a row that may gain no more than noise. */
const patience = 2;

/**
 * Learns, measures, gets more sessions where the world is least sure, and begins again, until the budget of real steps is spent,
 * nothing more is to be had, or two rounds in a row gain no more than noise: than the standard error of the gain, over the same sessions.
 * Gives the world of the best round.
 * @throws the signal's reason
 */
export async function improve(options: ImproveOptions): Promise<Improvement> {
  const rounds: Round[] = [];
  let sessions = options.start;
  let chosen: readonly Session[] = [];
  let best: { readonly world: World; readonly sessions: readonly Session[]; readonly tallies: readonly Tally[] } | null = null;
  let idle = 0;
  for (;;) {
    options.signal?.throwIfAborted();
    const world = options.learn(sessions);
    const tallies = await options.measure(world);
    const figure = shareOfSteps(tallies);
    const gain = best === null ? null : pairedDifference(best.tallies, tallies);
    const round = { round: rounds.length, sessions: sessions.length, steps: stepsOf(sessions), added: stepsOf(chosen) };
    rounds.push({ ...round, chosen: chosen.map(({ id }) => id), figure, gain });
    options.onRound?.(rounds.at(-1) as Round);
    idle = gain !== null && gain.difference <= standardError(gain) ? idle + 1 : 0;
    if (best === null || gain === null || gain.difference > 0) best = { world, sessions, tallies };
    const end = (stop: Stop): Improvement => ({ world: best?.world ?? world, sessions: best?.sessions ?? sessions, rounds, stop });
    if (idle >= patience) return end('gain');
    const found = await options.more(world, sessions);
    if (found.length === 0) return end('pool');
    chosen = within(found, options.steps - stepsOf(sessions));
    if (chosen.length === 0) return end('budget');
    sessions = [...sessions, ...chosen].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }
}

/** A 95 % interval is 3.92 standard errors wide. */
const standardError = ({ low, high }: Difference): number => (high - low) / 3.92;

function within(sessions: readonly Session[], steps: number): readonly Session[] {
  let left = steps;
  return sessions.filter((session) => {
    const fits = session.steps.length <= left;
    if (fits) left -= session.steps.length;
    return fits;
  });
}
