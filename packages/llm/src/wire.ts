import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { JsonSchema } from './asker.ts';

interface Cached {
  readonly cache_control?: { readonly type: 'ephemeral' };
}

export interface TextPart extends Cached {
  readonly type: 'text';
  readonly text: string;
}

export interface ImagePart extends Cached {
  readonly type: 'image';
  readonly source: { readonly type: 'base64'; readonly media_type: 'image/png'; readonly data: string };
}

/** A call of a tool, as it is given back to the service. */
interface ToolUsePart extends Cached {
  readonly type: 'tool_use';
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
}

export interface ToolResultPart extends Cached {
  readonly type: 'tool_result';
  readonly tool_use_id: string;
  readonly content: readonly (TextPart | ImagePart)[];
  readonly is_error?: true;
}

/** A part of what is said in a conversation. */
export type Part = TextPart | ImagePart | ToolUsePart | ToolResultPart;

/** What one side says. */
export interface Turn {
  readonly role: 'user' | 'assistant';
  readonly content: string | readonly Part[];
}

/** A tool that is described by the schema of its input. */
export interface CustomTool extends Cached {
  readonly name: string;
  readonly description: string;
  readonly input_schema: JsonSchema;
  readonly strict?: true;
}

/** The computer tool, which the service itself describes to the model. */
export interface ComputerTool extends Cached {
  readonly type: 'computer_20250124' | 'computer_20251124';
  readonly name: 'computer';
  readonly display_width_px: number;
  readonly display_height_px: number;
}

/** A request of the Messages API, as this package makes them. */
export interface Message {
  readonly model: string;
  readonly max_tokens: number;
  readonly system: readonly TextPart[];
  readonly tools: readonly (CustomTool | ComputerTool)[];
  readonly tool_choice:
    | { readonly type: 'tool'; readonly name: string; readonly disable_parallel_tool_use: true }
    | { readonly type: 'auto'; readonly disable_parallel_tool_use: true };
  readonly thinking?: { readonly type: 'disabled' };
  readonly messages: readonly Turn[];
  /** Features of the service that are asked for by a header. */
  readonly betas?: readonly string[];
}

const tokens = z.number().int().min(0);
const usageSchema = z.object({
  input_tokens: tokens,
  output_tokens: tokens,
  cache_creation_input_tokens: tokens.nullish(),
  cache_read_input_tokens: tokens.nullish(),
});
export type Usage = z.infer<typeof usageSchema>;

/** What is kept of a reply of the Messages API. */
export const replySchema = z.object({
  model: z.string(),
  stop_reason: z.string().nullable(),
  content: z.array(z.looseObject({ type: z.string() })),
  usage: usageSchema,
});
export type Reply = z.infer<typeof replySchema>;

/** A reply, and whether it was bought just now. */
interface Sent {
  readonly reply: Reply;
  readonly fresh: boolean;
}

/** Gets the reply to a message: from the service, or from where replies are remembered. */
export type Send = (message: Message, signal?: AbortSignal) => Promise<Sent>;

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  );
}

/** The name of a request: a digest of all of it, in which the order of properties does not count. */
export function digestOf(message: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(message)))
    .digest('hex');
}
