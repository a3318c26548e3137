import { setImmediate } from 'node:timers/promises';
import type { State, World } from '@backlot/protocol';
import { observe } from '@backlot/world';
import { maskedAs } from '../aria/masked-text.ts';
import { isSamePage, normaliseAria } from '../aria/normalise-aria.ts';
import { shareOfSteps, type Share } from '../stats/share.ts';
import { carryOut } from './carry-out.ts';
import type { PredictedSession, PredictedStep } from './predict-steps.ts';

/** How exact the page is after `k` steps from a real page, none of the pages between being given. */
export interface Horizon {
  readonly k: number;
  readonly exact: Share;
}

/** How trust fades with the distance from the last real page. */
export interface OpenLoop {
  readonly curve: readonly Horizon[];
  /** Steps after which fewer than half of the pages are exact, between measured horizons in proportion; null where it never comes to that. */
  readonly halfLife: number | null;
}

const horizons = [1, 2, 4, 8, 16];

/**
 * Plays on from every real page of every session, up to 16 steps. After an action that the world would not take, the rest counts as
 * inexact.
 * @throws the signal's reason
 */
export async function measureOpenLoop(world: World, predicted: readonly PredictedSession[], signal?: AbortSignal): Promise<OpenLoop> {
  const bySession: (readonly { readonly k: number; readonly exact: boolean }[])[] = [];
  for (const session of predicted) {
    const played: { readonly k: number; readonly exact: boolean }[] = [];
    for (let from = 0; from < session.steps.length; from += 1) {
      signal?.throwIfAborted();
      played.push(...playFrom(world, session, from));
      await setImmediate();
    }
    bySession.push(played);
  }
  const curve = horizons.map((k) => ({
    k,
    exact: shareOfSteps(
      bySession.map((played) => {
        const mine = played.filter((each) => each.k === k);
        return { hits: mine.filter(({ exact }) => exact).length, total: mine.length };
      }),
    ),
  }));
  const measured = curve.filter(({ exact }) => exact.total > 0);
  return { curve: measured, halfLife: halfLife(measured) };
}

function playFrom(
  world: World,
  { session, steps }: PredictedSession,
  from: number,
): readonly { readonly k: number; readonly exact: boolean }[] {
  const results: { readonly k: number; readonly exact: boolean }[] = [];
  let state: State | null = (steps[from] as PredictedStep).states.before;
  const last = Math.min(horizons.at(-1) ?? 1, steps.length - from);
  for (let k = 1; k <= last; k += 1) {
    const at = from + k - 1;
    const [step, want] = [session.steps[at], steps[at]?.want];
    if (step === undefined || want === undefined) break;
    const done: ReturnType<typeof carryOut> | null =
      state === null ? null : carryOut(world, state, { step, thinkMs: session.steps[at + 1]?.thinkMs ?? 0 });
    state = done === null || done.refused !== undefined ? null : done.state;
    if (!horizons.includes(k)) continue;
    const exact = state !== null && isSamePage(want, maskedAs(want, normaliseAria(observe(world, state).aria)));
    results.push({ k, exact });
  }
  return results;
}

function halfLife(curve: readonly Horizon[]): number | null {
  let before = { k: 0, share: 1 };
  for (const { k, exact } of curve) {
    if (exact.share < 0.5) return before.k + ((before.share - 0.5) / (before.share - exact.share)) * (k - before.k);
    before = { k, share: exact.share };
  }
  return null;
}
