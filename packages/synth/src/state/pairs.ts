import type { Value } from '@backlot/protocol';
import type { Instance } from '../template/pattern.ts';
import type { Binding } from './bindings.ts';
import { cellsOf, itemsOf, keyOf } from './bindings.ts';
import type { TableModel } from './tables.ts';

/** What is known of a record, by column. */
export type Row = Readonly<Record<string, Value>>;

/** What a table's pages showed of its records, by session and key, in the order of views. */
type Sightings = ReadonlyMap<string, readonly { readonly view: number; readonly row: Row }[]>;

const known = new WeakMap<TableModel, Sightings>();

function sightingsOf(table: TableModel): Sightings {
  const found = known.get(table) ?? gathered(table.bindings, table.key as string);
  known.set(table, found);
  return found;
}

function gathered(bindings: readonly Binding[], key: string): Sightings {
  const seen = new Map<string, { view: number; row: Row }[]>();
  for (const binding of bindings) {
    for (const view of binding.page.views) {
      for (const item of itemsOf(binding, view) ?? []) {
        const name = `${view.session} ${keyOf(binding, key, item)}`;
        const list = seen.get(name) ?? [];
        list.push({ view: view.index, row: cellsOf(binding, item) });
        seen.set(name, list);
      }
    }
  }
  for (const list of seen.values()) list.sort((a, b) => a.view - b.view);
  return seen;
}

/** What was last known of a record when a view showed it. */
function knownAt(sightings: Sightings, name: string, view: number): Row | undefined {
  let known: Row | undefined;
  for (const sighting of sightings.get(name) ?? []) {
    if (sighting.view > view && known) break;
    known = known ? { ...known, ...sighting.row } : sighting.row;
  }
  return known;
}

/** An item with what is known of its record. */
export interface Pair {
  readonly item: Instance;
  readonly row: Row;
  /** What the page right before showed of the record: nothing can have changed in between but by the step itself. */
  readonly fresh: Row;
}

/** What was shown of a record last before a view, or in it. */
function freshAt(sightings: Sightings, name: string, view: number): Row {
  const near = (sightings.get(name) ?? []).filter((sighting) => sighting.view <= view && sighting.view >= view - 1);
  return Object.assign({}, ...near.map(({ row }) => row)) as Row;
}

/** Items of a binding with what a table's other pages showed of their records. */
export function pairsOf(table: TableModel, binding: Binding, localKey: (item: Instance) => string): readonly Pair[] {
  const sightings = sightingsOf(table);
  return binding.page.views.flatMap((view) =>
    (itemsOf(binding, view) ?? []).flatMap((item): Pair[] => {
      const name = `${view.session} ${localKey(item)}`;
      const row = knownAt(sightings, name, view.index);
      return row ? [{ item, row, fresh: freshAt(sightings, name, view.index) }] : [];
    }),
  );
}
