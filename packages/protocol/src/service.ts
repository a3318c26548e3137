import { z } from 'zod';
import { moveInputSchema, viewForms } from './move.ts';
import { outcomeSchema, playOptionsSchema, taskChoiceSchema } from './episode.ts';
import { endings } from './task.ts';

export const engineKinds = ['text', 'browser', 'container'] as const;
export type EngineKind = (typeof engineKinds)[number];

const views = z.array(z.enum(viewForms)).max(viewForms.length);

/** What an episode of the service is opened with. What is left out is as the service was started. */
export const openRequestSchema = z.object({
  ...taskChoiceSchema.shape,
  ...playOptionsSchema.shape,
  engine: z.enum(engineKinds).optional(),
  /** Names of guardrail policies that the service offers, to stand under beside those that are always in force. */
  policies: z.array(z.string()).optional(),
});
export type OpenRequest = z.infer<typeof openRequestSchema>;

export const stepRequestSchema = z.object({ move: moveInputSchema, views: views.optional() });
export type StepRequest = z.infer<typeof stepRequestSchema>;

/** `ticket` is what its agent shows at `/mcp`, as a bearer token, to act in this episode: it opens nothing else. */
export const openedSchema = z.object({ id: z.string(), ticket: z.string(), outcome: outcomeSchema });

/** An open episode in short. Times in milliseconds. */
export const episodeSummarySchema = z.object({
  id: z.string(),
  via: z.string(),
  engine: z.enum(engineKinds),
  task: z.string(),
  attempt: z.number().int(),
  step: z.number().int(),
  ending: z.enum(endings).optional(),
  idleMs: z.number(),
});

export const episodeListSchema = z.object({ open: z.number().int(), max: z.number().int(), episodes: z.array(episodeSummarySchema) });

export const taskSummarySchema = z.object({
  id: z.string(),
  instruction: z.string(),
  account: z.string(),
  maxSteps: z.number().int(),
  difficulty: z.number(),
});

/** Why a request was not done. `code` is for programs. */
export const serviceErrorSchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), details: z.record(z.string(), z.unknown()).optional() }),
});
