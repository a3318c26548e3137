import { setImmediate } from 'node:timers/promises';
import type { Action, Certainty, Session } from '@backlot/protocol';
import type { Clone, Engine } from '@backlot/sandbox';
import { maskedAs } from '../aria/masked-text.ts';
import { isSamePage, normaliseAria } from '../aria/normalise-aria.ts';
import { lineDifference, lineF1 } from '../aria/line-difference.ts';
import { shareOf, shareOfSteps, type Share } from '../stats/share.ts';
import { LoggedPages } from './logged-pages.ts';
import { playSession, type PlayedStep } from './play-session.ts';

/** One logged step in the clone, held against what the real application showed. */
export interface JudgedStep {
  readonly index: number;
  readonly action: Action;
  readonly accepted: boolean;
  readonly exact: boolean;
  /** F1 of the lines in common; 0 where the action was refused. */
  readonly f1: number;
  /** Whether the real page changed. */
  readonly changed: boolean;
  readonly certainty: Certainty;
  readonly refused?: string;
  /** Lines of the real page that the clone's lacks, and the other way round. */
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

/** A session in the clone. After a refused action it has left its course: the steps that follow are not played and count 0. */
export interface JudgedSession {
  readonly session: string;
  readonly account: string;
  readonly total: number;
  readonly steps: readonly JudgedStep[];
  /** The first step at which the clone was different: refused, or another page. Null where there is none. */
  readonly firstDivergence: JudgedStep | null;
}

/** Real to world: real sessions replayed in the clone. All shares are of all logged steps. */
export interface R2W {
  readonly engine: Engine['name'];
  readonly sessions: readonly JudgedSession[];
  readonly accepted: Share;
  readonly exact: Share;
  readonly lineF1: Share;
  /** Sessions whose every action was accepted, and sessions whose every page was exact as well. */
  readonly finished: Share;
  readonly exactSessions: Share;
}

/** What is replayed, and in which engine. */
export interface R2WOptions {
  readonly clone: Clone;
  readonly sessions: readonly Session[];
  readonly engine: Engine;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: JudgedSession) => void;
}

/**
 * Replays sessions in the clone from the start, by role and accessible name, and compares every page with the logged one.
 * @throws InfraError where the engine failed; the signal's reason
 */
export async function measureR2W(options: R2WOptions): Promise<R2W> {
  const sessions: JudgedSession[] = [];
  for (const session of options.sessions) {
    const judged = await judgeSession(session, options);
    sessions.push(judged);
    options.onProgress?.(judged);
    // The text engine never waits: without a pause no interrupt would be heard.
    await setImmediate();
  }
  return { engine: options.engine.name, sessions, ...totals(sessions) };
}

async function judgeSession(session: Session, { clone, engine, signal }: R2WOptions): Promise<JudgedSession> {
  const pages = new LoggedPages(session);
  const steps: JudgedStep[] = [];
  for await (const played of playSession({ clone, session, engine, ...(signal === undefined ? {} : { signal }) })) {
    steps.push(judgeStep(played, session, pages));
    if (played.refused !== undefined) break;
  }
  const firstDivergence = steps.find(({ exact }) => !exact) ?? null;
  return { session: session.id, account: session.account, total: session.steps.length, steps, firstDivergence };
}

function judgeStep(played: PlayedStep, session: Session, pages: LoggedPages): JudgedStep {
  const { index, action, certainty, refused } = played;
  const step = session.steps.find((each) => each.index === index);
  const want = step === undefined ? [] : pages.after(step);
  const changed = step !== undefined && !isSamePage(pages.of(step.before), want);
  if (refused !== undefined) {
    return { index, action, accepted: false, exact: false, f1: 0, changed, certainty, refused, missing: [], extra: [] };
  }
  const got = maskedAs(want, normaliseAria(played.observation.aria));
  const exact = isSamePage(want, got);
  return { index, action, accepted: true, exact, f1: lineF1(want, got), changed, certainty, ...lineDifference(want, got) };
}

function totals(sessions: readonly JudgedSession[]): Omit<R2W, 'engine' | 'sessions'> {
  const over = (part: (step: JudgedStep) => number): Share =>
    shareOfSteps(sessions.map(({ steps, total }) => ({ hits: steps.reduce((sum, step) => sum + part(step), 0), total })));
  const isFinished = ({ steps, total }: JudgedSession): boolean => steps.length === total && steps.every(({ accepted }) => accepted);
  return {
    accepted: over(({ accepted }) => Number(accepted)),
    exact: over(({ exact }) => Number(exact)),
    lineF1: over(({ f1 }) => f1),
    finished: shareOf(sessions.filter(isFinished).length, sessions.length),
    exactSessions: shareOf(sessions.filter((each) => isFinished(each) && each.firstDivergence === null).length, sessions.length),
  };
}
