import Anthropic, { APIConnectionError, APIError, APIUserAbortError } from '@anthropic-ai/sdk';
import { ServiceError } from './retry.ts';
import { replySchema, type Message, type Send } from './wire.ts';

/** No key was given, so nothing is asked. */
export class OffError extends Error {
  override readonly name = 'OffError';
}

/** The sender that sends nothing. */
export const off: Send = () => Promise.reject(new OffError('No model is asked, because ANTHROPIC_API_KEY is not set.'));

export interface ServiceOptions {
  readonly apiKey: string;
  /** Another address than the service's own. */
  readonly baseURL?: string | undefined;
  /** Longest wait for one reply. */
  readonly timeoutMs?: number | undefined;
}

const defaultTimeoutMs = 300_000;

/** Sends to the Messages API, once. */
export function service({ apiKey, baseURL, timeoutMs = defaultTimeoutMs }: ServiceOptions): Send {
  const client = new Anthropic({
    apiKey,
    authToken: null,
    maxRetries: 0,
    timeout: timeoutMs,
    logLevel: 'off',
    ...(baseURL === undefined ? {} : { baseURL }),
  });
  return async (message, signal) => {
    const { betas = [], ...body } = message;
    const headers = betas.length === 0 ? {} : { headers: { 'anthropic-beta': betas.join(',') } };
    const answer: unknown = await client.messages.create(bodyOf(body), { signal: signal ?? null, ...headers }).catch((error: unknown) => {
      throw signal?.aborted ? signal.reason : failureOf(error);
    });
    const read = replySchema.safeParse(answer);
    if (!read.success)
      throw new ServiceError(`The service's reply is no message of the Messages API: ${read.error.issues[0]?.message}.`, { status: 200 });
    return { reply: read.data, fresh: true };
  };
}

/** The same in the client's own types, which are not read-only and know the computer tool only in their beta part. */
function bodyOf(message: Omit<Message, 'betas'>): Anthropic.MessageCreateParamsNonStreaming {
  return message as unknown as Anthropic.MessageCreateParamsNonStreaming;
}

function failureOf(error: unknown): unknown {
  if (error instanceof APIUserAbortError) return error;
  if (error instanceof APIConnectionError) {
    const { cause } = error;
    return new ServiceError(`The service can't be reached: ${cause instanceof Error ? cause.message : error.message}`);
  }
  if (!(error instanceof APIError) || error.status === undefined) {
    return new ServiceError(`The service's reply can't be read: ${error instanceof Error ? error.message : String(error)}.`, {
      status: 200,
    });
  }
  const status = error.status as number;
  const said = error.apiMessage ?? error.message;
  const retryAfter = (error.headers as Headers | undefined)?.get('retry-after') ?? undefined;
  const hint = status === 401 || status === 403 ? ' Check ANTHROPIC_API_KEY.' : '';
  return new ServiceError(`The service answered ${status}: ${said}.${hint}`, { status, retryAfter });
}
