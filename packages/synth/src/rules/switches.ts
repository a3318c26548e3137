import type { Expr } from '@backlot/protocol';
import { evaluate } from '@backlot/world';
import { nodesIn, rowName } from '../state/belief.ts';
import type { ColumnModel, TableModel } from '../state/tables.ts';
import type { Given } from './given.ts';
import type { Occasion } from './terms.ts';
import { it } from './terms.ts';

/**
 * True where what was clicked could be clicked again afterwards: it would hardly be there if it did nothing any more. A key or a
 * double click does the same each time.
 */
export function isStillOffered(table: TableModel, occasions: readonly Occasion[]): boolean {
  const name = rowName(table);
  const offered = occasions.filter(({ of: { origin, before, after } }) => {
    if (origin.event !== 'click') return false;
    const acted = before.rowsOf(origin.instance)[name]?.id;
    const peers = before.page === after.page ? nodesIn(origin.element, after.view) : [];
    return acted !== undefined && peers.some(([instance]) => after.rowsOf(instance)[name]?.id === acted);
  });
  return offered.length * 2 > occasions.length;
}

/** True for a constant that was the opposite of what a switch had been, each time. */
export function isOpposite(expr: Expr, given: readonly Given[], { name }: ColumnModel): boolean {
  return 'lit' in expr && given.every(({ scope, value }) => typeof value === 'boolean' && evaluate(it(name), scope) === !value);
}
