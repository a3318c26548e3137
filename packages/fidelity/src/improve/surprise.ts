import type { Session, State, Step, World } from '@backlot/protocol';
import { anchorOf, currentPage, resolveAction, seeded } from '@backlot/world';
import { stepProbability } from '../calibration/step-probability.ts';
import { carryOut } from '../clone/carry-out.ts';

/** What one action of a session leaves a world unsure of. */
interface Doubt {
  /** The kind of action, and what on which kind of page it is done to. */
  readonly occasion: string;
  /** From 0 to 1. */
  readonly doubt: number;
}

/**
 * How unsure a world is of what someone means to do, action by action. Only the actions are looked at, played from the account's
 * beginning, not what came of them. An action that the world would not take is all doubt.
 */
function doubtsOf(world: World, { account, steps }: Session): readonly Doubt[] {
  let state = seeded(world, account);
  return steps.map((step, i) => {
    const occasion = occasionOf(world, state, step);
    const done = carryOut(world, state, { step, thinkMs: steps[i + 1]?.thinkMs ?? 0 });
    state = done.state;
    if (done.refused !== undefined || done.certainty === 'unseen') return { occasion, doubt: 1 };
    return { occasion, doubt: 1 - (done.probability ?? stepProbability(world, done.rules) * (done.certainty === 'ambiguous' ? 0.5 : 1)) };
  });
}

function occasionOf(world: World, state: State, { action }: Step): string {
  const event = resolveAction(world, state, action);
  const key = 'key' in event ? event.key : undefined;
  const at = key === undefined ? [action.target?.role, action.target?.name] : [anchorOf(key)];
  return JSON.stringify([currentPage(world, state).page?.id ?? null, action.kind, ...at]);
}

/** The sum of what the actions of a session leave a world unsure of. */
export const surpriseOf = (world: World, session: Session): number => doubtsOf(world, session).reduce((sum, { doubt }) => sum + doubt, 0);

/**
 * The sessions of a pool that are expected to teach most together, by doubt per action, as many as are asked for. One is taken after the
 * other; what is done in those already taken teaches half as much with every time.
 */
export function mostTelling(world: World, pool: readonly Session[], n: number): readonly Session[] {
  const taken: Session[] = [];
  const seen = new Map<string, number>();
  const left = new Map(pool.map((session) => [session, doubtsOf(world, session)]));
  while (taken.length < n && left.size > 0) {
    const [best] = [...left]
      .map(([session, doubts]) => ({ session, doubts, worth: worthOf(doubts, seen) / Math.max(1, doubts.length) }))
      .sort((a, b) => b.worth - a.worth || (a.session.id < b.session.id ? -1 : 1));
    if (best === undefined) break;
    taken.push(best.session);
    left.delete(best.session);
    for (const { occasion } of best.doubts) seen.set(occasion, (seen.get(occasion) ?? 0) + 1);
  }
  return taken;
}

function worthOf(doubts: readonly Doubt[], seen: ReadonlyMap<string, number>): number {
  const times = new Map(seen);
  return doubts.reduce((sum, { occasion, doubt }) => {
    const before = times.get(occasion) ?? 0;
    times.set(occasion, before + 1);
    return sum + doubt / 2 ** before;
  }, 0);
}
