import type { Step, Value } from '@backlot/protocol';
import { parseAddress } from '@backlot/world';
import { askedFor } from '../asked.ts';
import type { Belief } from '../state/belief.ts';
import type { UiOrigin } from './origin.ts';

/** A request for a document that an action sent. */
export interface SentRequest {
  readonly method: string;
  /** Address asked for, relative to the application. */
  readonly url: string;
  /** Path pattern of the address. */
  readonly route: string;
  /** Words among the arguments that make another request of it than others of this route are. */
  readonly query?: Readonly<Record<string, string | null>>;
  /** Form fields, query parameters and path variables. */
  readonly args: Readonly<Record<string, Value>>;
}

/** Variables of a pattern such as `/item/:p2` in a path. */
function variables(route: string, path: string): Readonly<Record<string, string>> {
  const have = path.split('/');
  return Object.fromEntries(route.split('/').flatMap((segment, i) => (segment.startsWith(':') ? [[segment.slice(1), have[i] ?? '']] : [])));
}

/** Where an action took place, and how addresses are told apart. */
export interface RequestSite {
  readonly origin: UiOrigin;
  readonly before: Belief;
  readonly routeOf: (url: string, method: string) => string;
}

/** The request that an action sent; undefined where it loaded no document. */
export function requestOf(step: Step, { origin, before, routeOf }: RequestSite): SentRequest | undefined {
  const asked = askedFor(step, { isClick: origin.event === 'click', root: before.view.root, url: before.view.url });
  if (!asked) return undefined;
  const address = parseAddress(asked.url);
  const route = routeOf(asked.url, asked.method);
  const args = { ...address.query, ...variables(route, address.path), ...asked.form };
  return { method: asked.method, url: asked.url, route, args };
}
