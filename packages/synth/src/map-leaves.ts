import type { Expr } from '@backlot/protocol';

/** The expression with every part that is no call of a function, however deep in calls, replaced; queries are such parts. */
export function mapLeaves(expr: Expr, replace: (leaf: Expr) => Expr): Expr {
  return 'fn' in expr ? { fn: expr.fn, args: expr.args.map((arg) => mapLeaves(arg, replace)) } : replace(expr);
}

/** The expression with columns of the innermost row replaced. */
export function mapColumns(expr: Expr, replace: (column: string) => Expr): Expr {
  return mapLeaves(expr, (leaf) => ('col' in leaf && leaf.of === undefined ? replace(leaf.col) : leaf));
}
