import { z } from 'zod';
import { actionSchema } from './action.ts';
import { attackSchema } from './attack.ts';
import { decisionSchema } from './policy.ts';

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/**
 * One part of a goal, over the net change of state between start and end of the episode.
 * - `inserted`: exactly `count` new rows of `table` have these cells;
 * - `updated`: the row that began with cells `was` ends with cells `now`, and is otherwise as it was but for the columns `free`;
 * - `deleted`: the rows that began with cells `was` are gone (`count` of them);
 * - `register`: the register ends with this value; `at`: the final address matches.
 */
export const goalSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('inserted'), table: z.string(), cells: z.record(z.string(), scalar), count: z.number().int().min(1) }),
  z.object({
    kind: z.literal('updated'),
    table: z.string(),
    row: z.string(),
    was: z.record(z.string(), scalar),
    now: z.record(z.string(), scalar),
    free: z.array(z.string()).optional(),
  }),
  z.object({ kind: z.literal('deleted'), table: z.string(), row: z.string(), was: z.record(z.string(), scalar) }),
  z.object({ kind: z.literal('register'), name: z.string(), value: scalar }),
  z.object({ kind: z.literal('at'), url: z.string() }),
]);
export type Goal = z.infer<typeof goalSchema>;

/**
 * What the agent has to say in the end, compared by type: a number, a day (`YYYY-MM-DD`), what a record is called, the names of several in
 * any order, or that the task can't be done, which is said by giving up.
 */
export const answerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('number'), value: z.number() }),
  z.object({ kind: z.literal('date'), value: z.iso.date() }),
  z.object({ kind: z.literal('record'), value: z.string().min(1) }),
  z.object({ kind: z.literal('set'), values: z.array(z.string().min(1)).min(1) }),
  z.object({ kind: z.literal('impossible') }),
]);
export type Answer = z.infer<typeof answerSchema>;

/**
 * All goals hold, or all of one of the `alternatives`; with `nothingElse` no other server-scope data changed, but for what stands `aside`, a
 * register or `table.column`: what a clock or a counter decides, and what changes by looking; and the `answer`, where there is one, was given.
 */
export const verifierSchema = z.object({
  goals: z.array(goalSchema),
  alternatives: z.array(z.array(goalSchema)).optional(),
  nothingElse: z.boolean(),
  aside: z.array(z.string()).optional(),
  answer: answerSchema.optional(),
});
export type Verifier = z.infer<typeof verifierSchema>;

/**
 * Why a task is in a suite: drawn as work is done, evenly by difficulty, of several workflows in a row, of rare work, or of work that never
 * followed upon another (`novel`); asking for an answer (`question`), leaving open on which record it is done (`ambiguous`), or naming what
 * is not there (`impossible`); in surroundings that are not as they were learned (`perturbed`).
 */
export const taskMixes = [
  'representative',
  'stratified',
  'long',
  'rare',
  'novel',
  'question',
  'ambiguous',
  'impossible',
  'perturbed',
] as const;
export type TaskMix = (typeof taskMixes)[number];

/**
 * How the surroundings of a task differ from what was learned, from its start on: pages that take two seconds to load (`slow`), a first
 * change that the server fails to carry out (`failing`), a notice that hides the page until it is closed (`popup`), controls that are
 * called a little otherwise (`renamed`) or stand in another order (`moved`), other colours and letters (`theme`), and an instruction that
 * is not the user's (`planted`).
 */
export const perturbationKinds = ['slow', 'failing', 'popup', 'renamed', 'moved', 'theme', 'planted'] as const;
export type PerturbationKind = (typeof perturbationKinds)[number];

/** One perturbation; `seed` decides among its ways. */
export const perturbationSchema = z.object({ kind: z.enum(perturbationKinds), seed: z.number().int().min(0) });
export type Perturbation = z.infer<typeof perturbationSchema>;

/** Instruction, start, check and a proven solution. `seed` is the sampling seed the task came from. */
export const taskSchema = z.object({
  id: z.string(),
  workflow: z.string(),
  instruction: z.string(),
  /** The same in other words: every step, and the situation with the goal left to be seen. `instruction` says the goal. */
  levels: z.object({ steps: z.string(), situation: z.string() }).optional(),
  mix: z.enum(taskMixes).optional(),
  account: z.string(),
  /** Actions that lead from the account's seed to the task's start state. */
  setup: z.array(actionSchema),
  verifier: verifierSchema,
  oracle: z.array(actionSchema),
  /** The oracle with another value or record: must earn 0. */
  wrong: z.array(actionSchema),
  /** The oracle on another record, where `wrong` is it with another value. */
  wrongRecord: z.array(actionSchema).optional(),
  maxSteps: z.number().int().positive(),
  difficulty: z.number(),
  /** How its surroundings differ from the start on; the set-up is carried out without. */
  perturbation: perturbationSchema.optional(),
  /** Set where the task is a test of safety. */
  attack: attackSchema.optional(),
});
export type Task = z.infer<typeof taskSchema>;

/** A frozen, versioned set of tasks with its clone. `rejected` counts candidates by the control that they failed. */
export const suiteSchema = z.object({
  v: z.literal(1),
  name: z.string(),
  clone: z.string(),
  /** sha256 of the clone's world.json, so that a suite is never run on another world. */
  worldHash: z.string(),
  seed: z.number(),
  tasks: z.array(taskSchema),
  sampled: z.number(),
  rejected: z.record(z.string(), z.number()),
});
export type Suite = z.infer<typeof suiteSchema>;

/**
 * How an episode ended. `over_budget`: what it cost by the cost model reached the most that it might. `stopped` is a policy's `end`.
 * `setup_failed`: the way to the task's start could not be gone, so that nobody acted. See `unscoredEndings`.
 */
export const endings = [
  'done',
  'gave_up',
  'step_limit',
  'over_budget',
  'stopped',
  'infra_error',
  'setup_failed',
  'out_of_model',
  'abandoned',
] as const;

/** Ends that are never scored: a fault of the engine, of the task or of the world, or nobody went on. */
export const unscoredEndings: ReadonlySet<(typeof endings)[number]> = new Set(['infra_error', 'setup_failed', 'out_of_model', 'abandoned']);

/** Ends that tell nothing of the agent. */
export const faultEndings: ReadonlySet<(typeof endings)[number]> = new Set(['infra_error', 'setup_failed']);

export const episodeStepSchema = z.object({
  action: actionSchema,
  refused: z.string().optional(),
  aria: z.string(),
  url: z.string(),
  certainty: z.enum(['certain', 'ambiguous', 'unseen']),
  reward: z.number(),
  done: z.boolean(),
  /** What a policy said, where one was in force. */
  decision: decisionSchema.optional(),
});

export const episodeRecordSchema = z.object({
  task: z.string(),
  agent: z.string(),
  engine: z.enum(['text', 'browser', 'container']),
  ending: z.enum(endings),
  /** 0 or 1; null where the episode was not scored. */
  reward: z.number().nullable(),
  /** In words: what is missing, broken, or done in excess. */
  feedback: z.array(z.string()),
  /** What the agent answered when it was done. */
  answer: z.string().optional(),
  /** Why the agent ended it, in the agent's own words. */
  stopped: z.string().optional(),
  steps: z.array(episodeStepSchema),
});
export type EpisodeRecord = z.infer<typeof episodeRecordSchema>;
