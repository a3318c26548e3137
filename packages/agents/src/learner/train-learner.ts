import type { Task } from '@backlot/protocol';
import type { Agent } from '../agent.ts';
import { randomAgent } from '../random.ts';
import { runEpisode } from '../run-episode.ts';
import { createRng, type Rng } from '../rng.ts';
import { demonstrate, type Demonstration, type School } from './demonstrate.ts';
import { lessonsOf, repertoireOf, shuffled, study, usualRounds } from './imitate.ts';
import { learnerAgent, type Learned } from './learner.ts';
import { LinearPolicy } from './linear-policy.ts';
import { practise } from './practise.ts';

/** How a learner is trained. */
export interface TrainingOptions extends School {
  /** Tasks to learn from, in the order of their sampling; more than `n`, as some teach nothing. */
  readonly tasks: Iterable<Task> | AsyncIterable<Task>;
  /** Tasks to learn from. */
  readonly n: number;
  /** Decides all chance: the same seed and tasks give the same learner. */
  readonly seed: number;
  /** Rounds of imitation. Default 6. */
  readonly rounds?: number;
  /** Tasks practised by policy gradient, four attempts each. Default `n`. */
  readonly practised?: number;
  readonly onProgress?: (progress: TrainingProgress) => void;
}

/** How far training is. */
export interface TrainingProgress {
  readonly phase: 'demonstrating' | 'imitating' | 'practising';
  readonly done: number;
  readonly of: number;
}

/** A point of the learning curve: the share of the tasks kept apart that are solved. */
export interface CurvePoint {
  readonly phase: 'start' | 'imitation' | 'practice';
  /** Rounds of imitation, or tasks practised. */
  readonly at: number;
  readonly solved: number;
  readonly total: number;
}

/** A trained learner and how it came to be one. */
export interface Training {
  readonly learned: Learned;
  readonly curve: readonly CurvePoint[];
  /** How the random agent does on the tasks of the curve. */
  readonly random: Pick<CurvePoint, 'solved' | 'total'>;
  /** Tasks learned from. */
  readonly tasks: number;
  /** Tasks sampled that taught nothing: their oracle earned nothing, or nothing was to be done. */
  readonly unusable: number;
}

const attempts = 4;
const strength = 0.5;
/** For each task kept apart for the curve, so many are learned from. */
const perCheck = 10;
const mostChecks = 50;
const practiceChecks = 5;

/** Trains a learner: it sees oracles solve tasks, imitates them, then practises on its own, looking at the demonstration again where it fails. Some more tasks are kept apart for the curve. */
export async function trainLearner(options: TrainingOptions): Promise<Training> {
  const { seed, n, rounds = usualRounds, practised = n, onProgress, signal } = options;
  const rng = createRng(`learner ${seed}`);
  const { shown, apart, unusable } = await lookOn(options);
  const repertoire = repertoireOf(shown);
  const learned: Learned = { policy: new LinearPolicy(), repertoire };
  const solvedNow = (): Promise<number> => solvedBy(learnerAgent(learned), apart, options);
  const curve: CurvePoint[] = [];
  const mark = async (phase: CurvePoint['phase'], at: number): Promise<void> =>
    void curve.push({ phase, at, solved: await solvedNow(), total: apart.length });
  await mark('start', 0);
  const lessons = shown.flatMap((demonstration) => lessonsOf(demonstration, repertoire));
  for (let round = 1; round <= rounds; round++) {
    study(learned.policy, lessons, rng);
    await mark('imitation', round);
    onProgress?.({ phase: 'imitating', done: round, of: rounds });
    signal?.throwIfAborted();
  }
  const exercises = exercisesOf(shown, practised, rng);
  const perPoint = Math.max(1, Math.ceil(exercises.length / practiceChecks));
  for (const [i, exercise] of exercises.entries()) {
    const share = await practise(exercise.task, learned, { school: options, rng, attempts, strength });
    if (share < 1) study(learned.policy, lessonsOf(exercise, repertoire), rng);
    onProgress?.({ phase: 'practising', done: i + 1, of: exercises.length });
    if ((i + 1) % perPoint === 0 || i + 1 === exercises.length) await mark('practice', i + 1);
  }
  const random = { solved: await solvedBy(randomAgent, apart, options), total: apart.length };
  return { learned, curve, random, tasks: shown.length, unusable };
}

interface Seen {
  readonly shown: readonly Demonstration[];
  readonly apart: readonly Task[];
  readonly unusable: number;
}

/** Has the tasks demonstrated. Every eleventh is kept apart; tasks whose instruction is known from an earlier one are not. */
async function lookOn(options: TrainingOptions): Promise<Seen> {
  const { tasks, n, onProgress } = options;
  const checks = Math.min(mostChecks, Math.ceil(n / perCheck));
  const shown: Demonstration[] = [];
  const apart: Task[] = [];
  const known = new Set<string>();
  let unusable = 0;
  for await (const task of tasks) {
    if (shown.length >= n) break;
    const demonstration = await demonstrate(task, options);
    if (demonstration === null) unusable++;
    else if (apart.length < checks && apart.length * perCheck < shown.length && !known.has(task.instruction)) apart.push(task);
    else if (!apart.some(({ instruction }) => instruction === task.instruction)) {
      shown.push(demonstration);
      known.add(task.instruction);
    }
    onProgress?.({ phase: 'demonstrating', done: shown.length, of: n });
  }
  return { shown, apart, unusable };
}

function exercisesOf(shown: readonly Demonstration[], practised: number, rng: Rng): readonly Demonstration[] {
  const exercises: Demonstration[] = [];
  while (exercises.length < practised && shown.length > 0) exercises.push(...shuffled(shown, rng));
  return exercises.slice(0, practised);
}

async function solvedBy(agent: Agent, tasks: readonly Task[], { engine, clone, signal }: School): Promise<number> {
  let solved = 0;
  for (const task of tasks) {
    const { reward } = await runEpisode({ engine, clone, task, agent, ...(signal ? { signal } : {}) });
    if (reward === 1) solved++;
  }
  return solved;
}
