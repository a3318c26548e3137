import type { Effect, State, World } from '@backlot/protocol';
import type { Scope } from '@backlot/world';
import { applyEffects } from '@backlot/world';
import { isSerial } from '../state/columns.ts';
import type { TableModel } from '../state/tables.ts';

/** The least of a world that effects need. */
function effectWorld(tables: readonly TableModel[]): World {
  return {
    v: 1,
    app: '',
    viewport: { width: 0, height: 0 },
    start: '/',
    defaultAccount: '',
    tables: tables.map((table) => ({
      name: table.name,
      columns: table.columns.map((column) => ({
        name: column.name,
        type: column.type,
        scope: 'server',
        initial: column.type === 'boolean' ? false : '',
      })),
    })),
    registers: [],
    seeds: {},
    pages: [],
    rules: [],
    styles: [],
    css: [],
    exceptions: [],
  };
}

/** The state that effects lead to. */
export function outcomeOf(effects: readonly Effect[], scope: Scope, tables: readonly TableModel[]): State {
  return applyEffects(effects, scope, { world: effectWorld(tables), page: undefined }).state;
}

/** Tables that pages show whole; of the others, what was not in sight is anybody's guess. */
export function knownTables(tables: readonly TableModel[]): ReadonlyMap<string, ReadonlySet<string>> {
  const own = (table: TableModel): ReadonlySet<string> =>
    new Set(table.columns.filter((column) => !isSerial(column)).map((column) => column.name));
  return new Map(tables.filter((table) => !table.recalled).map((table) => [table.name, own(table)]));
}
