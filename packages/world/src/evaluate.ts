import type { Expr, Loop, Query, Row, State, Value } from '@backlot/protocol';
import { compareValues, functions, toBoolean, toNumber } from './functions.ts';
import { cutAddress, withoutHash } from './route.ts';

/** Everything an expression can see. `field` answers for live form values in the current row context. */
export interface Scope {
  readonly state: State;
  readonly rows: Readonly<Record<string, Row>>;
  /** Innermost bound row: what `col` without `of` reads. */
  readonly row?: Row;
  readonly args: Readonly<Record<string, Value>>;
  readonly params: Readonly<Record<string, string>>;
  readonly field: (anchor: string, scope: Scope) => Value;
}

/** The address that the page shown belongs to. */
export function currentUrl(state: State): string {
  return state.history.entries[state.history.index] ?? '/';
}

/** The scope with one more bound row. */
export function bindRow(scope: Scope, name: string, row: Row): Scope {
  return { ...scope, row, rows: { ...scope.rows, [name]: row } };
}

/** The latest address in the history that is another page's. */
function previousUrl({ history }: State): string {
  const page = withoutHash(history.entries[history.index] ?? '');
  return history.entries.slice(0, history.index).findLast((entry) => withoutHash(entry) !== page) ?? '';
}

function locationPart(part: 'path' | 'search' | 'hash' | 'href' | 'previous', state: State): string {
  if (part === 'previous') return previousUrl(state);
  const url = currentUrl(state);
  if (part === 'href') return url;
  return cutAddress(url)[part];
}

/** Rows a query selects, in order. Unknown tables are empty. */
export function select(query: Query, scope: Scope): readonly Row[] {
  let rows: readonly Row[] = scope.state.tables[query.from] ?? [];
  if (query.where) {
    const where = query.where;
    rows = rows.filter((row) => toBoolean(evaluate(where, bindRow(scope, query.as, row))));
  }
  if (query.order?.length) {
    const keyed = rows.map((row) => ({ row, keys: (query.order ?? []).map((o) => evaluate(o.by, bindRow(scope, query.as, row))) }));
    keyed.sort((a, b) => {
      for (const [i, order] of (query.order ?? []).entries()) {
        const by = compareValues(a.keys[i], b.keys[i]);
        if (by !== 0) return order.desc ? -by : by;
      }
      return 0;
    });
    rows = keyed.map((entry) => entry.row);
  }
  if (query.offset === undefined && query.limit === undefined) return rows;
  const offset = query.offset === undefined ? 0 : toNumber(evaluate(query.offset, scope));
  const limit = query.limit === undefined ? rows.length : toNumber(evaluate(query.limit, scope));
  return rows.slice(offset, offset + limit);
}

function itemRow(item: Value, place: number): Row {
  const parts = Array.isArray(item) ? (item as readonly Value[]) : [item];
  return { ...Object.fromEntries(parts.map((part, i) => [`c${i}`, part])), id: String(place) } as Row;
}

/** Rows that a loop goes through, in order. */
export function loopRows(loop: Loop, scope: Scope): readonly Row[] {
  if ('from' in loop) return select(loop, scope);
  const items = evaluate(loop.values, scope);
  return Array.isArray(items) ? (items as readonly Value[]).map(itemRow) : [];
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

function aggregate(expr: Extract<Expr, { count: Query } | { sum: Query } | { first: Query } | { collect: Query }>, scope: Scope): Value {
  if ('count' in expr) return select(expr.count, scope).length;
  if ('sum' in expr) {
    return select(expr.sum, scope).reduce((sum, row) => sum + toNumber(evaluate(expr.get, bindRow(scope, expr.sum.as, row))), 0);
  }
  if ('collect' in expr) return select(expr.collect, scope).map((row) => evaluate(expr.get, bindRow(scope, expr.collect.as, row)));
  const first = select(expr.first, scope)[0];
  return first ? evaluate(expr.get, bindRow(scope, expr.first.as, first)) : null;
}

function callFunction(name: string, args: readonly Expr[], scope: Scope): Value {
  if (name === 'if') {
    const [test, yes, no] = args;
    const branch = test && toBoolean(evaluate(test, scope)) ? yes : no;
    return branch ? evaluate(branch, scope) : null;
  }
  const fn = Object.hasOwn(functions, name) ? functions[name] : undefined;
  return fn ? fn(...args.map((arg) => evaluate(arg, scope))) : null;
}

/** The value of an expression. Total: unknown names read as null, and nothing outside the scope is reached. */
export function evaluate(expr: Expr, scope: Scope): Value {
  if ('lit' in expr) return expr.lit;
  if ('col' in expr) {
    const row = expr.of === undefined ? scope.row : scope.rows[expr.of];
    return (row && Object.hasOwn(row, expr.col) ? row[expr.col] : null) ?? null;
  }
  if ('fn' in expr) return callFunction(expr.fn, expr.args, scope);
  if ('reg' in expr) return lookup(scope.state.registers, expr.reg);
  if ('arg' in expr) return lookup(scope.args, expr.arg);
  if ('param' in expr) return lookup(scope.params, expr.param);
  if ('field' in expr) return scope.field(expr.field, scope);
  if ('loc' in expr) return locationPart(expr.loc, scope.state);
  return aggregate(expr, scope);
}

function lookup(record: Readonly<Record<string, Value>>, name: string): Value {
  return Object.hasOwn(record, name) ? (record[name] ?? null) : null;
}
