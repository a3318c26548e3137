import type { Query, Row, State, Value } from '@backlot/protocol';
import { evaluate } from '../evaluate.ts';
import { toNumber } from '../functions.ts';
import { freshRow } from './fresh-row.ts';
import { columnsIn, inside, rowOf, scopeAt, selectAll, withCell, withRows, type Place } from './place.ts';
import { solve } from './solve.ts';

/** Rows that a loop of a page shows, in order. */
export interface ShownRows {
  readonly query: Query;
  readonly place: Place;
  readonly ids: readonly string[];
}

/** Adds a row for every item without one, next to its neighbour, and brings the rows into the order in which they are shown. */
export function placeRows(query: Query, matched: readonly (string | null)[], { state, place }: { state: State; place: Place }): Placed {
  let placed = state;
  const ids: string[] = [];
  const fresh = new Set<string>();
  for (const [i, known] of matched.entries()) {
    if (known !== null) {
      ids.push(known);
      continue;
    }
    const made = freshRow({ query, state: placed, place, solve });
    const row = made?.row ?? blankRow(placed);
    const base = made?.state ?? { ...placed, serial: placed.serial + 1 };
    placed = withRows(base, query.from, besideNeighbour(base.tables[query.from] ?? [], row, { before: ids.at(-1), after: matched[i + 1] }));
    ids.push(row.id);
    fresh.add(row.id);
  }
  return { state: query.order?.length ? placed : inShownOrder(query.from, ids, placed), ids, fresh };
}

/** The state with the rows of all items in it, their ids, and which of them are new. */
export interface Placed {
  readonly state: State;
  readonly ids: readonly string[];
  readonly fresh: ReadonlySet<string>;
}

const blankRow = (state: State): Row => ({ id: `n${state.serial}` });

function besideNeighbour(
  rows: readonly Row[],
  row: Row,
  { before, after }: { before: string | undefined; after: string | null | undefined },
) {
  const previous = rows.findIndex(({ id }) => id === before);
  const next = rows.findIndex(({ id }) => id === after);
  const at = previous >= 0 ? previous + 1 : next >= 0 ? next : rows.length;
  return rows.toSpliced(at, 0, row);
}

function inShownOrder(table: string, ids: readonly string[], state: State): State {
  const rows = state.tables[table] ?? [];
  const shown = new Set(ids);
  const places = rows.flatMap(({ id }, i) => (shown.has(id) ? [i] : []));
  const byId = new Map(rows.map((row) => [row.id, row]));
  if (places.every((at, i) => rows[at]?.id === ids[i])) return state;
  const ordered = [...rows];
  for (const [i, at] of places.entries()) ordered[at] = byId.get(ids[i] ?? '') ?? (rows[at] as Row);
  return withRows(state, table, ordered);
}

/** Lets new rows stand where they are shown: what they are ordered by, if the page does not tell it, is taken from their neighbours. */
export function borrowOrder({ query, place, ids }: ShownRows, fresh: ReadonlySet<string>, state: State): State {
  const columns = (query.order ?? []).flatMap(({ by }) => columnsIn(by));
  let ordered = state;
  for (const [i, id] of ids.entries()) {
    if (!fresh.has(id)) continue;
    const neighbour =
      rowOf(ordered, query.from, ids[i - 1] ?? '') ?? rowOf(ordered, query.from, ids.slice(i).find((next) => !fresh.has(next)) ?? '');
    const row = rowOf(ordered, query.from, id);
    const initial = place.world.tables.find(({ name }) => name === query.from)?.columns ?? [];
    for (const column of columns) {
      const value: Value | undefined = neighbour?.[column];
      const isUntold = row !== undefined && row[column] === initial.find(({ name }) => name === column)?.initial;
      if (isUntold && value !== undefined) ordered = withCell(ordered, { table: query.from, id }, { [column]: value });
    }
  }
  return ordered;
}

/** Takes away the rows that the query says should have been shown but are not. */
export function dropUnshown({ query, place, ids }: ShownRows, state: State): State {
  const scope = scopeAt(state, place);
  const offset = query.offset === undefined ? 0 : toNumber(evaluate(query.offset, scope));
  const limit = query.limit === undefined ? Number.POSITIVE_INFINITY : toNumber(evaluate(query.limit, scope));
  const shown = new Set(ids);
  const listed = selectAll(query, state, place);
  const first = listed.findIndex(({ id }) => shown.has(id));
  const last = listed.findLastIndex(({ id }) => shown.has(id));
  const gone = new Set(
    listed.flatMap(({ id }, i) => {
      if (shown.has(id)) return [];
      const isBefore = first >= 0 && i < first;
      const isAfter = first < 0 || i > last;
      if (isBefore ? offset > 0 : isAfter && (shown.size >= limit || (offset > 0 && first < 0))) return [];
      return [id];
    }),
  );
  const rows = state.tables[query.from] ?? [];
  return gone.size === 0
    ? state
    : withRows(
        state,
        query.from,
        rows.filter(({ id }) => !gone.has(id)),
      );
}

/** True where the query, in this state, shows exactly these rows in this order. */
export function showsRows({ query, place, ids }: ShownRows, state: State): boolean {
  const scope = scopeAt(state, place);
  const offset = query.offset === undefined ? 0 : toNumber(evaluate(query.offset, scope));
  const limit = query.limit === undefined ? Number.POSITIVE_INFINITY : toNumber(evaluate(query.limit, scope));
  const listed = selectAll(query, state, place).slice(offset, offset + limit);
  return listed.length === ids.length && listed.every(({ id }, i) => id === ids[i]);
}

/** Makes every shown row one that the query finds. */
export function admitRows({ query, place, ids }: ShownRows, state: State): State {
  const { where } = query;
  if (where === undefined) return state;
  return ids.reduce((admitted, id) => {
    const within = inside(place, { as: query.as, table: query.from, id });
    return solve({ expr: where, want: { truth: true }, place: within }, admitted) ?? admitted;
  }, state);
}
