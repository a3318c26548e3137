import type { Session } from '@backlot/protocol';
import { isSamePage } from '../aria/normalise-aria.ts';
import { shareOfSteps, type Share } from '../stats/share.ts';
import { predictBaselines, scoreBaselines, type Baselines, type BaselineStep } from './baselines.ts';
import { LoggedPages } from './logged-pages.ts';
import type { PredictedSession, PredictedStep } from './predict-steps.ts';
import type { R2W } from './r2w.ts';
import { groupSteps, isChange, scoreOf, type Score } from './score.ts';

/** The steps on one kind of page, or with one kind of action. */
export interface StepGroup extends Baselines {
  readonly name: string;
  readonly steps: number;
  readonly changing: number;
  readonly clone: Score;
}

/** The clone with the real page before each step given. */
export interface GivenEM {
  readonly clone: Score;
  /** Real pages before a step that the clone, having read them, shows exactly: where it can't, it can hardly show the next one. */
  readonly shown: Share;
  /** Steps that the clone would not carry out. */
  readonly refused: number;
  readonly byPage: readonly StepGroup[];
  readonly byAction: readonly StepGroup[];
}

/**
 * Exact matches of the next page. `openLoop`: the clone goes on from its own state, so an early mistake counts at every later
 * step. `given` and the baselines have the real page before the step.
 */
export interface EM extends Baselines {
  readonly openLoop: { readonly em: Share; readonly emChange: Share };
  readonly given?: GivenEM;
}

/** What exact matches are counted over. */
export interface EMOptions {
  readonly r2w: R2W;
  /** The sessions that were replayed. */
  readonly sessions: readonly Session[];
  /** The same sessions as `predictSteps` predicted them. */
  readonly predicted?: readonly PredictedSession[];
  /** The sessions that the clone was learned from, for the baseline of the page last seen. */
  readonly training?: readonly Session[];
}

/** Counts exact matches over all steps and over those that change the page, beside baselines that learn nothing. Pure. */
export function measureEM({ r2w, sessions, predicted, training = [] }: EMOptions): EM {
  const baselines = predictBaselines(training, sessions);
  return {
    openLoop: { em: r2w.exact, emChange: shareOfChanges(r2w, sessions) },
    ...scoreBaselines(baselines),
    ...(predicted === undefined ? {} : { given: measureGiven(predicted, new Map(sessions.map(({ id }, i) => [id, baselines[i] ?? []]))) }),
  };
}

/** A step with what the baselines say of it. */
interface Compared {
  readonly step: PredictedStep;
  readonly baseline: BaselineStep;
}

function measureGiven(predicted: readonly PredictedSession[], baselines: ReadonlyMap<string, readonly BaselineStep[]>): GivenEM {
  const compared = predicted.map(({ session, steps }) => ({
    session,
    steps: steps.map((step, i): Compared => ({ step, baseline: baselines.get(session.id)?.[i] ?? { ...step, lastSeen: step.before } })),
  }));
  const groupsBy = (nameOf: (step: PredictedStep) => string): readonly StepGroup[] =>
    groupSteps(compared, ({ step }) => nameOf(step)).map(({ name, sessions }) => groupOf(name, sessions));
  return {
    clone: scoreOf(predicted.map(({ steps }) => steps)),
    shown: shareOfSteps(predicted.map(({ steps }) => ({ hits: steps.filter(({ shown }) => shown).length, total: steps.length }))),
    refused: predicted.flatMap(({ steps }) => steps).filter(({ refused }) => refused !== undefined).length,
    byPage: groupsBy(({ page }) => page || '(no page)'),
    byAction: groupsBy(({ action }) => action.kind),
  };
}

function groupOf(name: string, sessions: readonly (readonly Compared[])[]): StepGroup {
  const steps = sessions.flat().map(({ step }) => step);
  return {
    name,
    steps: steps.length,
    changing: steps.filter(isChange).length,
    clone: scoreOf(sessions.map((each) => each.map(({ step }) => step))),
    ...scoreBaselines(sessions.map((each) => each.map(({ baseline }) => baseline))),
  };
}

function shareOfChanges(r2w: R2W, sessions: readonly Session[]): Share {
  const judged = new Map(r2w.sessions.map((each) => [each.session, each.steps]));
  return shareOfSteps(
    sessions.map((session) => {
      const pages = new LoggedPages(session);
      const changing = session.steps.filter((step) => !isSamePage(pages.of(step.before), pages.after(step)));
      const exact = new Set((judged.get(session.id) ?? []).filter((step) => step.exact).map(({ index }) => index));
      return { hits: changing.filter(({ index }) => exact.has(index)).length, total: changing.length };
    }),
  );
}
