import { z } from 'zod';
import { actionSchema } from './action.ts';
import { episodeRecordSchema, episodeStepSchema } from './task.ts';

/** What a run is of. A run goes on only with the same. */
export const runManifestSchema = z.object({
  v: z.literal(1),
  suite: z.string(),
  /** sha256 of the suite's file. */
  suiteDigest: z.string(),
  worldHash: z.string(),
  agent: z.string(),
  engine: z.enum(['text', 'browser', 'container']),
  seed: z.number().int(),
  /** Policies in force, with what decides how they are applied. */
  policies: z.array(z.string()),
});
export type RunManifest = z.infer<typeof runManifestSchema>;

/** What an episode cost: steps, the time that a person would take for them, the time that it took, and what a model service was paid. */
export const episodeCostSchema = z.object({
  steps: z.number().int().min(0),
  personMs: z.number().min(0),
  wallMs: z.number().min(0),
  usd: z.number().min(0),
  tokens: z.number().int().min(0),
});
export type EpisodeCost = z.infer<typeof episodeCostSchema>;

/** A line of a run's `episodes.jsonl`: an attempt that is over. */
export const runRecordSchema = episodeRecordSchema.extend({ cost: episodeCostSchema });
export type RunRecord = z.infer<typeof runRecordSchema>;

const seenSchema = z.object({
  /** Actions before it. */
  step: z.number().int().min(0),
  /** File in the run's folder. */
  picture: z.string().optional(),
});

/** A line of an episode's trajectory: what was seen at its start, then each action with what it led to. */
export const trajectoryLineSchema = z.discriminatedUnion('kind', [
  seenSchema.extend({ kind: z.literal('start'), instruction: z.string(), url: z.string(), aria: z.string() }),
  seenSchema.extend({ kind: z.literal('step'), ...episodeStepSchema.omit({ done: true, aria: true }).shape, action: actionSchema }),
  z.object({ kind: z.literal('end'), ending: z.string(), reward: z.number().nullable(), feedback: z.array(z.string()) }),
]);
export type TrajectoryLine = z.infer<typeof trajectoryLineSchema>;
