import type { State, World } from '@backlot/protocol';
import { observe } from '@backlot/world';
import { maskedAs } from '../aria/masked-text.ts';
import { isSamePage, normaliseAria } from '../aria/normalise-aria.ts';
import { shareOfSteps, type Share } from '../stats/share.ts';
import { carryOut } from './carry-out.ts';
import type { PredictedSession } from './predict-steps.ts';

/** How exact pages are where what is believed is corrected by a real page every so many steps; null: by the first one alone. */
export interface Corrected {
  readonly every: number | null;
  readonly exact: Share;
}

const intervals = [1, 4, 16, null] as const;

/**
 * Drift with and without anchoring: sessions are played from the state read off their first real page, and the state is replaced by the
 * one read off the real page before every n-th step. After an action that the world would not take, pages count as inexact until the next
 * correction. Pure.
 */
export function measureDrift(world: World, predicted: readonly PredictedSession[]): readonly Corrected[] {
  return intervals.map((every) => ({ every, exact: shareOfSteps(predicted.map((session) => exactIn(world, session, every))) }));
}

function exactIn(
  world: World,
  { session, steps }: PredictedSession,
  every: number | null,
): { readonly hits: number; readonly total: number } {
  let state: State | null = null;
  let hits = 0;
  for (const [i, { states, want }] of steps.entries()) {
    if (i === 0 || (every !== null && i % every === 0)) state = states.before;
    const step = session.steps[i];
    if (state === null || step === undefined) continue;
    const done = carryOut(world, state, { step, thinkMs: session.steps[i + 1]?.thinkMs ?? 0 });
    state = done.refused === undefined ? done.state : null;
    if (state !== null && isSamePage(want, maskedAs(want, normaliseAria(observe(world, state).aria)))) hits += 1;
  }
  return { hits, total: steps.length };
}
