import type { Instance, ListPattern } from '../template/pattern.ts';
import { contentSignature } from '../template/lists.ts';
import { isMove } from './moves.ts';
import type { SessionViews, View } from '../views.ts';
import { textOf } from '@backlot/world';

/** For every item that a session showed, the record it is: the same number means the same record. */
export type Lineage = ReadonlyMap<Instance, number>;

interface Known {
  readonly record: number;
  readonly item: Instance;
}

const nodeKey = (item: Instance): string => `${item.view.load}:${item.node.id ?? `?${item.id}`}`;

/** Items on the way to their records. */
interface Pairing {
  readonly items: readonly Instance[];
  readonly found: Map<Instance, number>;
}

function pair(known: Known[], { items, found }: Pairing, keyOf: (item: Instance) => string): void {
  const free = new Map<string, Known[]>();
  for (const entry of known) {
    const list = free.get(keyOf(entry.item));
    if (list) list.push(entry);
    else free.set(keyOf(entry.item), [entry]);
  }
  for (const item of items) {
    if (found.has(item)) continue;
    const entry = free.get(keyOf(item))?.shift();
    if (!entry) continue;
    found.set(item, entry.record);
    known.splice(known.indexOf(entry), 1);
  }
}

/**
 * Pairs every item with a record that showed the same before: pages that use their nodes again for other records show texts that are
 * known. Null where an item shows something new.
 */
function pairAlike(
  groups: readonly (readonly Known[])[],
  items: readonly Instance[],
  textOfItem: (item: Instance) => string,
): ReadonlyMap<Instance, number> | null {
  const found = new Map<Instance, number>();
  const inPlace = (item: Instance): string => `${nodeKey(item)} ${textOfItem(item)}`;
  for (const group of groups) {
    const free = [...group];
    for (const keyOf of [inPlace, textOfItem]) pair(free, { items, found }, keyOf);
  }
  return found.size === items.length ? found : null;
}

/** An item without a partner that stands between the same neighbours as a record without one is that record, changed. */
function pairInPlace(known: Known[], { items, found }: Pairing): void {
  const newcomers = items.filter((item) => !found.has(item));
  if (newcomers.length !== 1 || known.length !== 1) return;
  const [item, entry] = [newcomers[0] as Instance, known[0] as Known];
  if (item.index === entry.item.index) found.set(item, entry.record);
}

/** True for a page that a mere move led to: it shows other records, not the same ones changed. */
const isMoved = ({ session }: SessionViews, { step, moment }: View): boolean => moment === 'after' && isMove(session, step);

/** How a list is read. */
export interface ListReader {
  /** The page occurrence that a view is. */
  readonly outerOf: (view: View) => Instance | undefined;
  /** What of an item's text is data, without the page's own words. */
  readonly dataOf: (item: Instance) => string;
}

/**
 * Follows records through a session: by the recorder's node ids within one page life, then by what they show, then by place.
 * A record that is out of sight keeps its number and is found again by what it showed last.
 */
export function followRecords(session: SessionViews, list: ListPattern, { outerOf, dataOf }: ListReader): Lineage {
  const shownText = (item: Instance): string => dataOf(item) || textOf(item.node).trim() || contentSignature(item.node);
  const lineage = new Map<Instance, number>();
  const last = new Map<number, Instance>();
  let next = 0;
  const seen = new Set<View>();
  let visible: readonly number[] = [];
  for (const view of session.after.flatMap((after, i) => [session.before[i] as View, after])) {
    const outer = outerOf(view);
    if (!outer || seen.has(view)) continue;
    seen.add(view);
    const items = list.items.get(outer) ?? [];
    const found = new Map<Instance, number>();
    const inSight = new Set(visible);
    const entries = [...last].map(([record, item]): Known => ({ record, item }));
    const near = entries.filter((entry) => inSight.has(entry.record));
    const far = entries.filter((entry) => !inSight.has(entry.record));
    const alike = pairAlike([near, far], items, shownText);
    for (const [item, record] of alike ?? []) found.set(item, record);
    const pairing: Pairing = { items, found };
    for (const group of alike ? [] : [near, far]) for (const keyOf of [nodeKey, shownText]) pair(group, pairing, keyOf);
    if (!alike && !isMoved(session, view)) pairInPlace(near, pairing);
    for (const item of items) {
      const record = found.get(item) ?? next++;
      lineage.set(item, record);
      last.set(record, item);
    }
    visible = items.map((item) => lineage.get(item) as number);
  }
  return lineage;
}
