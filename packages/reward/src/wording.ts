import type { Row, State, Value, World } from '@backlot/protocol';
import { dataWords } from './data-words.ts';
import type { Change } from './net-change.ts';
import { isSameValue } from './values.ts';

/** A value as feedback shows it: text in quotation marks. */
export function sayValue(value: Value | undefined): string {
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'string') return `“${value}”`;
  return Array.isArray(value) ? `[${value.map(sayValue).join(', ')}]` : String(value);
}

/** A row by its table and the cell that people know it by. */
export function sayRow(world: World, table: string, row: Row): string {
  const label = world.tables.find((candidate) => candidate.name === table)?.label;
  const word = dataWords(world).table(table);
  return label === undefined ? `${word} ${row.id}` : `${word} ${sayValue(row[label])}`;
}

/** Cells of a table, and the table. */
export interface Cells {
  readonly table: string;
  readonly cells: Readonly<Record<string, Value>>;
}

/** Cells in words: `title “a”, done true`. */
export function sayCells(world: World, { table, cells }: Cells): string {
  const words = dataWords(world);
  const said = Object.entries(cells).map(([column, value]) => `${words.column(table, column)} ${sayValue(value)}`);
  return said.length === 0 ? 'any cells' : said.join(', ');
}

/** In which wanted cells a row is otherwise: `title is “b”, not “a”`. */
export function sayMisses(world: World, row: Row, { table, cells }: Cells): string {
  const words = dataWords(world);
  return Object.entries(cells)
    .filter(([column, value]) => !isSameValue(row[column], value))
    .map(([column, value]) => `${words.column(table, column)} is ${sayValue(row[column])}, not ${sayValue(value)}`)
    .join('; ');
}

/** A change that nobody asked for. */
export function sayExcess(world: World, change: Change): string {
  switch (change.kind) {
    case 'inserted':
      return `In excess: ${sayRow(world, change.table, change.row)} was added.`;
    case 'deleted':
      return `In excess: ${sayRow(world, change.table, change.row)} was deleted.`;
    case 'register':
      return `In excess: ${dataWords(world).register(change.name)} was changed from ${sayValue(change.was)} to ${sayValue(change.now)}.`;
    case 'updated':
      return `In excess: ${sayRow(world, change.table, change.was)} was changed: ${sayChanges(world, change)}.`;
  }
}

/** What an update changed: `title from “a” to “b”`. */
export function sayChanges(world: World, { table, was, now, columns }: Extract<Change, { kind: 'updated' }>): string {
  const words = dataWords(world);
  return columns.map((column) => `${words.column(table, column)} from ${sayValue(was[column])} to ${sayValue(now[column])}`).join(', ');
}

/** The row with an id, wherever it still or already is. */
export function rowOf(state: State, table: string, id: string): Row | undefined {
  return state.tables[table]?.find((row) => row.id === id);
}
