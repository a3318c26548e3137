import type { Action, Explanation, Session, State, World, WorldEvent } from '@backlot/protocol';
import { act, isReachable, reset, transition } from '@backlot/world';

/** One logged step as the world plays it. */
export interface ReplayedStep {
  readonly action: Action;
  /** Events that carried the action out; none where it was refused. */
  readonly events: readonly WorldEvent[];
  readonly explanation: Explanation;
  /** False where the world refused the action; the state then stays as it was. */
  readonly accepted: boolean;
  readonly before: State;
  readonly after: State;
  readonly thinkMs: number;
}

/** A whole session as the world plays it. */
export interface Replay {
  readonly session: string;
  readonly account: string;
  readonly steps: readonly ReplayedStep[];
  /** The state before each step, and the last one: one more than there are steps. */
  readonly states: readonly State[];
  readonly accepted: readonly boolean[];
}

/**
 * Plays a logged session in the interpreter from its account's seed. Actions find their elements by role, name and place, as a
 * person would; the virtual clock moves on by the logged pauses, and after the action by the time until the page was quiet.
 */
export function replaySession(world: World, session: Session): Replay {
  const steps: ReplayedStep[] = [];
  let state = reset(world, session.account);
  for (const { action, thinkMs, latencyMs } of session.steps) {
    const before = wait(world, state, thinkMs);
    const { state: moved, events, explanation } = act(world, before, action);
    const accepted = explanation.refused === undefined;
    const after = accepted ? wait(world, moved, latencyMs) : moved;
    steps.push({ action, events, explanation, accepted, before, after, thinkMs });
    state = after;
  }
  return {
    session: session.id,
    account: session.account,
    steps,
    states: [...steps.map((step) => step.before), state],
    accepted: steps.map((step) => step.accepted),
  };
}

function wait(world: World, state: State, ms: number): State {
  return ms > 0 ? transition(world, state, { type: 'advance', ms }).state : state;
}

/** Carries out actions one after the other. Null as soon as one is refused. */
export function playActions(world: World, start: State, actions: readonly Action[]): State | null {
  let state = start;
  for (const action of actions) {
    const done = act(world, state, action);
    if (done.explanation.refused !== undefined) return null;
    state = done.state;
  }
  return state;
}

/**
 * Lets events happen one after the other: unlike actions, they name their elements for good. Null as soon as one is refused, or is
 * for an element that a user could not reach.
 */
export function playEvents(world: World, start: State, events: readonly WorldEvent[]): State | null {
  let state = start;
  for (const event of events) {
    if ('key' in event && event.key !== undefined && !isReachable(world, state, event.key)) return null;
    const done = transition(world, state, event);
    if (done.explanation.refused !== undefined) return null;
    state = done.state;
  }
  return state;
}
