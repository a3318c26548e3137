import type { DomElement, Exchange, Step, Value } from '@backlot/protocol';
import { formData, isSubmitter, parseAddress, resolveAddress, toQuery } from '@backlot/world';
import type { Belief } from '../state/belief.ts';
import { pathToId } from '../node-path.ts';
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

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly form: Readonly<Record<string, string>>;
}

function askedByForm(form: DomElement, submitter: DomElement | undefined, url: string): Asked {
  const data = formData(form, submitter);
  const method = (submitter?.attrs['formmethod'] ?? form.attrs['method'] ?? 'get').toUpperCase();
  const action = resolveAddress(url, submitter?.attrs['formaction'] ?? form.attrs['action'] ?? '');
  if (method !== 'GET') return { method, url: action, form: data };
  return { method, url: `${action.split(/[?#]/)[0]}?${toQuery(data)}`, form: data };
}

/** What a click on a link, a click on a button of a form, or Enter in a field asks for. */
function askedBy(node: number, origin: UiOrigin, before: Belief): Asked | undefined {
  const path = pathToId(before.view.root, node);
  const link = path.findLast((element) => element.tag === 'a' && 'href' in element.attrs);
  if (link && origin.event === 'click') return { method: 'GET', url: resolveAddress(before.view.url, link.attrs['href'] ?? ''), form: {} };
  const form = path.findLast((element) => element.tag === 'form');
  return form && askedByForm(form, path.findLast(isSubmitter), before.view.url);
}

/** Fields that were really sent, where the log holds them: a page may mask what was typed. */
function sentFields(exchanges: readonly Exchange[], method: string): Readonly<Record<string, string>> {
  const sent = exchanges.find((exchange) => exchange.method === method && exchange.requestBody?.mimeType.includes('urlencoded'));
  return sent?.requestBody ? parseAddress(`/?${sent.requestBody.text}`).query : {};
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

/** True where an address has the path of another and all of its parameters, whatever they say: what was typed may be masked. */
function asks(url: string, wanted: string): boolean {
  const [own, other] = [parseAddress(url), parseAddress(wanted)];
  return own.path === other.path && Object.keys(other.query).every((name) => name in own.query);
}

/** True where the log holds what the action sent, and what its link or form asks for is not among it: a script did something else. */
function isPrevented(step: Step, asked: Asked): boolean {
  const { exchanges } = step;
  return exchanges.length > 0 && !exchanges.some(({ method, url }) => method === asked.method && asks(url, asked.url));
}

/** The request that an action sent; undefined where it loaded no document. */
export function requestOf(step: Step, { origin, before, routeOf }: RequestSite): SentRequest | undefined {
  if (step.before.load === step.after.load || step.node === undefined) return undefined;
  const asked = askedBy(step.node, origin, before);
  if (!asked || /^[a-z]+:/i.test(asked.url) || isPrevented(step, asked)) return undefined;
  const address = parseAddress(asked.url);
  const route = routeOf(asked.url, asked.method);
  const args = { ...address.query, ...variables(route, address.path), ...asked.form, ...sentFields(step.exchanges, asked.method) };
  return { method: asked.method, url: asked.url, route, args };
}
