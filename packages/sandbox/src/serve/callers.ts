import { createHash, timingSafeEqual } from 'node:crypto';

/** What a request says of who sent it: headers of those names. */
export interface Caller {
  readonly authorization: string | undefined;
  readonly host: string | undefined;
  readonly origin: string | undefined;
}

/** Why a caller is not served: 401 where it has to show the token, 403 where it may not come at all. */
export interface CallerRefusal {
  readonly status: 401 | 403;
  readonly message: string;
}

/** The token that a request shows; empty where it shows none. */
export const bearerOf = (authorization: string | undefined): string => authorization?.replace(/^Bearer\s+/i, '') ?? '';

const localNames = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;

/**
 * Whether a service serves a caller: null if it does. With a token, only who knows it passes. Without one the service is for this machine
 * alone: a request that names another host came by a name that somebody pointed here, and one with another origin from a page of somebody
 * else.
 */
export function refusalOf(token: string | undefined, { authorization, host = '', origin }: Caller): CallerRefusal | null {
  if (token !== undefined) {
    if (isSame(bearerOf(authorization), token)) return null;
    return { status: 401, message: 'This service wants a token: send it as "Authorization: Bearer TOKEN".' };
  }
  if (!localNames.test(host)) return { status: 403, message: `This service is for this machine; the request names the host ${host}.` };
  if (origin === undefined || origin === `http://${host}`) return null;
  return { status: 403, message: `Pages of ${origin} may not use this service.` };
}

/** Takes the same time wherever two texts differ. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/i;

/** @throws where others than this machine could use a service without a token */
export function checkListening(host: string, token: string | undefined): void {
  if (!loopback.test(host) && (token === undefined || token === '')) {
    throw new Error(`On ${host} others can reach the service: give it a token, or let it listen on 127.0.0.1.`);
  }
}
