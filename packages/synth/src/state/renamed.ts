import type { Expr } from '@backlot/protocol';

/** An expression over a list's own columns with other columns in their place. */
export function renamed(expr: Expr, names: ReadonlyMap<string, Expr>): Expr {
  if ('fn' in expr) return { fn: expr.fn, args: expr.args.map((arg) => renamed(arg, names)) };
  return 'col' in expr && expr.of === undefined ? (names.get(expr.col) ?? expr) : expr;
}
