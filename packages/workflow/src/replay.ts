import type { Action, DomElement, Explanation, Session, State, Step, World, WorldEvent } from '@backlot/protocol';
import { act, currentUrl, lift, seeded, transition } from '@backlot/world';

/** A logged page in the form that the world's templates are written in. */
export type ReadPage = (root: DomElement, page: { readonly origin: string; readonly url: string }) => DomElement;

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
 * person would; the virtual clock moves on by the logged pauses, and after the action by the time until the page was quiet. With `read`,
 * the world is put at the real address where it has gone another way, and reads the logged page where it refuses what was done.
 */
export function replaySession(world: World, session: Session, read?: ReadPage): Replay {
  const steps: ReplayedStep[] = [];
  let state = seeded(world, session.account);
  for (const step of session.steps) {
    const played = playStep({ world, session, ...(read ? { read } : {}) }, state, step);
    steps.push(played);
    state = played.after;
  }
  return {
    session: session.id,
    account: session.account,
    steps,
    states: [...steps.map((step) => step.before), state],
    accepted: steps.map((step) => step.accepted),
  };
}

interface Playing {
  readonly world: World;
  readonly session: Session;
  readonly read?: ReadPage;
}

function playStep({ world, session, read }: Playing, state: State, step: Step): ReplayedStep {
  const { action, thinkMs, latencyMs, before: view } = step;
  const real = (from: State): State => (read && !isBlank(view.root) ? readView({ world, session, read }, from, step) : from);
  const waited = wait(world, state, thinkMs);
  // Going to the real address is cheap, reading the real page is not: it is read only where that is not enough.
  let before = read && currentUrl(waited) !== view.url && !isBlank(view.root) ? atAddress(waited, view.url) : waited;
  let done = act(world, before, action);
  if (done.explanation.refused !== undefined) {
    const put = real(waited);
    if (put !== waited) {
      before = put;
      done = act(world, before, action);
    }
  }
  const accepted = done.explanation.refused === undefined;
  const after = accepted ? wait(world, done.state, latencyMs) : before;
  return { action, events: done.events, explanation: done.explanation, accepted, before, after, thinkMs };
}

function readView({ world, session, read }: Required<Playing>, belief: State, { before }: Step): State {
  return lift(world, belief, { url: before.url, root: read(before.root, { origin: session.baseURL, url: before.url }) }).state;
}

function atAddress(state: State, url: string): State {
  const { entries, index } = state.history;
  return { ...state, history: { entries: [...entries.slice(0, index + 1), url], index: index + 1 } };
}

/** True for the empty document with which a browser begins. */
function isBlank(root: DomElement): boolean {
  return !root.children.some((child) => 'tag' in child && child.tag === 'body' && child.children.length > 0);
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
