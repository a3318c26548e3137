import type { Send } from './wire.ts';

/** The service did not answer. `status` is absent where it could not be reached. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly status: number | undefined;
  /** The value of the header `retry-after`. */
  readonly retryAfter: string | undefined;

  constructor(
    message: string,
    { status, retryAfter }: { readonly status?: number | undefined; readonly retryAfter?: string | undefined } = {},
  ) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** Time and chance, given from outside so that nothing is hidden. */
export interface Surroundings {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** From 0 up to, not including, 1; give a seeded generator. */
  readonly random: () => number;
}

export interface RetryOptions extends Surroundings {
  /** Most tries of one request. */
  readonly tries?: number;
  /** Told before each pause, with its length in milliseconds. */
  readonly onRetry?: ((error: ServiceError, ms: number) => void) | undefined;
}

const firstPauseMs = 1000;
const longestPauseMs = 60_000;

/** True where the same request may do better later: time-outs, conflicts, too many requests, trouble at the service, no connection. */
function isPassing({ status }: ServiceError): boolean {
  return status === undefined || status === 408 || status === 409 || status === 429 || status >= 500;
}

/** How long the service asks to wait, in milliseconds: the header `retry-after` holds seconds or a date. */
function askedPause(header: string | undefined, now: number): number | undefined {
  if (header === undefined || header.trim() === '') return undefined;
  const seconds = Number(header);
  const ms = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1000;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/** Sends again after a pause that doubles, shortened by chance to half of it at most, and never shorter than the service asks for. */
export function retrying(send: Send, { now, sleep, random, tries = 5, onRetry }: RetryOptions): Send {
  return async (message, signal) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await send(message, signal);
      } catch (error) {
        if (!(error instanceof ServiceError) || !isPassing(error)) throw error;
        const asked = askedPause(error.retryAfter, now()) ?? 0;
        if (attempt >= tries) throw new ServiceError(`${error.message} Given up after ${attempt} tries.`, error);
        if (asked > longestPauseMs) {
          const text = `${error.message} It asks to wait ${Math.round(asked / 1000)} s, which is too long: run again later.`;
          throw new ServiceError(text, error);
        }
        const own = Math.min(longestPauseMs, firstPauseMs * 2 ** (attempt - 1)) * (1 - random() / 2);
        const ms = Math.max(asked, Math.round(own));
        onRetry?.(error, ms);
        await sleep(ms, signal);
        signal?.throwIfAborted();
      }
    }
  };
}
