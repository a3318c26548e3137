import type { Expr, Query } from '@backlot/protocol';
import { toText } from '@backlot/world';
import type { TableModel } from '../state/tables.ts';
import { rowName } from '../state/belief.ts';
import type { Hole } from '../template/holes.ts';

const eq = (a: Expr, b: Expr): Expr => ({ fn: 'eq', args: [a, b] });
const not = (a: Expr): Expr => ({ fn: 'not', args: [a] });

function switches(table: TableModel): readonly string[] {
  return table.columns.filter((column) => column.type === 'boolean').map((column) => column.name);
}

/** How many rows of a table there are, in all and by each switch. */
export function countTerms(table: TableModel): readonly Expr[] {
  const count = (where?: Expr): Expr => ({ count: { from: table.name, as: 'q', ...(where ? { where } : {}) } satisfies Query });
  const parts = switches(table).flatMap((name) => [count({ col: name }), count(not({ col: name }))]);
  return [count(), ...parts];
}

/** Conditions on counts: none, exactly one. */
export function countTests(table: TableModel): readonly Expr[] {
  return countTerms(table).flatMap((term) => [eq(term, { lit: 0 }), eq(term, { lit: 1 })]);
}

/** Conditions on the parts of the address that were seen to differ. */
export function addressTests(urls: readonly string[]): readonly Expr[] {
  const hashes = [...new Set(urls.map((url) => (url.includes('#') ? url.slice(url.indexOf('#') + 1) : '')))].sort();
  const searches = [...new Set(urls.map((url) => url.split('#')[0]?.split('?')[1] ?? ''))].sort();
  const few = (values: readonly string[]): readonly string[] => (values.length > 1 && values.length <= 12 ? values : []);
  return [
    ...few(hashes).map((hash) => eq({ loc: 'hash' }, { lit: hash })),
    ...few(searches).map((search) => eq({ loc: 'search' }, { lit: search })),
  ];
}

/** Conditions on a row: its switches, and whether it says anything where not all rows do. */
export function rowTests(table: TableModel): readonly Expr[] {
  const said = table.columns.filter(
    ({ type, source, items }) => type === 'text' && !items && source !== undefined && isBlankAtTimes(source),
  );
  return [
    ...switches(table).map((name): Expr => ({ col: name, of: rowName(table) })),
    ...said.map(({ name }): Expr => ({ fn: 'isBlank', args: [{ col: name, of: rowName(table) }] })),
  ];
}

function isBlankAtTimes({ values }: Hole): boolean {
  const blanks = [...values.values()].filter((value) => toText(value).trim() === '').length;
  return blanks > 0 && blanks < values.size;
}

/** Cells of a row. */
export function rowTerms(table: TableModel): readonly Expr[] {
  return table.columns.map((column): Expr => ({ col: column.name, of: rowName(table) }));
}
