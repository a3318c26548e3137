import type { Row, State, Table, Value, World } from '@backlot/protocol';
import { isSameValue } from './values.ts';

/** One difference between two states in what outlasts the page: rows come and gone, cells and registers changed. */
export type Change =
  | { readonly kind: 'inserted'; readonly table: string; readonly row: Row }
  | { readonly kind: 'updated'; readonly table: string; readonly was: Row; readonly now: Row; readonly columns: readonly string[] }
  | { readonly kind: 'deleted'; readonly table: string; readonly row: Row }
  | { readonly kind: 'register'; readonly name: string; readonly was: Value; readonly now: Value };

/**
 * What differs between two states of one world, net of everything that was undone on the way. Rows are matched by id and their
 * order does not count. Columns of page scope, registers of page and tab scope, drafts, focus, history and time are left out.
 * Tables come in the world's order, rows in the end state's (deleted ones after them, in the start state's), registers last.
 */
export function netChange(world: World, start: State, end: State): readonly Change[] {
  if (start.tables === end.tables && start.registers === end.registers) return [];
  return [...world.tables.flatMap((table) => tableChange(table, start, end)), ...registerChange(world, start, end)];
}

/** Columns of a table that outlast the page. */
export function lastingColumns(table: Table): readonly string[] {
  return table.columns.filter((column) => column.scope === 'server').map((column) => column.name);
}

/** Those of the columns in which two rows differ. */
export function differingColumns(was: Row, now: Row, columns: readonly string[]): readonly string[] {
  return was === now ? [] : columns.filter((column) => !isSameValue(was[column], now[column]));
}

/** The latest answer about a table's rows, by what they became. */
const latest = new WeakMap<
  readonly Row[],
  { readonly table: Table; readonly before: readonly Row[]; readonly changes: readonly Change[] }
>();

function tableChange(table: Table, start: State, end: State): readonly Change[] {
  const [before, after] = [start.tables[table.name] ?? [], end.tables[table.name] ?? []];
  if (before === after) return [];
  const known = latest.get(after);
  if (known?.table === table && known.before === before) return known.changes;
  const changes = rowChange(table, ...withoutEqualEnds(before, after));
  latest.set(after, { table, before, changes });
  return changes;
}

function rowChange(table: Table, before: readonly Row[], after: readonly Row[]): readonly Change[] {
  const columns = lastingColumns(table);
  if (columns.length === 0) return [];
  const known = new Map(before.map((row) => [row.id, row]));
  const changes: Change[] = [];
  for (const row of after) {
    const was = known.get(row.id);
    known.delete(row.id);
    if (was === undefined) changes.push({ kind: 'inserted', table: table.name, row });
    else {
      const differing = differingColumns(was, row, columns);
      if (differing.length > 0) changes.push({ kind: 'updated', table: table.name, was, now: row, columns: differing });
    }
  }
  for (const row of known.values()) changes.push({ kind: 'deleted', table: table.name, row });
  return changes;
}

/** Two lists without the items that both begin and end with. */
function withoutEqualEnds<T>(a: readonly T[], b: readonly T[]): readonly [readonly T[], readonly T[]] {
  const least = Math.min(a.length, b.length);
  let head = 0;
  while (head < least && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < least - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  return [a.slice(head, a.length - tail), b.slice(head, b.length - tail)];
}

function registerChange(world: World, start: State, end: State): readonly Change[] {
  return world.registers
    .filter(({ scope }) => scope === 'server' || scope === 'browser')
    .map(({ name }) => ({ kind: 'register' as const, name, was: start.registers[name] ?? null, now: end.registers[name] ?? null }))
    .filter(({ was, now }) => !isSameValue(was, now));
}
