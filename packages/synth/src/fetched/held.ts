import type { Value } from '@backlot/protocol';
import { itemsOf } from '../state/bindings.ts';
import type { ColumnModel } from '../state/columns.ts';
import { cellOf } from '../state/columns.ts';
import type { TableModel } from '../state/tables.ts';
import type { Instance } from '../template/pattern.ts';
import type { View } from '../views.ts';

const known = new WeakMap<TableModel, Map<View, ReadonlyMap<string, Instance>>>();

/** The record that scripts hold under a name when a view is shown, on the page of the view; undefined where there is none. */
function heldAt(table: TableModel, view: View, name: string): Instance | undefined {
  const views = known.get(table) ?? new Map<View, ReadonlyMap<string, Instance>>();
  known.set(table, views);
  const found = views.get(view) ?? readAt(table, view);
  views.set(view, found);
  return found.get(name);
}

function readAt(table: TableModel, view: View): ReadonlyMap<string, Instance> {
  const records = new Map<string, Instance>();
  for (const binding of table.bindings) {
    const key = binding.isFetched ? binding.columns.find(({ name }) => name === table.key) : undefined;
    for (const item of key ? (itemsOf(binding, view) ?? []) : []) records.set(String(cellOf(key as ColumnModel, item)), item);
  }
  return records;
}

/** What scripts hold of a record in a column when a view is shown; undefined where they hold no such record. */
export function heldCell(
  table: TableModel,
  column: ColumnModel,
  { view, name }: { readonly view: View; readonly name: string },
): Value | undefined {
  const item = name === '' ? undefined : heldAt(table, view, name);
  if (!item) return undefined;
  const binding = table.bindings.find(({ isFetched, page }) => isFetched === true && page.instanceOf.has(view));
  const own = binding?.columns.find((other) => other.name === column.name);
  return own && cellOf(own, item);
}

/** The columns that scripts hold. */
export function heldColumns({ bindings, columns }: TableModel): readonly ColumnModel[] {
  const held = new Set(bindings.filter(({ isFetched }) => isFetched).flatMap((binding) => binding.columns.map(({ name }) => name)));
  return columns.filter(({ name }) => held.has(name));
}
