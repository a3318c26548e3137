import type { Value } from '@backlot/protocol';
import type { Instance } from '../template/pattern.ts';
import type { SessionViews, View } from '../views.ts';
import { cellsOf, itemsOf, keyOf } from './bindings.ts';
import type { Binding } from './bindings.ts';
import type { TableModel } from './tables.ts';

/** Row id of a named record. */
export function namedId(table: TableModel, name: string): string {
  return `${table.name}k${name.replaceAll(':', '.')}`;
}

/** Views of a session in the order in which they came, each once. */
export function viewsInOrder(session: SessionViews): readonly View[] {
  return [...new Set(session.after.flatMap((after, i) => [session.before[i] as View, after]))];
}

/** A record as a page showed it. */
export interface Sighting {
  readonly binding: Binding;
  readonly item: Instance;
  readonly id: string;
  readonly cells: Readonly<Record<string, Value>>;
}

/** All records of a table that a view shows, binding by binding. */
export function sightingsIn(table: TableModel, view: View): readonly Sighting[] {
  return table.bindings.flatMap((binding) =>
    (itemsOf(binding, view) ?? []).flatMap((item): Sighting[] => {
      const name = keyOf(binding, table.key ?? '', item);
      const key = binding.by ? { [table.key as string]: name } : {};
      return name === '' ? [] : [{ binding, item, id: namedId(table, name), cells: { ...cellsOf(binding, item), ...key } }];
    }),
  );
}
