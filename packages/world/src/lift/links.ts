import type { Expr, Query } from '@backlot/protocol';

/** A column of a query's rows and what it must equal. */
export interface Link {
  readonly column: string;
  readonly other: Expr;
}

/** What a query asks to be equal, of all that it asks. */
export function linksOf({ where, as }: Query): readonly Link[] {
  return conjuncts(where).flatMap((part) => {
    if (!('fn' in part) || part.fn !== 'eq') return [];
    const [a, b] = part.args;
    if (a && b && isColumn(a, as)) return [{ column: a.col, other: b }];
    return a && b && isColumn(b, as) ? [{ column: b.col, other: a }] : [];
  });
}

const isColumn = (expr: Expr, as: string): expr is Extract<Expr, { col: string }> =>
  'col' in expr && (expr.of === undefined || expr.of === as);

function conjuncts(where: Expr | undefined): readonly Expr[] {
  if (where === undefined) return [];
  return 'fn' in where && where.fn === 'and' ? where.args.flatMap(conjuncts) : [where];
}
