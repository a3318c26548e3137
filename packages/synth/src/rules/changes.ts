import type { Row, State, Value } from '@backlot/protocol';

/** What differs between two states, by component: `ins:t`, `del:t`, `upd:t.c`, `set:r`. */
export interface Changes {
  readonly inserted: ReadonlyMap<string, readonly { readonly row: Row; readonly index: number; readonly total: number }[]>;
  readonly deleted: ReadonlyMap<string, ReadonlySet<string>>;
  /** New cells by `table.column` and row id. */
  readonly updated: ReadonlyMap<string, ReadonlyMap<string, Value>>;
  readonly set: ReadonlyMap<string, Value>;
  /** Names of the components that changed, sorted: the kind of change. */
  readonly signature: readonly string[];
}

/** Compares two states row by row (rows are the same where their ids are). */
export function changesBetween(before: State, after: State): Changes {
  const inserted = new Map<string, { row: Row; index: number; total: number }[]>();
  const deleted = new Map<string, Set<string>>();
  const updated = new Map<string, Map<string, Value>>();
  for (const name of Object.keys(after.tables).sort()) {
    const was = new Map((before.tables[name] ?? []).map((row) => [row.id, row]));
    const rows = after.tables[name] ?? [];
    for (const [index, row] of rows.entries()) {
      const old = was.get(row.id);
      was.delete(row.id);
      if (!old) inserted.set(name, [...(inserted.get(name) ?? []), { row, index, total: rows.length }]);
      else noteCells(updated, name, { old, row });
    }
    if (was.size > 0) deleted.set(name, new Set(was.keys()));
  }
  const set = new Map<string, Value>();
  for (const [name, value] of Object.entries(after.registers)) if (before.registers[name] !== value) set.set(name, value);
  const signature = [
    ...[...inserted.keys()].map((name) => `ins:${name}`),
    ...[...deleted.keys()].map((name) => `del:${name}`),
    ...[...updated.keys()].map((name) => `upd:${name}`),
    ...[...set.keys()].map((name) => `set:${name}`),
  ].sort();
  return { inserted, deleted, updated, set, signature };
}

function noteCells(updated: Map<string, Map<string, Value>>, table: string, { old, row }: { readonly old: Row; readonly row: Row }): void {
  for (const [column, value] of Object.entries(row)) {
    if (old[column] === value || old[column] === undefined || old[column] === null) continue;
    const key = `${table}.${column}`;
    updated.set(key, (updated.get(key) ?? new Map<string, Value>()).set(row.id, value));
  }
}

const spell = (row: Row, columns: ReadonlySet<string>): string =>
  JSON.stringify(
    Object.entries(row)
      .filter(([name]) => columns.has(name))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/** True where two states hold the same in the given columns of tables and the same registers, whatever the rows' ids and order. */
export function sameData(a: State, b: State, tables: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  for (const [name, columns] of tables) {
    const x = (a.tables[name] ?? []).map((row) => spell(row, columns)).sort();
    const y = (b.tables[name] ?? []).map((row) => spell(row, columns)).sort();
    if (x.length !== y.length || x.some((row, i) => row !== y[i])) return false;
  }
  return Object.entries(b.registers).every(([name, value]) => a.registers[name] === value);
}
