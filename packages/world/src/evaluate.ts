import type { Expr, Loop, Query, Row, Value } from '@backlot/protocol';
import { rowsOf, runOf } from './expr/run.ts';
import { bindRow, type Scope } from './expr/scope.ts';
import { remembered } from './remembered.ts';

export { bindRow, currentUrl, type Scope } from './expr/scope.ts';

/** Rows a query selects, in order. Unknown tables are empty. */
export function select(query: Query, scope: Scope): readonly Row[] {
  return rowsOf(query)(scope);
}

function itemRow(item: Value, place: number): Row {
  const parts = Array.isArray(item) ? (item as readonly Value[]) : [item];
  return { ...Object.fromEntries(parts.map((part, i) => [`c${i}`, part])), id: String(place) } as Row;
}

const itemRows = new WeakMap<readonly Value[], readonly Row[]>();

/** Rows that a loop goes through, in order. The same list of values gives the same rows. */
export function loopRows(loop: Loop, scope: Scope): readonly Row[] {
  if ('from' in loop) return select(loop, scope);
  const items = evaluate(loop.values, scope);
  if (!Array.isArray(items)) return [];
  return remembered(itemRows, items as readonly Value[], (values) => values.map(itemRow));
}

/** The scope inside loops, outermost first, at the rows with the given ids. Ids without a row stay unbound. */
export function enterLoops(loops: readonly Loop[], ids: readonly string[], scope: Scope): Scope {
  let inside = scope;
  for (const [i, loop] of loops.entries()) {
    const rows = 'from' in loop ? (scope.state.tables[loop.from] ?? []) : loopRows(loop, inside);
    const row = rows.find((candidate) => candidate.id === ids[i]);
    if (row) inside = bindRow(inside, loop.as, row);
  }
  return inside;
}

/** The value of an expression. Total: unknown names read as null, and nothing outside the scope is reached. */
export function evaluate(expr: Expr, scope: Scope): Value {
  return runOf(expr)(scope);
}
