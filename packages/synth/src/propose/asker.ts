/** A JSON schema as data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** One question to a model. `system` and `context` are the same for all questions of a run. */
export interface AskRequest {
  readonly system: string;
  readonly context: string;
  readonly question: string;
  readonly tool: { readonly name: string; readonly description: string; readonly schema: JsonSchema };
  readonly maxTokens: number;
}

/** What answers took, in US dollars and in tokens. */
export interface Spent {
  readonly usd: number;
  readonly tokens: number;
}

/** The input that the model gave to the tool, or why there is none. */
export type Answer = ({ readonly input: unknown } | { readonly unanswered: string }) & { readonly spent: Spent };

/** Who is asked: a port that `@backlot/llm` fills. It throws where asking on makes no sense, as when a budget is used up. */
export interface Asker {
  ask(request: AskRequest, signal?: AbortSignal): Promise<Answer>;
}
