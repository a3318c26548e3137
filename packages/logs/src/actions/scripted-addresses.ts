import { withoutHash } from '@backlot/world';
import type { HarEntry } from '../har/entry.ts';
import { closedAt, closedBy, movedBy, saidBy, withSearch } from './address-causes.ts';
import { resolve } from './address-history.ts';
import type { AddressChange, Draft, Evidence } from './draft.ts';
import { IDLE_MS, REACTION_MS, type Reading } from './reading.ts';

/** A request follows its cause within this many milliseconds. */
const CAUSE_MS = 400;
/** Parameters that a script adds to an address when it asks for data. */
const MAX_EXTRA = 2;

/**
 * Adds the addresses that scripts set without a page load. The recorder does not see them; later requests do, in the
 * address that they say they come from. The change is put down to the action that leads there or says so, else to the one that asked
 * for that address itself, else to the last one before the request's own cause.
 */
export function followScripts(reading: Reading): readonly AddressChange[] {
  const changes = [...reading.addresses];
  for (const entry of reading.evidence.entries) {
    const sent = sentFrom(reading, entry);
    const known = sent && changes.findLast(({ signal }) => signal <= sent.now);
    if (!known || !sameOrigin(known.href, sent.from)) continue;
    if (withoutHash(known.href) === withoutHash(sent.from)) changes.splice(changes.indexOf(known), 1, certain(known));
    // What was taken for the link's doing was none of it.
    else if (isStillAt(changes, known, sent.from)) changes.splice(changes.indexOf(known), 1);
    else for (const change of changesTo({ reading, changes }, known, sent)) insert(changes, change);
  }
  return changes;
}

/** A change that a request told. */
const certain = ({ signal, href }: AddressChange): AddressChange => ({ signal, href });

/** A request of the page, the last signal before it, and the address that it says it comes from. */
interface Sent {
  readonly entry: HarEntry;
  readonly now: number;
  readonly from: string;
}

function sentFrom(reading: Reading, entry: HarEntry): Sent | null {
  const { referrer, exchange, isStatic } = entry;
  if (referrer === undefined || resolve(referrer, reading.evidence.baseURL) !== referrer) return null;
  if (isStatic && isAsset(reading.evidence, referrer)) return null;
  const now = reading.signals.findLastIndex(({ at }) => at <= exchange.at);
  return now < 0 || isLeaving(reading, now, exchange.at) ? null : { entry, now, from: referrer };
}

const assets = new WeakMap<Evidence, ReadonlySet<string>>();

/** The addresses of files that pages ask for by themselves. */
function assetsIn(evidence: Evidence): ReadonlySet<string> {
  const { entries, baseURL } = evidence;
  const known = assets.get(evidence);
  const found =
    known ?? new Set(entries.filter(({ isStatic }) => isStatic).flatMap(({ exchange: { url } }) => resolve(url, baseURL) ?? []));
  assets.set(evidence, found);
  return found;
}

/** True for the address of a style sheet or script, which may ask for files of its own. */
function isAsset(evidence: Evidence, href: string): boolean {
  return /\.(css|m?js)$/.test(new URL(href).pathname) || assetsIn(evidence).has(href);
}

/** How the page came from a known address to that of a request. */
function changesTo(
  { reading, changes }: { readonly reading: Reading; readonly changes: readonly AddressChange[] },
  known: AddressChange,
  sent: Sent,
): readonly AddressChange[] {
  const { now, from } = sent;
  const since = draftsUntil(reading, now).filter(({ last }) => last >= known.signal);
  const back = changes.slice(0, changes.indexOf(known)).findLast(({ href }) => isAtPath(href, from));
  const closed = back && closedBy(reading, since, known.signal);
  const gone = closed && closedAt(reading, closed, known.signal);
  const travelled = back && travelledAt(reading, sent, { drafts: since, gone });
  if (travelled !== undefined) return [{ signal: reading.addBetween({ kind: 'back', begin: travelled }).last, href: from }];
  if (!back || !closed) return caused(reading, known, { ...sent, since });
  const returned = { signal: closed.last, href: back.href };
  const later = since.filter(({ begin }) => begin > closed.last);
  const isBack = withoutHash(back.href) === withoutHash(from) || later.length === 0;
  return isBack ? [{ signal: closed.last, href: from }] : [returned, ...caused(reading, returned, { ...sent, since: later })];
}

/**
 * The signal at which the page went back to where it was though nobody was seen to act: the browser's own button leaves no event. What
 * lay over the page went then, or files that the page asks for as it changes were asked for.
 */
function travelledAt(
  reading: Reading,
  { now, entry: { isStatic, exchange } }: Sent,
  { drafts, gone }: { readonly drafts: readonly Draft[]; readonly gone: number | undefined },
): number | undefined {
  const asked = reading.signals.findIndex(({ kind, at }) => kind === 'mutation' && at >= exchange.at - REACTION_MS);
  const left = gone ?? (isStatic && asked >= 0 && asked <= now + 1 ? asked : undefined);
  return left !== undefined && isUnprompted(reading, drafts, left) ? left : undefined;
}

/** True where nothing was done nor answered just before a signal. */
function isUnprompted(reading: Reading, drafts: readonly Draft[], index: number): boolean {
  const since = reading.signal(index).at - IDLE_MS;
  const last = drafts.findLast(({ last: end }) => end < index);
  const { entries } = reading.evidence;
  return (
    last !== undefined &&
    reading.signal(last.last).at < since &&
    !entries.some(({ isStatic, exchange: { at, ms } }) => !isStatic && at >= last.at && at < since + IDLE_MS && at + ms >= since)
  );
}

/** True for the address of what another address opens something over: `/tasks` of `/tasks/7`. */
function isAbove(href: string, other: string): boolean {
  const [above, below] = [new URL(href).pathname, new URL(other).pathname];
  return above !== below && below.startsWith(above.endsWith('/') ? above : `${above}/`);
}

const isAtPath = (href: string, other: string): boolean => new URL(href).pathname === new URL(other).pathname;

/** The same, where nothing that was opened was closed again. */
function caused(
  reading: Reading,
  known: AddressChange,
  { entry, from, since }: Sent & { readonly since: readonly Draft[] },
): readonly AddressChange[] {
  const trip = { from: known.href, to: from };
  const moved = movedBy(since, trip);
  const said = saidBy(since, trip);
  const cause = moved ?? said ?? askedFor(reading, since, { referrer: from, at: entry.exchange.at }) ?? beforeCause(reading, since, entry);
  if (cause === undefined) return [];
  const before = moved && said && said.last < moved.last ? [{ signal: said.last, href: withSearch(known.href, from) }] : [];
  return [...before, { signal: cause.last, href: from }];
}

/**
 * Adds what no request tells: what was opened over the page at an address of its own, and closed again, leads back to the address above.
 * A request that still comes from there says otherwise.
 */
export function withReturns(reading: Reading, changes: readonly AddressChange[]): readonly AddressChange[] {
  const all: AddressChange[] = [];
  for (const [i, change] of changes.entries()) {
    const before = all.findLast(({ href }) => isAbove(href, change.href));
    all.push(change);
    const next = changes[i + 1]?.signal ?? Number.POSITIVE_INFINITY;
    const { load } = reading.signal(change.signal);
    if (!before || reading.signal(before.signal).load > load) continue;
    const since = reading.drafts.filter((draft) => draft.load === load && draft.last >= change.signal);
    const closed = closedBy(reading, since, change.signal);
    if (!closed || closed.last >= next) continue;
    // What closing set off was asked for before the address changed.
    const again = since.find(({ begin }) => begin > closed.last)?.begin ?? Number.POSITIVE_INFINITY;
    if (isAskedFrom(reading, change.href, [again, next])) continue;
    all.push({ signal: closed.last, href: before.href, isGuess: true });
  }
  return all;
}

/** True where a request between two signals comes from an address. */
function isAskedFrom(reading: Reading, href: string, [after, before]: readonly [number, number]): boolean {
  return reading.evidence.entries.some((entry) => {
    const sent = sentFrom(reading, entry);
    return sent !== null && sent.now >= after && sent.now < before && withoutHash(sent.from) === withoutHash(href);
  });
}

/** True where a request comes from the address before the one that a link was taken to lead to. */
function isStillAt(changes: readonly AddressChange[], known: AddressChange, referrer: string): boolean {
  const before = changes[changes.indexOf(known) - 1];
  return known.isGuess === true && before !== undefined && withoutHash(before.href) === withoutHash(referrer);
}

/** True where the next page was asked for already: requests may be its own, though the log does not show it yet. */
function isLeaving(reading: Reading, now: number, at: number): boolean {
  const loadedAt = reading.signals.findLast(({ kind }, index) => index <= now && kind === 'load')?.at ?? Number.NEGATIVE_INFINITY;
  return reading.evidence.entries.some(({ isDocument, exchange }) => isDocument && exchange.at > loadedAt && exchange.at < at);
}

/** The actions up to a signal that belong to its page load. */
function draftsUntil(reading: Reading, now: number): readonly Draft[] {
  const { kind, load } = reading.signal(now);
  const shown = kind === 'load' ? load + 1 : load;
  return reading.drafts.filter((draft) => draft.load === shown && draft.begin <= now);
}

/** The action whose own request was for the address, some parameters more allowed. */
function askedFor(reading: Reading, drafts: readonly Draft[], { referrer, at }: { referrer: string; at: number }): Draft | undefined {
  let best: { readonly extra: number; readonly at: number } | undefined;
  for (const { exchange, isDocument, isStatic } of reading.evidence.entries) {
    if (isDocument || isStatic || exchange.at >= at) continue;
    const extra = extraParameters(resolve(exchange.url, reading.evidence.baseURL), referrer);
    if (extra <= Math.min(MAX_EXTRA, best?.extra ?? MAX_EXTRA)) best = { extra, at: exchange.at };
  }
  return best === undefined ? undefined : drafts.findLast((draft) => draft.at <= (best?.at ?? 0));
}

/** How many parameters more the first address has; infinitely many where it is another one. */
function extraParameters(url: string | null, wanted: string): number {
  if (url === null) return Number.POSITIVE_INFINITY;
  const [a, b] = [new URL(url), new URL(wanted)];
  if (a.origin !== b.origin || a.pathname !== b.pathname) return Number.POSITIVE_INFINITY;
  for (const [name, value] of b.searchParams) if (a.searchParams.get(name) !== value) return Number.POSITIVE_INFINITY;
  return a.searchParams.size - b.searchParams.size;
}

/** The last action before the one that set off the request; that one itself where it is the only one, or for files that a changed page asks for. */
function beforeCause(reading: Reading, drafts: readonly Draft[], { isStatic, exchange: { at } }: HarEntry): Draft | undefined {
  const last = drafts.at(-1);
  if (last === undefined || drafts.length === 1 || isStatic) return last;
  return at - reading.signal(last.last).at <= CAUSE_MS ? drafts.at(-2) : last;
}

function sameOrigin(a: string, b: string): boolean {
  return URL.canParse(a) && URL.canParse(b) && new URL(a).origin === new URL(b).origin;
}

function insert(changes: AddressChange[], change: AddressChange): void {
  const after = changes.findLastIndex(({ signal }) => signal <= change.signal);
  changes.splice(after + 1, 0, change);
}
