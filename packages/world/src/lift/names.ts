import type { Expr, State } from '@backlot/protocol';
import { bindingOf, inside, partsOf, queryOf, isListTable, scopeAt, type Place } from './place.ts';
import { select } from '../evaluate.ts';

/** Names of what an expression reads of the state: registers, `table.column`, and tables that are counted. */
export function namesIn(expr: Expr, place: Place): readonly string[] {
  if ('reg' in expr) return [expr.reg];
  if ('col' in expr) {
    const table = bindingOf(expr, place)?.table;
    return table === undefined || isListTable(table) || expr.col === 'id' ? [] : [`${table}.${expr.col}`];
  }
  const query = queryOf(expr);
  const within = query === undefined ? place : inside(place, { as: query.as, table: query.from, id: '' });
  const own = query === undefined || 'first' in expr ? [] : [query.from];
  return [...own, ...partsOf(expr).flatMap((part) => namesIn(part, within))];
}

/** Registers and cells that an expression reads, each under one name: what the page has told once it shows the expression. */
export function cellsIn(expr: Expr, state: State, place: Place): readonly string[] {
  if ('reg' in expr) return [expr.reg];
  if ('col' in expr) {
    const row = bindingOf(expr, place);
    return row === undefined ? [] : [`${row.table}/${row.id}/${expr.col}`];
  }
  if ('first' in expr) {
    const row = select(expr.first, scopeAt(state, place))[0];
    return row === undefined ? [] : cellsIn(expr.get, state, inside(place, { as: expr.first.as, table: expr.first.from, id: row.id }));
  }
  return 'fn' in expr ? expr.args.flatMap((part) => cellsIn(part, state, place)) : [];
}

/** True where an expression looks at many rows: what it says is known only once all rows are. */
export function looksAtMany(expr: Expr): boolean {
  return queryOf(expr) !== undefined || partsOf(expr).some(looksAtMany);
}

/** True where something in the state could be set so that the expression comes out otherwise. */
export function canBeSet(expr: Expr): boolean {
  if ('reg' in expr) return true;
  if ('col' in expr) return expr.col !== 'id';
  if ('first' in expr) return canBeSet(expr.get);
  return 'fn' in expr && expr.args.some(canBeSet);
}
