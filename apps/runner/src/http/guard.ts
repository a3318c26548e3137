import { createHash, timingSafeEqual } from 'node:crypto';
import { ServiceError } from '../errors.ts';

/** What a request says of who sent it. */
interface Credentials {
  readonly authorization: string | undefined;
  readonly host: string | undefined;
  readonly origin: string | undefined;
}

/** Who may use the service. */
export interface Guard {
  /** @throws ServiceError `UNAUTHORISED` or `FORBIDDEN` */
  check(credentials: Credentials): void;
}

/** The token that a request shows; empty where it shows none. */
export const bearerOf = (authorization: string | undefined): string => authorization?.replace(/^Bearer\s+/i, '') ?? '';

const localNames = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;

/**
 * With a token, only who knows it passes. Without one the service is for this machine alone: a request that names another host came by a
 * name that somebody pointed here, and one with another origin from a page of somebody else.
 */
export function createGuard(token: string | undefined): Guard {
  return {
    check({ authorization, host = '', origin }) {
      if (token !== undefined) {
        if (!isSame(bearerOf(authorization), token)) {
          throw new ServiceError('UNAUTHORISED', 'This service wants a token: send it as "Authorization: Bearer TOKEN".');
        }
        return;
      }
      if (!localNames.test(host))
        throw new ServiceError('FORBIDDEN', `This service is for this machine; the request names the host ${host}.`);
      if (origin !== undefined && origin !== `http://${host}`) {
        throw new ServiceError('FORBIDDEN', `Pages of ${origin} may not use this service.`);
      }
    },
  };
}

/** Takes the same time wherever two texts differ. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/i;

/** @throws where others than this machine could use the service without a token */
export function checkListening(host: string, token: string | undefined): void {
  if (!loopback.test(host) && (token === undefined || token === '')) {
    throw new Error(`On ${host} others can reach the service: give it a token, or let it listen on 127.0.0.1.`);
  }
}
