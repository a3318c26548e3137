import { setImmediate } from 'node:timers/promises';
import type { Action, DomElement, PageView, Session, State, Step, World } from '@backlot/protocol';
import { act, currentPage, currentUrl, lift, observe, reset } from '@backlot/world';
import { isSamePage, normaliseAria } from '../aria/normalise-aria.ts';
import { LoggedPages } from './logged-pages.ts';
import { longestWait, worldHasTimers } from './play-session.ts';
import type { Prediction } from './score.ts';

/** A logged page in the form that templates are written in. */
export type Canonical = (root: DomElement, page: { readonly origin: string; readonly url: string }) => DomElement;

/** One held-out step as the world predicts it from the real page before. */
export interface PredictedStep extends Prediction {
  readonly index: number;
  readonly action: Action;
  /** Pattern of the address at which the world saw the page before; empty where it knew no page. */
  readonly page: string;
  /** Why the world would not take the action; it then predicts an empty page. */
  readonly refused?: string;
  /** Whether the world, having read the page before, shows that page exactly; true for the empty document too. */
  readonly shown: boolean;
  /** What of the page before could not be read. */
  readonly unknowns: readonly string[];
}

/** All steps of one session. */
export interface PredictedSession {
  readonly session: Session;
  readonly steps: readonly PredictedStep[];
}

/** What is predicted, and how logged pages are read. */
export interface PredictOptions {
  readonly world: World;
  readonly sessions: readonly Session[];
  readonly canonical: Canonical;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: PredictedSession) => void;
}

/**
 * Predicts the page after every step, the real page before it being given: that page is lifted into the state, the action is carried
 * out, and the next step goes on from the real page after. What pages do not show is carried along as belief.
 * @throws the signal's reason
 */
export async function predictSteps(options: PredictOptions): Promise<readonly PredictedSession[]> {
  const predicted: PredictedSession[] = [];
  for (const session of options.sessions) {
    options.signal?.throwIfAborted();
    const done = { session, steps: predictSession(session, options) };
    predicted.push(done);
    options.onProgress?.(done);
    // Nothing here waits: without a pause no interrupt would be heard.
    await setImmediate();
  }
  return predicted;
}

interface Reader {
  readonly world: World;
  readonly read: (belief: State, view: PageView) => { readonly state: State; readonly unknowns: readonly string[] };
}

function predictSession(session: Session, { world, canonical }: PredictOptions): readonly PredictedStep[] {
  const pages = new LoggedPages(session);
  const read: Reader['read'] = (belief, { root, url }) =>
    lift(world, belief, { url, root: canonical(root, { origin: session.baseURL, url }) });
  let belief = reset(world, session.account);
  let last: PageView | null = null;
  return session.steps.map((step, i) => {
    const isKnown = last === null ? isBlank(step.before.root) : last.root === step.before.root && last.url === step.before.url;
    const { state, unknowns } = isKnown ? { state: belief, unknowns: [] } : read(belief, step.before);
    const done = carryOut(world, state, { step, thinkMs: session.steps[i + 1]?.thinkMs ?? 0 });
    belief = read(arrive(done.state, step), step.after).state;
    last = step.after;
    const got = done.refused === undefined ? normaliseAria(observe(world, done.state).aria) : [];
    const page = currentPage(world, state).page?.route ?? '';
    const before = pages.of(step.before);
    const shown = isBlank(step.before.root) || isSamePage(before, normaliseAria(observe(world, state).aria));
    const known = { index: step.index, action: step.action, page, shown, unknowns, before, want: pages.after(step), got };
    return done.refused === undefined ? known : { ...known, refused: done.refused };
  });
}

/** True for the empty document with which a browser begins. */
function isBlank(root: DomElement): boolean {
  return !root.children.some((child) => 'tag' in child && child.tag === 'body' && child.children.length > 0);
}

interface Done {
  readonly state: State;
  readonly refused?: string;
}

function carryOut(world: World, state: State, { step, thinkMs }: { step: Step; thinkMs: number }): Done {
  const done = act(world, state, step.action);
  if (done.explanation.refused !== undefined) return { state, refused: done.explanation.refused };
  const rest = Math.min(longestWait, step.latencyMs + thinkMs);
  return worldHasTimers(world) && rest > 0 ? act(world, done.state, { kind: 'wait', value: String(rest) }) : done;
}

/** Where reality went to another address and the world stayed, the history gets an entry for it. */
function arrive(state: State, { before, after, action }: Step): State {
  if (currentUrl(state) !== before.url || after.url === before.url || action.kind === 'back' || action.kind === 'forward') return state;
  const { entries, index } = state.history;
  return { ...state, history: { entries: [...entries.slice(0, index + 1), after.url], index: index + 1 } };
}
