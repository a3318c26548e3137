import { z } from 'zod';
import { actionSchema, dialogOutcomeSchema } from './action.ts';
import { textDialects, viewForms } from './move.ts';
import { decisionSchema } from './policy.ts';
import { endings, episodeRecordSchema } from './task.ts';
import { stateSchema } from './world-schema.ts';
import { certainties } from './world.ts';

/**
 * What steps are rewarded with: `sparse` 1 or 0 with the last one; `dense` what each brought nearer to the goal (its sum is what was
 * reached); `none` nothing, the score is only recorded.
 */
export const rewardModes = ['sparse', 'dense', 'none'] as const;
export type RewardMode = (typeof rewardModes)[number];

/** How an episode is played. What is left out is as the service was started. */
export const playOptionsSchema = z.object({
  reward: z.enum(rewardModes).optional(),
  dialect: z.enum(textDialects).optional(),
  views: z.array(z.enum(viewForms)).max(viewForms.length).optional(),
  /** Ends as `done` as soon as the goal holds, without being told. */
  endOnSuccess: z.boolean().optional(),
  /** Ends as `out_of_model` at the first action that the world has no evidence for. */
  strict: z.boolean().optional(),
  /** Keeps a dialog waiting for an answer instead of answering it at once. */
  holdDialogs: z.boolean().optional(),
  /** Fewer steps than the task allows. */
  maxSteps: z.number().int().positive().optional(),
  /** Ends as `over_budget` once a person would have taken so many milliseconds for what was done. */
  maxMs: z.number().positive().optional(),
});
export type PlayOptions = z.infer<typeof playOptionsSchema>;

/** Which task: its id, its place in a split, or what a seed draws. With none of these the next one, in order. */
export const taskChoiceSchema = z.object({
  task: z.string().optional(),
  index: z.number().int().optional(),
  seed: z.number().int().min(0).optional(),
});
export type TaskChoice = z.infer<typeof taskChoiceSchema>;

/** What an agent sees. `views` holds what was asked for, by form. */
export const viewSchema = z.object({
  instruction: z.string(),
  url: z.string(),
  title: z.string(),
  /** A dialog that waits for an answer. */
  dialog: z.object({ type: z.string(), message: z.string() }).nullable(),
  views: z.partialRecord(z.enum(viewForms), z.string()),
});
export type View = z.infer<typeof viewSchema>;

/** What is told of a step besides the view. Nothing in it comes from the verifier but `reward`, `score`, `progress` and `feedback`. */
export const stepInfoSchema = z.object({
  task: z.string(),
  step: z.number().int(),
  stepsLeft: z.number().int(),
  /** Why the last move could not be done; it then changed nothing. */
  refused: z.string().optional(),
  certainty: z.enum(certainties).optional(),
  note: z.string().optional(),
  dialogs: z.array(dialogOutcomeSchema).optional(),
  decision: decisionSchema.optional(),
  /** Of the whole episode so far: actions, and the milliseconds that a person takes for them. */
  cost: z.object({ steps: z.number(), ms: z.number() }),
  /** Set once the episode is over. */
  ending: z.enum(endings).optional(),
  /** 1 or 0; null where the episode is not scored. With the last step only, and not with the reward `none`. */
  score: z.number().nullable().optional(),
  progress: z.number().optional(),
  feedback: z.array(z.string()).optional(),
});
export type StepInfo = z.infer<typeof stepInfoSchema>;

/** What a step led to; also what a reset begins with. */
export const outcomeSchema = z.object({
  observation: viewSchema,
  /** Null where there is none: after a reset, with the reward `none`, and where an episode is not scored. */
  reward: z.number().nullable(),
  /** Over by the agent's or a policy's doing. */
  terminated: z.boolean(),
  /** Over for another reason: see `info.ending`. */
  truncated: z.boolean(),
  info: stepInfoSchema,
});
export type Outcome = z.infer<typeof outcomeSchema>;

/** What a move would lead to, without its being done. */
export const foresightSchema = z.object({
  outcome: outcomeSchema,
  /** Changes of lasting data, in words. */
  changes: z.array(z.string()),
  /** Null where that could not be found out. */
  irreversible: z.boolean().nullable(),
});
export type PeekResult = z.infer<typeof foresightSchema>;

const playedStepSchema = z.object({ action: actionSchema, refused: z.string().optional(), certainty: z.enum(certainties) });
export type PlayedStep = z.infer<typeof playedStepSchema>;

/** An episode at one moment, as plain JSON: any engine with the same world goes on from it. */
export const snapshotSchema = z.object({
  v: z.literal(1),
  world: z.string(),
  task: z.string(),
  start: stateSchema,
  state: stateSchema,
  used: z.number().int(),
  collected: z.number(),
  allSelected: z.boolean(),
  steps: z.array(playedStepSchema),
});
export type Snapshot = z.infer<typeof snapshotSchema>;

/**
 * One line of the file of finished episodes. Pages are not kept: task, account and actions give them again, exactly. `earned` is the sum of
 * the rewards given.
 */
export const finishedEpisodeSchema = episodeRecordSchema.omit({ steps: true, agent: true }).extend({
  v: z.literal(1),
  id: z.string(),
  attempt: z.number().int().min(1),
  world: z.string(),
  account: z.string(),
  seed: z.number().optional(),
  /** How the agent was connected. */
  via: z.enum(['http', 'openenv', 'mcp', 'process']),
  began: z.string(),
  ended: z.string(),
  mode: z.enum(rewardModes),
  earned: z.number(),
  progress: z.number().nullable(),
  steps: z.array(playedStepSchema),
});
export type FinishedEpisode = z.infer<typeof finishedEpisodeSchema>;
