import type { Row, State, Value, World } from '@backlot/protocol';
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
  return label === undefined ? `${table} ${row.id}` : `${table} ${sayValue(row[label])}`;
}

/** Cells in words: `title “a”, done true`. */
export function sayCells(cells: Readonly<Record<string, Value>>): string {
  const said = Object.entries(cells).map(([column, value]) => `${column} ${sayValue(value)}`);
  return said.length === 0 ? 'any cells' : said.join(', ');
}

/** In which wanted cells a row is otherwise: `title is “b”, not “a”`. */
export function sayMisses(row: Row, wanted: Readonly<Record<string, Value>>): string {
  return Object.entries(wanted)
    .filter(([column, value]) => !isSameValue(row[column], value))
    .map(([column, value]) => `${column} is ${sayValue(row[column])}, not ${sayValue(value)}`)
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
      return `In excess: ${change.name} was changed from ${sayValue(change.was)} to ${sayValue(change.now)}.`;
    case 'updated': {
      const { was, now } = change;
      const cells = change.columns.map((column) => `${column} from ${sayValue(was[column])} to ${sayValue(now[column])}`);
      return `In excess: ${sayRow(world, change.table, was)} was changed: ${cells.join(', ')}.`;
    }
  }
}

/** The row with an id, wherever it still or already is. */
export function rowOf(state: State, table: string, id: string): Row | undefined {
  return state.tables[table]?.find((row) => row.id === id);
}
