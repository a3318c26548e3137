import type { Session, Step } from '@backlot/protocol';
import { LoggedPages } from './logged-pages.ts';
import { scoreOf, type Score } from './score.ts';

/** What no learning gets, the real page before being given. */
export interface Baselines {
  /** The page stays as it is. */
  readonly identity: Score;
  /**
   * The page last seen in training after the same action on the same kind of page, of the same account; else the page last seen at the
   * address that the step leads to; else the page stays as it is.
   */
  readonly lastSeen: Score;
}

/** What the baselines predict of one step. */
export interface BaselineStep {
  readonly before: readonly string[];
  readonly want: readonly string[];
  readonly lastSeen: readonly string[];
}

/** The scores of both baselines. */
export function scoreBaselines(sessions: readonly (readonly BaselineStep[])[]): Baselines {
  return {
    identity: scoreOf(sessions.map((steps) => steps.map((step) => ({ ...step, got: step.before })))),
    lastSeen: scoreOf(sessions.map((steps) => steps.map((step) => ({ ...step, got: step.lastSeen })))),
  };
}

/** What the baselines predict of held-out sessions without a clone, session by session and step by step; `training` is what was seen. */
export function predictBaselines(training: readonly Session[], heldOut: readonly Session[]): readonly (readonly BaselineStep[])[] {
  const seen = seenPages(training);
  return heldOut.map((session) => {
    const pages = new LoggedPages(session);
    return session.steps.map((step) => {
      const before = pages.of(step.before);
      const known = seen.get(situation(session, step)) ?? seen.get(arrival(session, step)) ?? before;
      return { before, want: pages.after(step), lastSeen: known };
    });
  });
}

function seenPages(training: readonly Session[]): ReadonlyMap<string, readonly string[]> {
  const seen = new Map<string, readonly string[]>();
  for (const session of training) {
    const pages = new LoggedPages(session);
    for (const step of session.steps) {
      const after = pages.after(step);
      seen.set(situation(session, step), after);
      seen.set(arrival(session, step), after);
    }
  }
  return seen;
}

/** Addresses that differ in numbers, tokens or parameters alone belong to one kind of page. */
const kindOfAddress = (url: string): string => url.replace(/\d+|token=\w+|[?&]\w+=[^&]*/g, '#');

function situation({ account }: Session, { action, before }: Step): string {
  const { kind, target, value } = action;
  return JSON.stringify([account, kind, target?.role, target?.name, kind === 'goto' ? value : '', kindOfAddress(before.url)]);
}

const arrival = ({ account }: Session, { after }: Step): string => JSON.stringify([account, after.url]);
