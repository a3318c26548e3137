import type { Row } from '@backlot/protocol';
import type { SessionViews, View } from '../views.ts';
import { sightingsIn, viewsInOrder } from './sightings.ts';
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

interface Openings {
  readonly lists: ReadonlyMap<string, ReadonlySet<number>>;
  readonly opened: number;
  /** How many of them came after the page was loaded. */
  readonly later: number;
  readonly turned: number;
}

function openingsOf(binding: Binding): Openings {
  const lists = new Map<string, Set<number>>();
  const last = new Map<string, string>();
  let [opened, later, turned] = [0, 0, 0];
  for (const view of binding.page.views) {
    const now = openedAt(binding, view);
    const load = `${view.session} ${view.load}`;
    const before = last.get(load);
    last.set(load, now);
    if (now === '') continue;
    lists.set(now, (lists.get(now) ?? new Set<number>()).add(view.session));
    if (before === undefined || before === '') opened++;
    else if (before !== now) turned++;
    if (before === '') later++;
  }
  return { lists, opened, later, turned };
}

/** True for a place where scripts open one of a few lists: the choices of a drawn list box, a menu, what can be had once it is known for whom. */
export function isOpened(binding: Binding): boolean {
  if (wholeColumn(binding.columns).of?.length === 0) return false;
  const { lists, opened, later, turned } = openingsOf(binding);
  const known = [...lists.values()].filter((sessions) => sessions.size > 1).length;
  const recurs = known * 2 >= lists.size && opened >= openings * lists.size;
  return lists.size > 0 && lists.size <= mostLists && recurs && later * 2 >= opened && turned <= turns * opened;
}

/** All that such a place ever shows, as one table; it is the same for every account. */
export function openedTable(binding: Binding): TableModel {
  const columns = [...binding.columns, wholeColumn(binding.columns)];
  return { name: '', columns, key: 'key', bindings: [{ ...binding, columns }], recalled: true, opened: true };
}

/** The table as it stands behind the views of a session: what a page showed of it stays so until the next is loaded. */
export function openedRows(table: TableModel, base: readonly Row[]): (session: SessionViews) => Tracked {
  return (session) => {
    const rows = new Map<View, readonly Row[]>();
    let [now, load] = [base, -1];
    for (const view of viewsInOrder(session)) {
      if (view.load !== load) now = base;
      load = view.load;
      const seen = new Map(sightingsIn(table, view).map(({ id, cells }) => [id, cells]));
      if (seen.size > 0) now = now.map((row) => (seen.has(row.id) ? { ...row, ...seen.get(row.id) } : row));
      rows.set(view, now);
    }
    return { rows, whole: new Set() };
  };
}
