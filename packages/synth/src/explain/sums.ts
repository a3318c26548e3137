import type { Expr } from '@backlot/protocol';
import type { TableModel } from '../state/tables.ts';
import { isNumeric } from './amounts.ts';

/** Sums over a table's columns that hold numbers. */
export function sumTerms(table: TableModel): readonly Expr[] {
  const numbers = table.columns.filter(
    (column) => column.type === 'text' && column.source && isNumeric([...column.source.values.values()]),
  );
  const get = (name: string): Expr => ({ fn: 'amount', args: [{ col: name }] });
  const sum = (of: Expr): Expr => ({ sum: { from: table.name, as: 'q' }, get: of });
  return numbers.slice(0, 4).map(({ name }) => sum(get(name)));
}
