import type { Answer, Asker, AskRequest, Spent } from './asker.ts';
import { Budget, type Limits } from './budget.ts';
import { inputOf, messageOf } from './message.ts';
import { defaultModel, spentOf, termsOf, type Models } from './models.ts';
import { planOf, type Plan } from './plan.ts';
import type { Said, Talker } from './talker.ts';
import { caching, readKept, recording, replaying } from './remember.ts';
import { retrying, type RetryOptions } from './retry.ts';
import { off, service } from './service.ts';
import type { Message, Send } from './wire.ts';

export interface ClaudeOptions extends RetryOptions {
  /** Without one, only what is remembered is answered. */
  readonly apiKey?: string | undefined;
  /** Another address than the service's own. */
  readonly baseURL?: string | undefined;
  readonly timeoutMs?: number;
  readonly model?: string | undefined;
  /** Prices in place of the known ones. */
  readonly models?: Models;
  readonly limits: Limits;
  /** Folder of remembered answers. */
  readonly cacheDir?: string | undefined;
  /** File to which every request and its reply is added. */
  readonly recordTo?: string | undefined;
  /** Recording from which all answers come; nothing is sent. */
  readonly replayFrom?: string | undefined;
  readonly onWarning?: (text: string) => void;
}

/** The client of the Anthropic API. */
export interface Claude extends Asker, Talker {
  readonly model: string;
  /** What was spent by this client. */
  readonly spent: Spent;
  /** A dry run: what would be asked and what it would cost. */
  plan(requests: readonly AskRequest[]): Promise<Plan>;
}

/**
 * Makes the client. From the outside in: a recorder, the remembered answers, the budget, retries, the service. A request that is
 * remembered costs nothing and needs no key.
 */
export async function createClaude(options: ClaudeOptions): Promise<Claude> {
  const { model = defaultModel, cacheDir, limits, models, onWarning } = options;
  const terms = termsOf(model, models);
  const budget = new Budget(limits, terms);
  const send = await senderOf(options, budget);
  const say = async (message: Message, signal?: AbortSignal): Promise<Said> => {
    signal?.throwIfAborted();
    const { reply, fresh } = await send(message, signal);
    return { reply, spent: fresh ? spentOf(reply.usage, terms) : { usd: 0, tokens: 0 } };
  };
  const messageFor = (request: AskRequest): Message => messageOf(request, model, terms);
  return {
    model,
    get spent() {
      return budget.spent;
    },
    async ask(request, signal): Promise<Answer> {
      const { reply, spent } = await say(messageFor(request), signal);
      return { ...inputOf(reply, request), spent };
    },
    async talk(conversation, signal) {
      return say({ model, ...conversation, tool_choice: { type: 'auto', disable_parallel_tool_use: true } }, signal);
    },
    async plan(requests) {
      const messages = requests.map(messageFor);
      const kept = await Promise.all(
        messages.map(async (message) => cacheDir !== undefined && (await readKept(message, { dir: cacheDir, onWarning })) !== null),
      );
      const unknown = messages.filter((_, i) => !kept[i]);
      return planOf(unknown, { name: model, terms }, messages.length - unknown.length);
    },
  };
}

async function senderOf(options: ClaudeOptions, budget: Budget): Promise<Send> {
  const { apiKey, baseURL, timeoutMs, cacheDir, recordTo, replayFrom, now, onWarning } = options;
  if (replayFrom !== undefined) return replaying(replayFrom);
  const sent = apiKey ? budget.guard(retrying(service({ apiKey, baseURL, timeoutMs }), options)) : off;
  const kept = cacheDir === undefined ? sent : caching(sent, { dir: cacheDir, now, onWarning });
  return recordTo === undefined ? kept : recording(kept, recordTo);
}
