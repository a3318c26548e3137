import type { Expr, Value } from '@backlot/protocol';
import { toText } from '@backlot/world';
import type { Given, LearnedValue } from './given.ts';

/** More kinds of items than this are no parts of a record. */
const mostKinds = 8;

const textsOf = (value: Value): readonly string[] => (Array.isArray(value) ? (value as readonly Value[]).map(toText) : []);

/** The first word of an item, which says what kind of thing it tells. */
const kindOf = (item: string): string => item.trim().split(/\s/, 1)[0] as string;

/** Kinds of items in the one order in which all lists have them; null where lists have a kind twice or differ in order. */
function kindsIn(lists: readonly (readonly string[])[]): readonly string[] | null {
  const after = new Map<string, Set<string>>();
  for (const list of lists) {
    const kinds = list.map(kindOf);
    for (const [i, kind] of kinds.entries()) after.set(kind, new Set([...(after.get(kind) ?? []), ...kinds.slice(i + 1)]));
  }
  // A kind that a list has twice comes after itself.
  const isFree = (kind: string): boolean => [...(after.get(kind) ?? [])].every((later) => after.get(later)?.has(kind) !== true);
  if (after.size > mostKinds || ![...after.keys()].every(isFree)) return null;
  return [...after.keys()].sort((a, b) => (after.get(b)?.size ?? 0) - (after.get(a)?.size ?? 0));
}

/**
 * A list whose items each say one thing of a record, told apart by their first words (`SKU A-1`, `Color: Grey`): each kind of item is
 * learned by itself, blank where it is absent. Null where lists are not so or a kind cannot be learned.
 */
export function learnItems(given: readonly Given[], learn: (given: readonly Given[]) => LearnedValue | null): LearnedValue | null {
  const lists = given.map(({ value }) => textsOf(value));
  const kinds = kindsIn(lists);
  if (!kinds || kinds.length === 0) return null;
  const args: Expr[] = [];
  const misses = new Set<number>();
  for (const [i, kind] of kinds.entries()) {
    const learned = learn(given.map((one, g) => ({ ...one, value: lists[g]?.find((item) => kindOf(item) === kind) ?? '' })));
    if (!learned) return null;
    for (const miss of learned.misses) misses.add(miss);
    args.push(...(i > 0 ? [{ lit: '\n' }] : []), learned.expr);
  }
  return { expr: { fn: 'items', args: [{ fn: 'concat', args }, { lit: '\n' }] }, misses: [...misses].sort((a, b) => a - b) };
}
