import type { Expr, Row, Value } from '@backlot/protocol';
import { parseAddress, toText } from '@backlot/world';
import type { TableModel } from '../state/tables.ts';
import type { View } from '../views.ts';

/** A page of a list: the records of its account, and which of them it showed. */
export interface ListedPage {
  readonly view: View;
  readonly rows: readonly Row[];
  readonly shown: ReadonlySet<string>;
}

const textColumns = (table: TableModel): readonly string[] =>
  table.columns.filter((column) => column.type !== 'boolean').map((column) => column.name);

function rowText(table: TableModel, row: Row): string {
  return textColumns(table)
    .map((name) => toText(row[name] as Value))
    .join(' ')
    .toLowerCase();
}

/** Share of records that a search must put on the right side, and pages that must have shown it. */
const accuracy = 0.9;
const minPages = 3;

function valueOf(name: string, view: View): string {
  return (parseAddress(view.url).query[name] ?? '').trim().toLowerCase();
}

function isSearch(name: string, table: TableModel, pages: readonly ListedPage[]): boolean {
  const asked = pages.filter(({ view }) => valueOf(name, view) !== '' && onlyParam(name, view));
  let [right, all] = [0, 0];
  for (const { view, rows, shown } of asked) {
    for (const row of rows) {
      all++;
      if (rowText(table, row).includes(valueOf(name, view)) === shown.has(row.id)) right++;
    }
  }
  return new Set(asked.map(({ view }) => valueOf(name, view))).size >= minPages && right >= accuracy * all;
}

function onlyParam(name: string, view: View): boolean {
  return Object.entries(parseAddress(view.url).query).every(([other, value]) => other === name || value.trim() === '');
}

/** Query parameters that filter a list by what its records contain, as the pages seen bear out. */
export function searchParams(table: TableModel, pages: readonly ListedPage[]): readonly string[] {
  const names = new Set(pages.flatMap(({ view }) => Object.keys(parseAddress(view.url).query)));
  return [...names].sort().filter((name) => isSearch(name, table, pages));
}

/** True of a record that every given search parameter finds. */
export function searchCondition(table: TableModel, names: readonly string[]): Expr {
  const parts = textColumns(table).flatMap((name): Expr[] => [{ col: name }, { lit: ' ' }]);
  const asked = (name: string): Expr => ({ fn: 'trim', args: [{ param: name }] });
  const found = names.map((name): Expr => ({
    fn: 'or',
    args: [
      { fn: 'isBlank', args: [{ param: name }] },
      { fn: 'containsText', args: [{ fn: 'concat', args: parts }, asked(name)] },
    ],
  }));
  return { fn: 'and', args: found };
}

/** True where the address asks for a search. */
export function searchAsked(names: readonly string[]): Expr {
  return { fn: 'or', args: names.map((name): Expr => ({ fn: 'not', args: [{ fn: 'isBlank', args: [{ param: name }] }] })) };
}
