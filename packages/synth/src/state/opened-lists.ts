import type { Row } from '@backlot/protocol';
import type { View } from '../views.ts';
import type { SessionViews } from '../views.ts';
import { baseRows } from './base-rows.ts';
import { itemsOf } from './bindings.ts';
import type { Binding } from './bindings.ts';
import { cellOf } from './columns.ts';
import { wholeColumn } from './still-lists.ts';
import type { TableModel } from './tables.ts';
import type { Tracked } from './track.ts';

/** More different lists than this are no choices that a page offers. */
const mostLists = 24;
/** How often, on average, a list must be opened. */
const openings = 1.5;
/** Share of openings after which a list may turn into another under the user's eyes. */
const turns = 0.1;

/** What a place shows at a view, spelled; empty where it shows nothing. */
export function openedAt(binding: Binding, view: View): string {
  const key = binding.columns.find(({ of }) => of !== undefined) ?? wholeColumn(binding.columns);
  return (itemsOf(binding, view) ?? []).map((item) => String(cellOf(key, item))).join('\n');
}

/** True for a place where scripts open one of a few lists and close it again: choices of a drawn list box, a menu. */
export function isOpened(binding: Binding): boolean {
  const lists = new Set<string>();
  const last = new Map<string, string>();
  let [opened, closed, turned] = [0, 0, 0];
  for (const view of binding.page.views) {
    const now = openedAt(binding, view);
    const load = `${view.session} ${view.load}`;
    const before = last.get(load) ?? '';
    last.set(load, now);
    if (now !== '') lists.add(now);
    if (before === '' && now !== '') opened++;
    else if (before !== '' && now === '') closed++;
    else if (before !== now) turned++;
  }
  const isRepeated = opened >= openings * lists.size && closed > 0 && turned <= turns * opened;
  return lists.size > 0 && lists.size <= mostLists && isRepeated;
}

/** All that such a place ever shows, as one table; it is the same for every account and never changes. */
export function openedTable(binding: Binding): TableModel {
  const columns = [...binding.columns, wholeColumn(binding.columns)];
  return { name: '', columns, key: 'key', bindings: [{ ...binding, columns }], recalled: true, opened: true };
}

/** The table as it stands behind every view of a session. */
export function openedRows(table: TableModel, sessions: readonly SessionViews[]): (session: SessionViews) => Tracked {
  const rows: readonly Row[] = baseRows(table, sessions);
  return ({ before, after }) => ({ rows: new Map([...before, ...after].map((view) => [view, rows])), whole: new Set() });
}
