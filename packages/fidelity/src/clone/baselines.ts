import type { Session, Step } from '@backlot/protocol';
import { isSamePage } from '../aria/normalise-aria.ts';
import { lineF1 } from '../aria/line-difference.ts';
import { shareOfSteps, type Share } from '../stats/share.ts';
import { LoggedPages } from './logged-pages.ts';

/** How well a prediction of the next page does, the real page before being given. */
export interface Baseline {
  readonly em: Share;
  /** Over the steps that change the page. */
  readonly emChange: Share;
  readonly lineF1: Share;
}

/** What no learning gets. */
export interface Baselines {
  /** The page stays as it is. */
  readonly identity: Baseline;
  /** The page last seen after the same action at the same address, of the same account; else the page stays as it is. */
  readonly lastSeen: Baseline;
}

interface Predicted {
  readonly want: readonly string[];
  readonly identity: readonly string[];
  readonly lastSeen: readonly string[];
}

/** Predicts every step of the held-out sessions without a clone; what was seen comes from `training`. */
export function measureBaselines(training: readonly Session[], heldOut: readonly Session[]): Baselines {
  const seen = lastSeenPages(training);
  const predicted = heldOut.map((session) => predictSession(session, seen));
  return { identity: baseline(predicted, (each) => each.identity), lastSeen: baseline(predicted, (each) => each.lastSeen) };
}

function lastSeenPages(training: readonly Session[]): ReadonlyMap<string, readonly string[]> {
  const seen = new Map<string, readonly string[]>();
  for (const session of training) {
    const pages = new LoggedPages(session);
    for (const step of session.steps) seen.set(situation(session, step), pages.after(step));
  }
  return seen;
}

function situation({ account }: Session, { action, before }: Step): string {
  const { kind, target, value } = action;
  return JSON.stringify([account, kind, target?.role, target?.name, kind === 'goto' ? value : '', before.url]);
}

function predictSession(session: Session, seen: ReadonlyMap<string, readonly string[]>): readonly Predicted[] {
  const pages = new LoggedPages(session);
  return session.steps.map((step) => {
    const before = pages.of(step.before);
    return { want: pages.after(step), identity: before, lastSeen: seen.get(situation(session, step)) ?? before };
  });
}

function baseline(sessions: readonly (readonly Predicted[])[], of: (step: Predicted) => readonly string[]): Baseline {
  const isExact = (step: Predicted): boolean => isSamePage(step.want, of(step));
  const isChange = (step: Predicted): boolean => !isSamePage(step.want, step.identity);
  const tally = (keep: (step: Predicted) => boolean, part: (step: Predicted) => number): Share =>
    shareOfSteps(
      sessions.map((steps) => {
        const kept = steps.filter(keep);
        return { hits: kept.reduce((sum, step) => sum + part(step), 0), total: kept.length };
      }),
    );
  return {
    em: tally(
      () => true,
      (step) => Number(isExact(step)),
    ),
    emChange: tally(isChange, (step) => Number(isExact(step))),
    lineF1: tally(
      () => true,
      (step) => lineF1(step.want, of(step)),
    ),
  };
}
