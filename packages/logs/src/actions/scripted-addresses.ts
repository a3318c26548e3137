import { resolve, withoutHash } from './address-history.ts';
import type { AddressChange } from './draft.ts';
import type { Reading } from './reading.ts';

/**
 * Adds the addresses that scripts set without a page load. The recorder does not see them; later requests do, in the
 * address that they say they come from. The change is put down to the last action before the first such request.
 */
export function followScripts(reading: Reading): readonly AddressChange[] {
  const changes = [...reading.addresses];
  for (const { referrer, exchange, isDocument, isStatic } of reading.evidence.entries) {
    // What a style sheet asks for comes from the style sheet.
    if (isStatic || referrer === undefined || resolve(referrer, reading.evidence.baseURL) !== referrer) continue;
    const draft = reading.drafts.findLast(({ at }) => (isDocument ? at < exchange.at - 1000 : at <= exchange.at));
    if (draft === undefined) continue;
    const load = loadAt(reading, exchange.at);
    if (draft.load !== load) continue;
    const known = changes.findLast(({ signal }) => signal <= draft.last);
    if (known === undefined || withoutHash(known.href) === withoutHash(referrer)) continue;
    if (!sameOrigin(known.href, referrer)) continue;
    insert(changes, { signal: draft.last, href: referrer });
  }
  return changes;
}

function loadAt(reading: Reading, at: number): number {
  const last = reading.signals.findLast((signal) => signal.at <= at);
  if (last === undefined) return -1;
  return last.kind === 'load' ? last.load + 1 : last.load;
}

function sameOrigin(a: string, b: string): boolean {
  return URL.canParse(a) && URL.canParse(b) && new URL(a).origin === new URL(b).origin;
}

function insert(changes: AddressChange[], change: AddressChange): void {
  const after = changes.findLastIndex(({ signal }) => signal <= change.signal);
  changes.splice(after + 1, 0, change);
}
