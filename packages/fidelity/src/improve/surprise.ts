import type { Session, World } from '@backlot/protocol';
import { reset } from '@backlot/world';
import { stepProbability } from '../calibration/step-probability.ts';
import { carryOut } from '../clone/carry-out.ts';

/**
 * How unsure a world is of what someone means to do: the sum over the actions of what it doubts of each. Only the actions are looked
 * at, played from the account's beginning, not what came of them. An action that the world would not take is all doubt.
 */
export function surpriseOf(world: World, { account, steps }: Session): number {
  let state = reset(world, account);
  return steps.reduce((sum, step, i) => {
    const done = carryOut(world, state, { step, thinkMs: steps[i + 1]?.thinkMs ?? 0 });
    state = done.state;
    if (done.refused !== undefined || done.certainty === 'unseen') return sum + 1;
    return sum + 1 - stepProbability(world, done.rules) * (done.certainty === 'ambiguous' ? 0.5 : 1);
  }, 0);
}

/** The sessions of a pool that are expected to teach most, by doubt per action, as many as are asked for. */
export function mostTelling(world: World, pool: readonly Session[], n: number): readonly Session[] {
  return pool
    .map((session) => ({ session, doubt: surpriseOf(world, session) / Math.max(1, session.steps.length) }))
    .toSorted((a, b) => b.doubt - a.doubt || (a.session.id < b.session.id ? -1 : 1))
    .slice(0, n)
    .map(({ session }) => session);
}
