import type { DomElement } from '@backlot/protocol';
import { withoutHash } from '@backlot/world';
import type { HarEntry } from '../har/entry.ts';
import { relativeUrl } from '../har/entry.ts';
import type { Signal } from '../rrweb/timeline.ts';
import { resolve } from './address-history.ts';
import type { Draft } from './draft.ts';
import { isLink, isSubmitter, isTextField } from './elements.ts';
import { nearest, placeOf } from './places.ts';
import { CLOCK_MS, REACTION_MS } from './reading.ts';
import type { Reading } from './reading.ts';

/** A request follows its cause within this many milliseconds. */
const CAUSE_MS = 400;
/** The same where only the arrival of the page is known. */
const SLOW_MS = 2500;
/** A page that moves on by itself does so soon. */
const REDIRECT_MS = 100;

/** A page is loaded: because of the last action, or by the keyboard or the browser's own buttons. */
export function onLoad(reading: Reading, index: number): void {
  const signal = reading.signal(index);
  const request = documentRequest(reading, signal);
  if (signal.payload['same'] === true && request === null && !isCausedByLast(reading, signal, request)) return;
  const { history } = reading;
  const href = resolve(signal.text, reading.evidence.baseURL) ?? signal.text;
  const arrival: Arrival = { href, request, index };
  if (isCausedByLast(reading, signal, request)) history.load(href);
  else if (isSubmittedByEnter(reading, signal, arrival)) Object.assign(enter(reading, arrival), when(arrival, signal));
  else if (!isRedirect(reading, signal)) Object.assign(travel(reading, arrival), when(arrival, signal));
  else history.replace(href);
  reading.move(index, href);
  reading.pressed = null;
  reading.focus = undefined;
}

/** A page that came, and the request that brought it. */
interface Arrival {
  readonly href: string;
  readonly request: HarEntry | null;
  /** The signal of its load. */
  readonly index: number;
}

/** The first signal since shortly before a page was asked for: what scripts change on the way out is the action's doing already. */
function leftAt(reading: Reading, { request, index }: Arrival, slack: number): number {
  if (request === null) return index;
  const since = request.exchange.at - slack;
  let begin = index;
  while (begin > 0 && isLeaving(reading, begin - 1, since)) begin--;
  return begin;
}

function isLeaving(reading: Reading, index: number, since: number): boolean {
  const { kind, at } = reading.signal(index);
  return kind === 'mutation' && at >= since && index > (reading.drafts.at(-1)?.last ?? -1);
}

const when = ({ request, index }: Arrival, { at }: Signal): Pick<Draft, 'last' | 'at'> => ({ last: index, at: request?.exchange.at ?? at });

function enter(reading: Reading, arrival: Arrival): Draft {
  const element = reading.drafts.at(-1)?.element ?? null;
  reading.history.load(arrival.href);
  return reading.add({ kind: 'press', begin: leftAt(reading, arrival, REACTION_MS), element, value: 'Enter' });
}

function travel(reading: Reading, arrival: Arrival): Draft {
  const { history, evidence } = reading;
  const { href, request } = arrival;
  const begin = leftAt(reading, arrival, CLOCK_MS);
  const isFirst = history.current === '';
  if (!isFirst && request?.isTyped !== true) {
    if (href === history.previous) {
      history.back();
      return reading.add({ kind: 'back', begin });
    }
    if (href === history.next) {
      history.forward();
      return reading.add({ kind: 'forward', begin });
    }
  }
  // A page that is loaded again at the same address, be it at another fragment, is loaded anew.
  if (!isFirst && withoutHash(href) === withoutHash(history.current)) {
    history.replace(href);
    return reading.add({ kind: 'reload', begin });
  }
  history.load(href);
  return reading.add({
    kind: 'goto',
    begin,
    value: asked(relativeUrl(isMovedOn(request) ? request.exchange.url : href, evidence.baseURL)),
  });
}

/** True where the address that was gone to answered with another one. */
const isMovedOn = (request: HarEntry | null): request is HarEntry => request !== null && isRedirectStatus(request.exchange.status);

/** The address without a fragment that says nothing: such a one is set by a script that routes by fragments, whatever was asked for. */
function asked(href: string): string {
  return href.replace(/#[^\p{L}\p{N}]*$/u, '');
}

/** The request that brought the page: the first of its redirects. Null where the log has none. */
function documentRequest(reading: Reading, load: Signal): HarEntry | null {
  const { entries, baseURL } = reading.evidence;
  const previousAt = reading.signals.findLast(({ kind, at }) => kind === 'load' && at < load.at)?.at ?? Number.NEGATIVE_INFINITY;
  const url = withoutHash(relativeUrl(load.text, baseURL));
  const documents = entries.filter(({ isDocument, exchange: { at } }) => isDocument && at <= load.at && at > previousAt - REACTION_MS);
  let found = documents.findLastIndex(({ exchange }) => withoutHash(exchange.url) === url);
  if (found < 0) return null;
  while (found > 0 && isRedirectOf(documents[found - 1], documents[found])) found -= 1;
  return documents[found] ?? null;
}

function isRedirectOf(earlier: HarEntry | undefined, later: HarEntry | undefined): boolean {
  if (earlier === undefined || later === undefined) return false;
  return isRedirectStatus(earlier.exchange.status);
}

const isRedirectStatus = (status: number): boolean => status >= 300 && status < 400;

function isCausedByLast(reading: Reading, load: Signal, request: HarEntry | null): boolean {
  const last = reading.lastIn(load);
  if (last === undefined || /^(fill|goto|back|forward|reload)$/.test(last.kind)) return false;
  const lastAt = reading.signal(last.last).at;
  if (request === null) return load.at - lastAt <= (leadsOn(last) ? 4 * SLOW_MS : SLOW_MS);
  if (isFromOutside(reading, request, last)) return false;
  const requestAt = request.exchange.at;
  const answered = reading.evidence.entries
    .filter(({ exchange: { at } }) => at >= last.at && at < requestAt)
    .map(({ exchange: { at, ms } }) => at + ms)
    .filter((end) => end <= requestAt + REACTION_MS);
  return requestAt - Math.max(lastAt, ...answered) <= CAUSE_MS;
}

/** True where the request does not say from which page it comes, though others do: the page did not ask for it. */
function isFromOutside(reading: Reading, request: HarEntry, { element }: Draft): boolean {
  if (request.referrer !== undefined || /noreferrer/.test(element?.attrs['rel'] ?? '')) return false;
  return reading.evidence.entries.some(({ referrer }) => referrer !== undefined);
}

/** True for links and buttons of forms, which lead to another page by themselves. */
function leadsOn({ element }: Draft): boolean {
  return element !== null && (isSubmitter(element) || (isLink(element) && !/^(#|javascript:)/i.test(element.attrs['href'] ?? '')));
}

/** True where the last thing the user did was to fill a field of a form, and the page may be the form's answer. */
function isSubmittedByEnter(reading: Reading, load: Signal, { href, request }: Arrival): boolean {
  const last = reading.lastIn(load);
  if (reading.hasKeys || last === undefined || last.kind !== 'fill' || last.element === null || !isTextField(last.element)) return false;
  return (request === null || !isFromOutside(reading, request, last)) && mayAnswer(reading, load, { href, last, element: last.element });
}

/** True where the page may be what Enter in the field leads to. */
function mayAnswer(
  reading: Reading,
  load: Signal,
  { href, last, element }: { readonly href: string; readonly last: Draft; readonly element: DomElement },
): boolean {
  const form = nearest(placeOf(load.root, element.id ?? 0), ({ tag }) => tag === 'form');
  if (form === null || element.tag === 'textarea') return href !== reading.history.previous && element.tag !== 'textarea';
  if (href !== reading.history.previous) return true;
  return (form.element.attrs['method'] ?? 'get').toLowerCase() === 'post' || hasField(href, last);
}

function hasField(href: string, { element, value }: Draft): boolean {
  const name = element?.attrs['name'];
  return name !== undefined && URL.canParse(href) && new URL(href).searchParams.get(name) === value;
}

/** A page that nobody acted on and that is left at once moved on by itself. */
function isRedirect(reading: Reading, load: Signal): boolean {
  const previous = reading.signals.findLast(({ kind, at, event }) => kind === 'load' && at <= load.at && event < load.event);
  return previous !== undefined && reading.lastIn(load) === undefined && load.at - previous.at <= REDIRECT_MS;
}
