import { setImmediate } from 'node:timers/promises';
import type { Action, Certainty, DomElement, PageView, Session, State, Step, World } from '@backlot/protocol';
import { currentPage, currentUrl, lift, observe, seeded } from '@backlot/world';
import { maskedAs } from '../aria/masked-text.ts';
import { isSamePage, normaliseAria } from '../aria/normalise-aria.ts';
import { carryOut } from './carry-out.ts';
import { LoggedPages } from './logged-pages.ts';
import type { Prediction } from './score.ts';
import { unmasked } from './unmask.ts';

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
  /** Rules that fired, in order, and what the world says of its own certainty. */
  readonly rules: readonly string[];
  readonly certainty: Certainty;
  /** That the step comes out as predicted, where the world was put on trial. */
  readonly probability?: number;
  /** Whether the world, having read the page before, shows that page exactly; true for the empty document too. */
  readonly shown: boolean;
  /** What of the page before could not be read. */
  readonly unknowns: readonly string[];
  /** Whether the world, having read the page after, shows that page exactly: a miss is then one of rules, not of templates. */
  readonly afterShown: boolean;
  /** The state read off the page before, the one predicted from it, and the one read off the page after. */
  readonly states: { readonly before: State; readonly predicted: State; readonly after: State };
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

/** A session on its way: what is believed, and the last page read into that. */
interface Belief {
  readonly state: State;
  readonly view: PageView | null;
  readonly shown: boolean;
}

function predictSession(session: Session, { world, canonical }: PredictOptions): readonly PredictedStep[] {
  const pages = new LoggedPages(session);
  const shows = (state: State, lines: readonly string[]): boolean => isSamePage(lines, maskedAs(lines, shownLines(world, state)));
  const read = (state: State, view: PageView): Belief & { readonly unknowns: readonly string[] } => {
    const root = unmasked(canonical(view.root, { origin: session.baseURL, url: view.url }), world, state);
    const lifted = lift(world, state, { url: view.url, root });
    return { ...lifted, view, shown: isBlank(view.root) || shows(lifted.state, pages.of(view)) };
  };
  let belief: Belief = { state: seeded(world, session.account), view: null, shown: true };
  return session.steps.map((step, i) => {
    const { view: last } = belief;
    const isKnown = last === null ? isBlank(step.before.root) : last.root === step.before.root && last.url === step.before.url;
    const { state, shown, unknowns } = isKnown ? { ...belief, unknowns: [] } : read(belief.state, step.before);
    const done = carryOut(world, state, { step, thinkMs: session.steps[i + 1]?.thinkMs ?? 0 });
    belief = read(arrive(done.state, step), step.after);
    const want = pages.after(step);
    const { rules, certainty, probability, refused } = done;
    return {
      index: step.index,
      action: step.action,
      page: currentPage(world, state).page?.route ?? '',
      shown,
      unknowns,
      before: pages.of(step.before),
      want,
      got: refused === undefined ? maskedAs(want, shownLines(world, done.state)) : [],
      rules,
      certainty,
      ...(probability === undefined ? {} : { probability }),
      afterShown: belief.shown,
      states: {
        before: state,
        predicted: done.state,
        after: belief.state,
      },
      ...(refused === undefined ? {} : { refused }),
    };
  });
}

const shownLines = (world: World, state: State): readonly string[] => normaliseAria(observe(world, state).aria);

/** True for the empty document with which a browser begins. */
function isBlank(root: DomElement): boolean {
  return !root.children.some((child) => 'tag' in child && child.tag === 'body' && child.children.length > 0);
}

/** Where reality went to another address and the world stayed, the history gets an entry for it. */
function arrive(state: State, { before, after, action }: Step): State {
  if (currentUrl(state) !== before.url || after.url === before.url || action.kind === 'back' || action.kind === 'forward') return state;
  const { entries, index } = state.history;
  return { ...state, history: { entries: [...entries.slice(0, index + 1), after.url], index: index + 1 } };
}
