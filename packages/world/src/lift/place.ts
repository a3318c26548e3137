import type { Column, Expr, Loop, Page, Query, Row, State, Value, World } from '@backlot/protocol';
import type { Scope } from '../evaluate.ts';
import { bindRow, select } from '../evaluate.ts';
import { pageScope } from '../render.ts';

/** A row that a loop has bound. */
export interface Binding {
  readonly as: string;
  readonly table: string;
  readonly id: string;
}

/** Where an expression stands: in a page, in the rows around it, outermost first. */
export interface Place {
  readonly world: World;
  readonly page: Page | null;
  readonly params: Readonly<Record<string, string>>;
  readonly bound: readonly Binding[];
  /** False where records that nothing lists must not be added. */
  readonly adds?: boolean;
}

/** The place inside one more row. */
export function inside(place: Place, binding: Binding): Place {
  return { ...place, bound: [...place.bound, binding] };
}

/** What an expression sees at a place. Rows that are gone stay unbound. */
export function scopeAt(state: State, place: Place): Scope {
  let scope = pageScope(place.world, state, place);
  for (const { as, table, id } of place.bound) {
    const row = rowOf(state, table, id);
    if (row) scope = bindRow(scope, as, row);
  }
  return scope;
}

/** The row with that id. */
export function rowOf(state: State, table: string, id: string): Row | undefined {
  return state.tables[table]?.find((row) => row.id === id);
}

/** Rows of a query without its offset and limit. */
export function selectAll(query: Query, state: State, place: Place): readonly Row[] {
  const { offset: _offset, limit: _limit, ...whole } = query;
  return select(whole, scopeAt(state, place));
}

/** The state with other rows in one table. */
export function withRows(state: State, table: string, rows: readonly Row[]): State {
  return { ...state, tables: { ...state.tables, [table]: rows } };
}

/** The state with one cell changed. */
export function withCell(state: State, { table, id }: Pick<Binding, 'table' | 'id'>, cells: Readonly<Record<string, Value>>): State {
  return withRows(
    state,
    table,
    (state.tables[table] ?? []).map((row) => (row.id === id ? ({ ...row, ...cells, id } as Row) : row)),
  );
}

/** The column of a table of the world; undefined for what is none. */
export function columnOf(world: World, table: string, name: string): Column | undefined {
  return world.tables.find((each) => each.name === table)?.columns.find((column) => column.name === name);
}

/** The row that a `col` expression reads. */
export function bindingOf(expr: { readonly col: string; readonly of?: string }, place: Place): Binding | undefined {
  return expr.of === undefined ? place.bound.at(-1) : place.bound.findLast(({ as }) => as === expr.of);
}

/** Name of the table that stands in for the items of a list while a page is read. */
export function listTable(loop: Loop, place: Place): string {
  return `\0${[loop.as, ...place.bound.map(({ id }) => id)].join(':')}`;
}

/** True for tables that stand in for lists. */
export function isListTable(name: string): boolean {
  return name.startsWith('\0');
}

/** Expressions right below one. */
export function partsOf(expr: Expr): readonly Expr[] {
  if ('fn' in expr) return expr.args;
  const query = queryOf(expr);
  if (query === undefined) return [];
  const { where, order = [], offset, limit } = query;
  return [where, ...order.map(({ by }) => by), offset, limit, 'get' in expr ? expr.get : undefined].filter((part) => part !== undefined);
}

/** The query that an expression counts, sums, collects or takes the first of. */
export function queryOf(expr: Expr): Query | undefined {
  if ('count' in expr) return expr.count;
  if ('sum' in expr) return expr.sum;
  if ('first' in expr) return expr.first;
  return 'collect' in expr ? expr.collect : undefined;
}

/** Columns that an expression reads. */
export function columnsIn(expr: Expr): readonly string[] {
  return 'col' in expr ? (expr.col === 'id' ? [] : [expr.col]) : partsOf(expr).flatMap(columnsIn);
}
