import {
  unscoredEndings,
  type Action,
  type Observation,
  type Outcome,
  type PlayedStep,
  type PlayOptions,
  type Snapshot,
  type State,
  type Task,
} from '@backlot/protocol';
import { restingHands, type Hands, type Point } from '@backlot/dialects';
import { costOf, potential, verify, type Cost, type Span } from '@backlot/reward';
import type { ActResult, Clone } from '@backlot/sandbox';
import { isTerminal, type End, type Ending } from './ending.ts';

/** What stays the same while an episode is played. */
export interface Terms {
  readonly clone: Clone;
  readonly task: Task;
  readonly play?: PlayOptions;
}

/** An action that opens a dialog, kept back until the dialog is answered. */
interface Pending {
  readonly action: Action;
  readonly type: 'alert' | 'confirm' | 'prompt' | 'beforeunload';
  readonly message: string;
}

/** All that changes while an episode is played. Plain data, replaced as a whole. */
export interface Course {
  readonly start: State;
  readonly state: State;
  readonly observation: Observation;
  /** Steps counted against the limit. */
  readonly used: number;
  readonly steps: readonly PlayedStep[];
  readonly hands: Hands;
  /** How near the goal is; kept up only for dense rewards. */
  readonly potential: number;
  readonly cost: Cost;
  /** Sum of the rewards given. */
  readonly earned: number;
  readonly scroll: Point;
  readonly end: End | null;
  readonly pending: Pending | null;
  readonly said: string | undefined;
  /** What `changes` are told against. */
  readonly shown: string | null;
}

/** What is told of the last move alone. */
export type News = Pick<Outcome['info'], 'refused' | 'certainty' | 'note' | 'dialogs' | 'decision'>;

export const top: Point = { x: 0, y: 0 };

/** The course of an episode that begins. */
export function beginCourse(terms: Terms, state: State, observation: Observation): Course {
  const potential = nearness(terms, { start: state, state });
  return { start: state, state, observation, used: 0, steps: [], hands: restingHands, potential, cost: costOf([]), earned: 0, ...fresh };
}

/** What is so at the beginning of an episode, and where one goes on from a snapshot. */
const fresh = { scroll: top, end: null, pending: null, said: undefined, shown: null } as const;

function nearness({ task, clone, play }: Terms, { start, state }: Pick<Course, 'start' | 'state'>): number {
  return play?.reward === 'dense' ? potential(task.verifier, { world: clone.world, start, end: state }) : 0;
}

/** An action that was carried out, or refused by the world or a policy. */
export interface Acted {
  readonly action: Action;
  readonly result: ActResult;
  readonly state: State;
}

/** The course after an action, its dense reward given. */
export function afterAction(terms: Terms, course: Course, { action, result, state }: Acted): Course {
  const { observation, explanation, refused } = result;
  const reached = nearness(terms, { start: course.start, state });
  const { steps, ms } = costOf([action]);
  const step = { action, certainty: explanation.certainty, ...(refused === undefined ? {} : { refused }) };
  return {
    ...course,
    state,
    observation,
    potential: reached,
    cost: { steps: course.cost.steps + steps, ms: course.cost.ms + ms },
    earned: course.earned + reached - course.potential,
    steps: [...course.steps, step],
    scroll: observation.url === course.observation.url ? course.scroll : top,
  };
}

/** What an action's result tells. */
export function newsOf({ explanation: { certainty, note }, dialogs, refused, decision }: ActResult): News {
  return {
    certainty,
    note,
    ...(refused === undefined ? {} : { refused }),
    ...(dialogs.length === 0 ? {} : { dialogs: [...dialogs] }),
    ...(decision === undefined ? {} : { decision }),
  };
}

/** Where an episode began and where it stands. */
export function spanOf({ clone }: Terms, { start, state }: Course): Span {
  return { world: clone.world, start, end: state };
}

/** Judges an episode that ends. `why` is the feedback where the verifier has no say. */
export function judge(terms: Terms, course: Course, { ending, why = [] }: { ending: Ending; why?: readonly string[] | undefined }): End {
  const answer = course.said === undefined ? {} : { answer: course.said };
  if (unscoredEndings.has(ending)) return { ending, score: null, progress: null, feedback: why, ...answer };
  const { reward, feedback, progress } = verify(terms.task.verifier, {
    ...spanOf(terms, course),
    said: { answer: course.said, gaveUp: ending === 'gave_up' },
  });
  if (ending === 'stopped') return { ending, score: 0, progress, feedback: why, ...answer };
  return { ending, score: reward, progress, feedback, ...answer };
}

/** The course of an episode that is over, its sparse reward given. */
export function ended({ play }: Terms, course: Course, end: End): Course {
  const isSparse = play?.reward === undefined || play.reward === 'sparse';
  return { ...course, end, pending: null, earned: isSparse ? (end.score ?? 0) : course.earned };
}

/** How many steps an episode may take. */
export function limitOf({ task, play }: Terms): number {
  return Math.min(task.maxSteps, play?.maxSteps ?? task.maxSteps);
}

/** What is told besides the view. With the reward `none` nothing of the verdict is. */
export function infoOf(terms: Terms, { end, used, cost }: Course, news: News): Outcome['info'] {
  const common = { task: terms.task.id, step: used, stepsLeft: Math.max(0, limitOf(terms) - used), ...news, cost };
  if (end === null) return common;
  if (terms.play?.reward === 'none') return { ...common, ending: end.ending };
  const { ending, score, progress, feedback } = end;
  return { ...common, ending, score, ...(progress === null ? {} : { progress }), feedback: [...feedback] };
}

/** Whether and how an episode is over, as Gymnasium tells it. */
export function overOf({ end }: Course): Pick<Outcome, 'terminated' | 'truncated'> {
  return { terminated: end !== null && isTerminal(end.ending), truncated: end !== null && !isTerminal(end.ending) };
}

/** The course as a snapshot. */
export function snapshotOf({ clone, task }: Terms, course: Course): Snapshot {
  const { start, state, used, steps, hands } = course;
  return {
    v: 1,
    world: clone.hash,
    task: task.id,
    start,
    state,
    used,
    collected: course.earned,
    allSelected: hands.allSelected,
    steps: [...steps],
  };
}

/** The course that a snapshot goes on with. */
export function courseOf(terms: Terms, snapshot: Snapshot, observation: Observation): Course {
  const { start, state, used, steps, allSelected, collected: earned } = snapshot;
  const potential = nearness(terms, { start, state });
  const cost = costOf(steps.map(({ action }) => action));
  return { start, state, observation, used, steps, hands: { allSelected }, potential, cost, earned, ...fresh };
}
