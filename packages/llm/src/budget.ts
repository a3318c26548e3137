import type { Spent } from './asker.ts';
import { spentOf, type ModelTerms } from './models.ts';
import type { Message, Send, Usage } from './wire.ts';

/** Most that may be spent; what is absent is unlimited. */
export interface Limits {
  readonly usd?: number;
  readonly tokens?: number;
}

/** A request that might have led past a limit. It was not sent. */
export class BudgetError extends Error {
  override readonly name = 'BudgetError';
}

/** Bytes per token, on the low side: estimates are meant to be too high. */
const bytesPerToken = 2.5;

/** About how many tokens a text has. */
export function estimateTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / bytesPerToken);
}

/** A picture of at most 1568 pixels a side costs about a token for 750 pixels; so many bytes of text cost as much as the largest. */
const bytesOfPicture = 3300 * bytesPerToken;

/** A conversation as text, with a text as dear as a picture in the place of each picture. */
function textOf(messages: Message['messages']): string {
  return JSON.stringify(messages, (key, value: unknown) => (key === 'data' ? 'x'.repeat(bytesOfPicture) : value));
}

/** Most that a request may use: all of its input written to the cache, and the longest answer. */
export function mostOf({ system, tools, messages, max_tokens: output }: Message, terms: ModelTerms): Spent {
  const prefix = estimateTokens(JSON.stringify([system, tools]));
  const rest = estimateTokens(textOf(messages));
  const usage: Usage = { input_tokens: rest, output_tokens: output, cache_creation_input_tokens: prefix };
  return spentOf(usage, terms);
}

/** Dollars as people read them. */
export function dollars(usd: number): string {
  return `$${usd.toFixed(usd !== 0 && usd < 0.1 ? 4 : 2)}`;
}

/** Keeps account of what is spent, and lets no request out that might lead past a limit. */
export class Budget {
  readonly #limits: Limits;
  readonly #terms: ModelTerms;
  #usd = 0;
  #tokens = 0;
  #heldUsd = 0;
  #heldTokens = 0;

  constructor(limits: Limits, terms: ModelTerms) {
    this.#limits = limits;
    this.#terms = terms;
  }

  get spent(): Spent {
    return { usd: this.#usd, tokens: this.#tokens };
  }

  /** Sends within the limits: the most that a request may use is held back until its reply says what it did use. */
  guard(send: Send): Send {
    return async (message, signal) => {
      const most = mostOf(message, this.#terms);
      this.#check(most);
      this.#hold(most, 1);
      try {
        const sent = await send(message, signal);
        const { usd, tokens } = spentOf(sent.reply.usage, this.#terms);
        this.#usd += usd;
        this.#tokens += tokens;
        return sent;
      } finally {
        this.#hold(most, -1);
      }
    };
  }

  #hold({ usd, tokens }: Spent, sign: 1 | -1): void {
    this.#heldUsd += sign * usd;
    this.#heldTokens += sign * tokens;
  }

  #check(most: Spent): void {
    const { usd = Infinity, tokens = Infinity } = this.#limits;
    if (this.#usd + this.#heldUsd + most.usd > usd) {
      const spent = `${dollars(this.#usd)} of ${dollars(usd)} spent`;
      throw new BudgetError(
        `The budget is reached: ${spent}, and the next question may cost up to ${dollars(most.usd)}. Allow more to go on.`,
      );
    }
    if (this.#tokens + this.#heldTokens + most.tokens > tokens) {
      const spent = `${this.#tokens} of ${tokens} tokens spent`;
      throw new BudgetError(`The budget is reached: ${spent}, and the next question may take up to ${most.tokens}. Allow more to go on.`);
    }
  }
}
