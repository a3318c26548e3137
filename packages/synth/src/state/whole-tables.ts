import type { View } from '../views.ts';
import type { Binding } from './bindings.ts';
import { itemsOf } from './bindings.ts';
import type { ColumnModel } from './columns.ts';
import { shownCell } from './columns.ts';

/** Names that a view shows by one of a binding's columns, sorted; undefined where it shows no item. */
function namesIn(binding: Binding, column: ColumnModel, view: View): string | undefined {
  const items = itemsOf(binding, view) ?? [];
  if (items.length === 0) return undefined;
  return items
    .map((item) => String(shownCell(column, item) ?? ''))
    .sort()
    .join('\n');
}

/** All that a table's lists showed of its records' names, by session, in the order of views. */
export type WholeSightings = ReadonlyMap<number, readonly { readonly view: number; readonly names: string }[]>;

export function wholeSightings(bindings: readonly Binding[], key: string): WholeSightings {
  const seen = new Map<number, { view: number; names: string }[]>();
  for (const binding of bindings) {
    const column = binding.columns.find(({ name }) => name === key);
    for (const view of column ? binding.page.views : []) {
      const names = namesIn(binding, column as ColumnModel, view);
      if (names !== undefined) seen.set(view.session, [...(seen.get(view.session) ?? []), { view: view.index, names }]);
    }
  }
  for (const list of seen.values()) list.sort((a, b) => a.view - b.view);
  return seen;
}

/** Share of the pages on which a list must show just the records that another showed last. */
const enough = 0.6;
const fewestSessions = 3;

/** True where a list shows, all of them and no others, the records that a table's lists showed last. */
export function showsWhole(binding: Binding, column: ColumnModel, seen: WholeSightings): boolean {
  let [same, all] = [0, 0];
  const sessions = new Set<number>();
  for (const view of binding.page.views) {
    const names = namesIn(binding, column, view);
    const last = (seen.get(view.session) ?? []).findLast((sighting) => sighting.view < view.index);
    if (names === undefined || !last) continue;
    all++;
    if (last.names !== names) continue;
    same++;
    sessions.add(view.session);
  }
  return sessions.size >= fewestSessions && same >= enough * all;
}
