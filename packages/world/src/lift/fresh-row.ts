import type { Query, Row, State } from '@backlot/protocol';
import { evaluate } from '../evaluate.ts';
import type { Solve } from './goal.ts';
import { linksOf } from './links.ts';
import { columnOf, inside, rowOf, scopeAt, withCell, withRows, type Binding, type Place } from './place.ts';

interface Wanted {
  readonly query: Query;
  readonly state: State;
  readonly place: Place;
  readonly solve: Solve;
}

/**
 * A row that a query would find, with nothing known of it but that: columns as they are in the beginning. It is not in the table yet.
 * Null where the query asks for what can't be brought about.
 */
export function freshRow({ query, state, place, solve }: Wanted): { readonly row: Row; readonly state: State } | null {
  const columns = place.world.tables.find(({ name }) => name === query.from)?.columns ?? [];
  const id = `n${state.serial}`;
  const blank = { ...Object.fromEntries(columns.map((column) => [column.name, column.initial])), id } as Row;
  const before = state.tables[query.from] ?? [];
  const added = withRows({ ...state, serial: state.serial + 1 }, query.from, [...before, blank]);
  const within = inside(place, { as: query.as, table: query.from, id });
  const linked = linkCells(query, added, within);
  const fitting = query.where === undefined ? linked : solve({ expr: query.where, want: { truth: true }, place: within }, linked);
  const row = fitting && rowOf(fitting, query.from, id);
  return row ? { row, state: withRows({ ...state, serial: state.serial + 1 }, query.from, before) } : null;
}

/** Columns that must equal something get its value: it is the new row that changes, not what it is compared with. */
function linkCells(query: Query, state: State, place: Place): State {
  const row = place.bound.at(-1) as Binding;
  let linked = state;
  for (const { column, other } of linksOf(query)) {
    if (columnOf(place.world, query.from, column) === undefined) continue;
    linked = withCell(linked, row, { [column]: evaluate(other, scopeAt(linked, place)) });
  }
  return linked;
}
