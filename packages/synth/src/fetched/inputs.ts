import type { Expr, Value } from '@backlot/protocol';
import { call } from '../call.ts';
import type { ColumnModel } from '../state/columns.ts';
import type { Row } from '../state/pairs.ts';

/** Something of a record that what pages show of it may follow from. */
export interface Input {
  readonly expr: Expr;
  readonly read: (row: Row) => Value;
}

const listOf = (value: Value | undefined): readonly Value[] => (Array.isArray(value) ? (value as readonly Value[]) : []);
const firstOf = (entry: Value): Value => (Array.isArray(entry) ? ((entry as readonly Value[])[0] ?? null) : entry);

/** How many entries a list has, and where its entries begin with a switch, how many of them have it on. */
function countsOf({ name, items }: ColumnModel): readonly Input[] {
  const all: Input = { expr: call('text', call('len', { col: name })), read: (row) => String(listOf(row[name]).length) };
  if (items?.columns[0]?.type !== 'boolean') return [all];
  const on: Input = {
    expr: call('text', call('countOf', call('firsts', { col: name }), { lit: true })),
    read: (row) => String(listOf(row[name]).filter((entry) => firstOf(entry) === true).length),
  };
  return [all, on];
}

/** The columns that scripts hold, and what their lists come to. */
export function inputsOf(columns: readonly ColumnModel[]): readonly Input[] {
  const own = columns.map(({ name }): Input => ({ expr: { col: name }, read: (row) => row[name] ?? '' }));
  return [...own, ...columns.filter(({ type }) => type === 'list').flatMap(countsOf)];
}
