import type { Spent } from './asker.ts';
import type { Usage } from './wire.ts';

/** What a model costs, in US dollars for a million tokens, and how it may be made to call a tool. */
export interface ModelTerms {
  readonly input: number;
  readonly output: number;
  /** Of the cached prefix, kept for five minutes. */
  readonly cacheWrite: number;
  readonly cacheRead: number;
  /** `tool`: it can be forced, with thinking off. `auto`: it refuses to be forced, so it is told to call the tool. */
  readonly choice: 'tool' | 'auto';
}

export type Models = Readonly<Record<string, ModelTerms>>;

/** From platform.claude.com/docs/en/about-claude/pricing and the pages of the models, as of November 2026. */
export const models: Models = {
  'claude-fable-5-1': { input: 10, output: 50, cacheWrite: 12.5, cacheRead: 0.25, choice: 'auto' },
  'claude-haiku-4-5': { input: 1, output: 5, cacheWrite: 1.25, cacheRead: 0.1, choice: 'tool' },
  'claude-opus-4-8': { input: 5, output: 25, cacheWrite: 6.25, cacheRead: 0.5, choice: 'tool' },
  'claude-opus-5': { input: 5, output: 25, cacheWrite: 6.25, cacheRead: 0.5, choice: 'tool' },
  'claude-opus-5-5': { input: 4, output: 20, cacheWrite: 5, cacheRead: 0.2, choice: 'auto' },
  'claude-sonnet-4-6': { input: 3, output: 15, cacheWrite: 3.75, cacheRead: 0.3, choice: 'tool' },
  'claude-sonnet-5': { input: 2, output: 10, cacheWrite: 2.5, cacheRead: 0.2, choice: 'tool' },
  'claude-sonnet-5-5': { input: 2, output: 10, cacheWrite: 2.5, cacheRead: 0.1, choice: 'auto' },
};

export const defaultModel = 'claude-opus-5';

/** The terms of a model; a dated name (`claude-haiku-4-5-20251001`) has those of the model. Without a price there is no budget, so an unknown one is an error. */
export function termsOf(model: string, table: Models = models): ModelTerms {
  const name = Object.hasOwn(table, model) ? model : model.replace(/-\d{8}$/, '');
  const terms = Object.hasOwn(table, name) ? table[name] : undefined;
  if (terms) return terms;
  throw new Error(`No price is known for the model ${model}. Take one of ${Object.keys(table).sort().join(', ')}, or give its terms.`);
}

/** What an answer uses up. */
export function spentOf(usage: Usage, terms: ModelTerms): Spent {
  return { usd: costOf(usage, terms), tokens: tokensOf(usage) };
}

/** What an answer costs, in US dollars. */
export function costOf(usage: Usage, terms: ModelTerms): number {
  const { input_tokens: input, output_tokens: output, cache_creation_input_tokens: write, cache_read_input_tokens: read } = usage;
  return (input * terms.input + output * terms.output + (write ?? 0) * terms.cacheWrite + (read ?? 0) * terms.cacheRead) / 1e6;
}

/** All tokens of an answer, in and out, cached or not. */
function tokensOf(usage: Usage): number {
  return usage.input_tokens + usage.output_tokens + (usage.cache_creation_input_tokens ?? 0) + (usage.cache_read_input_tokens ?? 0);
}
