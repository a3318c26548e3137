import { withoutHash } from '@backlot/world';
import type { HarEntry } from '../har/entry.ts';
import { resolve } from './address-history.ts';
import type { AddressChange, Draft } from './draft.ts';
import type { Reading } from './reading.ts';

/** A request follows its cause within this many milliseconds. */
const CAUSE_MS = 400;
/** Parameters that a script adds to an address when it asks for data. */
const MAX_EXTRA = 2;

/**
 * Adds the addresses that scripts set without a page load. The recorder does not see them; later requests do, in the
 * address that they say they come from. The change is put down to the action that asked for that address itself, else to
 * the last one before the request's own cause.
 */
export function followScripts(reading: Reading): readonly AddressChange[] {
  const changes = [...reading.addresses];
  for (const entry of reading.evidence.entries) {
    const { referrer, exchange, isStatic } = entry;
    // What a style sheet asks for comes from the style sheet.
    if (isStatic || referrer === undefined || resolve(referrer, reading.evidence.baseURL) !== referrer) continue;
    const now = reading.signals.findLastIndex(({ at }) => at <= exchange.at);
    if (now < 0 || isLeaving(reading, now, exchange.at)) continue;
    const known = changes.findLast(({ signal }) => signal <= now);
    if (known === undefined || withoutHash(known.href) === withoutHash(referrer) || !sameOrigin(known.href, referrer)) continue;
    const drafts = draftsUntil(reading, now);
    const since = drafts.filter(({ last }) => last >= known.signal);
    const cause = askedFor(reading, since, { referrer, at: exchange.at }) ?? beforeCause(reading, since, entry);
    if (cause !== undefined) insert(changes, { signal: cause.last, href: referrer });
  }
  return changes;
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

/** The last action before the one that set off the request; that one itself where it is the only one. */
function beforeCause(reading: Reading, drafts: readonly Draft[], { exchange: { at } }: HarEntry): Draft | undefined {
  const last = drafts.at(-1);
  if (last === undefined || drafts.length === 1) return last;
  return at - reading.signal(last.last).at <= CAUSE_MS ? drafts.at(-2) : last;
}

function sameOrigin(a: string, b: string): boolean {
  return URL.canParse(a) && URL.canParse(b) && new URL(a).origin === new URL(b).origin;
}

function insert(changes: AddressChange[], change: AddressChange): void {
  const after = changes.findLastIndex(({ signal }) => signal <= change.signal);
  changes.splice(after + 1, 0, change);
}
