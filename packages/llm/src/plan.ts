import type { Spent } from './asker.ts';
import { estimateTokens, mostOf } from './budget.ts';
import { spentOf, type ModelTerms } from './models.ts';
import { digestOf, type Message } from './wire.ts';

/** What would be asked, and what it would cost. Nothing is sent to find out. */
export interface Plan {
  readonly model: string;
  /** Requests that would go to the service. */
  readonly requests: readonly Message[];
  /** How many answers are remembered already. */
  readonly remembered: number;
  /** If the service caches the shared prefix, and each answer takes a quarter of what it may. */
  readonly likely: Spent;
  /** If it caches nothing, and each answer is as long as it may be. */
  readonly most: Spent;
}

const shareOfAnswer = 0.25;

/** Estimates what messages to one model would use, beside a number of remembered ones that cost nothing. */
export function planOf(
  messages: readonly Message[],
  model: { readonly name: string; readonly terms: ModelTerms },
  remembered: number,
): Plan {
  const { name, terms } = model;
  const prefixes = new Set<string>();
  const likely = messages.map((message) => {
    const { system, tools, messages: asked, max_tokens: output } = message;
    const prefix = JSON.stringify([system, tools]);
    const known = prefixes.has(digestOf(prefix));
    prefixes.add(digestOf(prefix));
    const tokens = estimateTokens(prefix);
    const cached = known ? { cache_read_input_tokens: tokens } : { cache_creation_input_tokens: tokens };
    const usage = { input_tokens: estimateTokens(JSON.stringify(asked)), output_tokens: Math.ceil(output * shareOfAnswer), ...cached };
    return spentOf(usage, terms);
  });
  const most = messages.map((message) => mostOf(message, terms));
  return { model: name, requests: messages, remembered, likely: sumOf(likely), most: sumOf(most) };
}

function sumOf(parts: readonly Spent[]): Spent {
  return parts.reduce((sum, { usd, tokens }) => ({ usd: sum.usd + usd, tokens: sum.tokens + tokens }), { usd: 0, tokens: 0 });
}
