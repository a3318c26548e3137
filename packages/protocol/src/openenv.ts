import { z } from 'zod';
import { playOptionsSchema, stepInfoSchema, taskChoiceSchema, viewSchema } from './episode.ts';
import { ownMoveSchema } from './move.ts';
import { browserToolNames, computerActions } from './browser-tools.ts';
import { engineKinds } from './service.ts';
import { endings } from './task.ts';

/* Messages of OpenEnv (https://github.com/huggingface/OpenEnv), its HTTP and WebSocket protocol 1.x. */

/** Extra fields of a reset that this environment understands; others are dropped, as the protocol says. */
export const openEnvResetSchema = z.object({
  seed: z.number().int().min(0).nullish(),
  episode_id: z.string().max(255).nullish(),
  split: z.string().nullish(),
  index: taskChoiceSchema.shape.index,
  task: taskChoiceSchema.shape.task,
  ...playOptionsSchema.shape,
  engine: z.enum(engineKinds).optional(),
});
export type OpenEnvReset = z.infer<typeof openEnvResetSchema>;

/** An action: one of our own, a line of text, a tool call, or an input of Anthropic's computer tool. */
export const openEnvActionSchema = z.union([
  ownMoveSchema.extend({ metadata: z.record(z.string(), z.unknown()).optional() }).strict(),
  z.strictObject({ action_str: z.string().max(20_000), metadata: z.record(z.string(), z.unknown()).optional() }),
  z.strictObject({
    type: z.literal('call_tool'),
    tool_name: z.enum(browserToolNames as [string, ...string[]]),
    arguments: z.record(z.string(), z.unknown()).default({}),
    metadata: z.record(z.string(), z.unknown()).optional(),
  }),
  z.strictObject({ type: z.literal('list_tools'), metadata: z.record(z.string(), z.unknown()).optional() }),
  z.looseObject({ action: z.enum(computerActions) }),
]);

export const openEnvObservationSchema = viewSchema.extend({
  goal: z.string(),
  /** The first view of the page that is text; it is told here alone, and `views` holds the others. */
  text: z.string(),
  /** Why the last action could not be done; empty where it could. */
  last_action_error: z.string(),
});

export const openEnvResultSchema = z.object({
  observation: openEnvObservationSchema,
  reward: z.number().nullable(),
  done: z.boolean(),
  terminated: z.boolean(),
  truncated: z.boolean(),
  metadata: stepInfoSchema,
});

export const openEnvStateSchema = z.object({
  episode_id: z.string().nullable(),
  step_count: z.number().int().min(0),
  task: z.string().nullable(),
  ending: z.enum(endings).nullable(),
});

const data = z.record(z.string(), z.unknown());

/** What a client sends over the WebSocket. */
export const openEnvMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('reset'), data: data.default({}) }),
  z.strictObject({ type: z.literal('step'), data }),
  z.strictObject({ type: z.literal('state') }),
  z.strictObject({ type: z.literal('close') }),
  z.strictObject({ type: z.literal('mcp'), data }),
]);
export const openEnvMessageTypes: readonly string[] = ['reset', 'step', 'state', 'close', 'mcp'];

export const openEnvErrorCodes = [
  'INVALID_JSON',
  'UNKNOWN_TYPE',
  'VALIDATION_ERROR',
  'EXECUTION_ERROR',
  'CAPACITY_REACHED',
  'FACTORY_ERROR',
  'SESSION_ERROR',
] as const;
export type OpenEnvErrorCode = (typeof openEnvErrorCodes)[number];

export const openEnvHttpResetSchema = openEnvResetSchema.loose();
export const openEnvHttpStepSchema = z.looseObject({
  action: openEnvActionSchema,
  timeout_s: z.number().positive().nullish(),
  request_id: z.string().max(255).nullish(),
});

export const openEnvMetadataSchema = z.object({
  name: z.string(),
  description: z.string(),
  readme_content: z.string().nullable(),
  version: z.string().nullable(),
  author: z.string().nullable(),
  documentation_url: z.string().nullable(),
});
