import type { Outcomes, Trial, World } from '@backlot/protocol';
import { currentPage } from '@backlot/world';
import { findSuspects, stepOf, type Miss, type Suspect } from '../blame/suspects.ts';
import { triedIn, type Tried } from '../calibration/put-on-trial.ts';
import type { PredictedSession, PredictedStep } from '../clone/predict-steps.ts';
import { upperTail } from '../stats/beta-binomial.ts';

/** Something that an application does or shows otherwise than when the world was learned. */
export interface Change {
  /** `occasion`: what comes of an action on an element; `place`: what an element says. */
  readonly kind: 'occasion' | 'place';
  readonly page: string;
  readonly anchor: string;
  /** Outcomes in the world's trial and in these sessions: right, wrong. */
  readonly before: Outcomes;
  readonly now: Outcomes;
  /** How likely as many wrong ones are, had nothing changed. */
  readonly p: number;
  readonly examples: readonly Miss[];
}

/** What became of an application since a world was learned from it. */
export interface Changes {
  /** The least likely to be chance first. */
  readonly found: readonly Change[];
  /** Parts of the world at fault for the steps concerned. */
  readonly suspects: readonly Suspect[];
}

/** That anything at all is said to have changed where nothing has is as likely as this. */
const level = 0.01;
/** A world errs more often in sessions that it was not learned from: odds of an error are allowed to be so many times those of its trial. */
const allowance = 3;
/** Outcomes as good as the mean that are taken for granted of everything. */
const granted = 2;
/** What goes wrong in one session alone may be that session's own. */
const leastSessions = 2;
const mostExamples = 3;

/**
 * Tells an application that has changed from a world that errs as it always did: what was done, and the places that it changes, are held
 * against the world's trial (upper tail of the beta-binomial distribution, corrected for the number of tests by Bonferroni). What one
 * change explains is set aside before the next is looked for. Null where the world was not put on trial. Pure.
 */
export function findChanges(world: World, predicted: readonly PredictedSession[], misses: readonly Miss[]): Changes | null {
  const { trial } = world;
  if (trial === undefined) return null;
  const missOf = new Map(misses.map((miss) => [stepOf(miss), miss]));
  const steps = predicted.flatMap(({ session, steps: all }) => all.flatMap((step) => tryStep(world, step, session.id)));
  const most = level / Math.max(1, groups(steps).size);
  const found: Change[] = [];
  const concerned = new Set<string>();
  let left: readonly TriedStep[] = steps;
  for (;;) {
    const [best] = [...groups(left).values()]
      .map((group) => ({ group, p: chanceOf(group, trial) }))
      .filter(({ group, p }) => p <= most && new Set(group.wrong.map(({ session }) => session)).size >= leastSessions)
      .sort((a, b) => a.p - b.p);
    if (best === undefined) break;
    const { group, p } = best;
    const explained = new Set(group.wrong.map(({ id }) => id));
    for (const id of explained) concerned.add(id);
    left = left.filter(({ id }) => !explained.has(id));
    const { kind, page, anchor } = group;
    const examples = [...explained].flatMap((id) => missOf.get(id) ?? []).slice(0, mostExamples);
    found.push({ kind, page, anchor, before: outcomesBefore(group, trial), now: [group.right, group.wrong.length], p, examples });
  }
  const ordinary = misses.filter((miss) => !concerned.has(stepOf(miss)));
  return { found, suspects: found.length === 0 ? [] : findSuspects(world, predicted, ordinary).suspects };
}

interface TriedStep extends Tried {
  readonly id: string;
  readonly session: string;
  /** Page that is shown after the step. */
  readonly page: string;
}

function tryStep(world: World, step: PredictedStep, session: string): readonly TriedStep[] {
  const tried = triedIn(world, step);
  const page = currentPage(world, step.states.predicted).page?.id ?? '';
  return tried === null ? [] : [{ ...tried, session, page, id: stepOf({ session, step: step.index }) }];
}

/** What may have changed, with the steps that try it. */
interface Group {
  readonly kind: Change['kind'];
  /** As the trial names it. */
  readonly name: string;
  readonly page: string;
  readonly anchor: string;
  right: number;
  readonly wrong: TriedStep[];
}

function groups(steps: readonly TriedStep[]): ReadonlyMap<string, Group> {
  const all = new Map<string, Group>();
  const count = (group: Omit<Group, 'right' | 'wrong'>, step: TriedStep, isRight: boolean): void => {
    const key = `${group.kind} ${group.name}`;
    const known = all.get(key) ?? { ...group, right: 0, wrong: [] };
    if (isRight) known.right += 1;
    else known.wrong.push(step);
    all.set(key, known);
  };
  for (const step of steps) {
    const [page = '', anchor = ''] = step.occasion.split(' ');
    count({ kind: 'occasion', name: step.occasion, page, anchor }, step, step.isRight);
    for (const [place, isRight] of step.places) count({ kind: 'place', name: place, page: step.page, anchor: place }, step, isRight);
  }
  return all;
}

function chanceOf(group: Group, trial: Trial): number {
  const [right, wrong] = outcomesBefore(group, trial);
  const mean = meanOf(trial[group.kind === 'place' ? 'places' : 'occasions']);
  const total = group.right + group.wrong.length;
  return upperTail(
    { hits: group.wrong.length, total },
    { hits: allowance * (wrong + granted * (1 - mean)), others: right + granted * mean },
  );
}

/** A trial in which no place ever was wrong keeps no account of places: those of its steps then tell. */
const outcomesBefore = ({ kind, name }: Group, { occasions, places }: Trial): Outcomes =>
  (kind === 'place' ? places : occasions)[name] ?? [0, 0];

/** Mean share of right outcomes, everything counting the same. Never 0 nor 1. */
function meanOf(all: Readonly<Record<string, Outcomes>>): number {
  const shares = Object.values(all).map(([right, wrong]) => (right + 0.5) / (right + wrong + 1));
  return shares.length === 0 ? 0.99 : shares.reduce((sum, share) => sum + share, 0) / shares.length;
}
