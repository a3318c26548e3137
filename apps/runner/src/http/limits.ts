import type { Env, Hono, Schema } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { messageOf, ServiceError } from '../errors.ts';

/** Largest body of a request, in bytes: a snapshot holds all of a state. */
const largestBody = 64 * 2 ** 20;

const tooDeep = new ServiceError('BAD_REQUEST', 'What was sent is nested too deeply, or too large, to be read.');

/** Answers what goes wrong in words and with a code; `refused` is told the code. */
export function answerErrors<E extends Env, S extends Schema, P extends string>(app: Hono<E, S, P>, refused: (code: string) => void): void {
  app.onError((error, c) => {
    const known = error instanceof ServiceError ? error : error instanceof RangeError ? tooDeep : null;
    const code = known?.code ?? ('status' in error ? 'BAD_REQUEST' : 'INTERNAL');
    const status = known?.status ?? (code === 'BAD_REQUEST' ? 400 : 500);
    refused(code);
    if (status === 503 || status === 429) c.header('retry-after', '1');
    if (status === 401) c.header('www-authenticate', 'Bearer');
    const details = known?.details === undefined ? {} : { details: known.details };
    return c.json({ error: { code, message: messageOf(error), ...details } }, status);
  });
}

/** Refuses bodies that are too large. */
export function limitBodies<E extends Env, S extends Schema, P extends string>(app: Hono<E, S, P>): void {
  const tooLarge = (): never => {
    throw new ServiceError('BAD_REQUEST', `A body may have ${largestBody / 2 ** 20} MB at most.`);
  };
  app.use(bodyLimit({ maxSize: largestBody, onError: tooLarge }));
}
