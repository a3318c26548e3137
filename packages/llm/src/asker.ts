import type { z } from 'zod';

/** A JSON schema as data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** The one tool that an answer must call. Its input is checked where the schema is a zod schema, else it must be an object. */
export interface AnswerTool {
  readonly name: string;
  readonly description: string;
  readonly schema: z.ZodType | JsonSchema;
}

/** One question. `system` and `context` are the long prefix that the questions of a run share: the service caches it. */
export interface AskRequest {
  readonly system: string;
  readonly context: string;
  readonly question: string;
  readonly tool: AnswerTool;
  /** Most tokens of the answer, thinking included. */
  readonly maxTokens: number;
}

/** What was used up: US dollars, and tokens in and out together. */
export interface Spent {
  readonly usd: number;
  readonly tokens: number;
}

/** The input given to the tool, or why there is none; and what this answer cost, which is nothing where it was remembered. */
export type Answer = ({ readonly input: unknown } | { readonly unanswered: string }) & { readonly spent: Spent };

/** Answers questions. It throws where asking on makes no sense: no key, a budget that is used up, a service that stays away. */
export interface Asker {
  ask(request: AskRequest, signal?: AbortSignal): Promise<Answer>;
}
