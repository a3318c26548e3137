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

/** Names that a group's lists showed, load by load: what each showed last there. */
function lastOfLoads(bindings: readonly Binding[], columns: readonly ColumnModel[]): readonly (readonly ReadonlySet<string>[])[] {
  const seen = new Map<number, Map<number, { view: number; names: ReadonlySet<string> }>>();
  for (const [i, binding] of bindings.entries()) {
    for (const view of binding.page.views) {
      const items = itemsOf(binding, view) ?? [];
      if (items.length === 0) continue;
      const loads = seen.get(view.session) ?? new Map<number, { view: number; names: ReadonlySet<string> }>();
      seen.set(view.session, loads);
      const known = loads.get(view.load);
      const names = new Set(items.map((item) => String(shownCell(columns[i] as ColumnModel, item) ?? '')));
      if (!known || known.view < view.index) loads.set(view.load, { view: view.index, names });
    }
  }
  return [...seen.values()].map((loads) => [...loads.values()].toSorted((a, b) => a.view - b.view).map(({ names }) => names));
}

/** Share of documents on which a list must show some of what it showed on the one before to keep its records. */
const mostlyKept = 0.6;

/** True where lists of several pages show some of the same from one document to the next: what is found anew each time is not kept. */
export function areKept(bindings: readonly Binding[], columns: readonly ColumnModel[]): boolean {
  const pairs = lastOfLoads(bindings, columns).flatMap((loads) =>
    loads.slice(1).map((names, i) => [loads[i] as ReadonlySet<string>, names] as const),
  );
  const kept = pairs.filter(([before, after]) => [...after].some((name) => before.has(name)));
  return kept.length >= mostlyKept * pairs.length;
}
