import type { Expr } from '@backlot/protocol';
import { mapColumns } from '../map-leaves.ts';
import type { Hole } from '../template/holes.ts';

/** What holes show, in other columns than the list's own. */
export function renamed(shows: ReadonlyMap<Hole, Expr>, names: ReadonlyMap<string, Expr>): ReadonlyMap<Hole, Expr> {
  return new Map([...shows].map(([hole, expr]) => [hole, mapColumns(expr, (col) => names.get(col) ?? { col })]));
}
