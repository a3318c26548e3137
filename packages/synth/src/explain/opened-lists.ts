import type { Expr, Query, Value } from '@backlot/protocol';
import { namedId } from '../state/sightings.ts';
import { rowName } from '../state/belief.ts';
import { itemsOf, keyOf } from '../state/bindings.ts';
import { openedAt } from '../state/opened-lists.ts';
import type { TableModel } from '../state/tables.ts';
import { mainList } from '../state/tables.ts';
import type { SessionViews, View } from '../views.ts';
import type { ListQuery } from './list-queries.ts';
import type { RegisterModel } from './registers.ts';

/** A place where scripts open one of several lists: a register says which is open, its records remember in which they stand. */
export interface OpenedList {
  readonly register: RegisterModel;
  readonly query: ListQuery;
}

/** A name for each list that a place shows, in an order that does not hang on the sessions'. */
function namesOf(table: TableModel): ReadonlyMap<string, string> {
  const lists = new Set(mainList(table).page.views.map((view) => openedAt(mainList(table), view)));
  return new Map(
    [...lists]
      .filter((list) => list !== '')
      .sort()
      .map((list, i) => [list, `list ${i + 1}`]),
  );
}

function registerOf(table: TableModel, names: ReadonlyMap<string, string>, sessions: readonly SessionViews[]): RegisterModel {
  const pages = new Set(mainList(table).page.views);
  const valueAt = (view: View): Value => (pages.has(view) ? (names.get(openedAt(mainList(table), view)) ?? null) : null);
  const views = sessions.flatMap(({ before, after }) => [...before, ...after]);
  const values = new Map(views.map((view) => [view, valueAt(view)]));
  return { name: `open_${table.name}`, holes: new Map(), initial: null, scope: 'page', values };
}

/** In which lists each record stands, and where. */
function placesOf(table: TableModel, names: ReadonlyMap<string, string>): ReadonlyMap<string, readonly (readonly [string, Value])[]> {
  const binding = mainList(table);
  const places = new Map<string, Map<string, Value>>();
  for (const view of binding.page.views) {
    const list = names.get(openedAt(binding, view));
    for (const [place, item] of list === undefined ? [] : (itemsOf(binding, view) ?? []).entries()) {
      const id = namedId(table, keyOf(binding, table.key as string, item));
      places.set(id, (places.get(id) ?? new Map<string, Value>()).set(list as string, place));
    }
  }
  return new Map([...places].map(([id, mine]) => [id, [...mine].toSorted(([a], [b]) => (a < b ? -1 : 1))]));
}

function openedList(table: TableModel, sessions: readonly SessionViews[]): OpenedList {
  const names = namesOf(table);
  const register = registerOf(table, names, sessions);
  const places = placesOf(table, names);
  const [column, as] = ['at0', rowName(table)];
  const place: Expr = { fn: 'lookup', args: [{ col: column, of: as }, { reg: register.name }] };
  const where: Expr = { fn: 'not', args: [{ fn: 'isBlank', args: [place] }] };
  const query: Query = { from: table.name, as, where, order: [{ by: place }] };
  const learned = { query, exact: 1, misses: [], membership: 1, alternatives: [], certainty: 'certain' as const };
  return { register, query: { table, binding: mainList(table), query, learned, memory: { column, at: () => places } } };
}

/** The lists that scripts open. */
export function openedLists(tables: readonly TableModel[], sessions: readonly SessionViews[]): readonly OpenedList[] {
  return tables.filter(({ opened }) => opened === true).map((table) => openedList(table, sessions));
}
