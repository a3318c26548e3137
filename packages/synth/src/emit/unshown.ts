import type { Row, World } from '@backlot/protocol';
import type { TableModel } from '../state/tables.ts';

/** Columns of fetched records that no page shows and no rule reads or sets, by table. */
function unshownIn({ pages, rules }: World, tables: readonly TableModel[]): ReadonlyMap<string, ReadonlySet<string>> {
  const spelled = JSON.stringify([pages.map(({ template }) => template), rules]);
  const isUsed = (name: string): boolean => spelled.includes(`"${name}"`);
  const unshown = tables
    .filter(({ fetched }) => fetched === true)
    .map(({ name, key, columns, bindings }) => {
      const held = bindings.flatMap((binding) => (binding.isFetched ? binding.columns.map((column) => column.name) : []));
      const own = new Set(held);
      const names = columns.map((column) => column.name).filter((column) => own.has(column) && column !== key && !isUsed(column));
      return [name, new Set(names)] as const;
    });
  return new Map(unshown);
}

function without(row: Row, gone: ReadonlySet<string>): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !gone.has(name))) as Row;
}

/** The world without what the application sent of its records but no page shows: a clone says no more than the application shows. */
export function withoutUnshown(world: World, models: readonly TableModel[]): World {
  const unshown = unshownIn(world, models);
  if ([...unshown.values()].every(({ size }) => size === 0)) return world;
  const goneOf = (table: string): ReadonlySet<string> => unshown.get(table) ?? new Set();
  const tables = world.tables.map((table) => ({ ...table, columns: table.columns.filter(({ name }) => !goneOf(table.name).has(name)) }));
  const seeds = Object.entries(world.seeds).map(([account, seed]) => {
    const rows = Object.entries(seed.tables).map(([name, all]) => [name, all.map((row) => without(row, goneOf(name)))] as const);
    return [account, { ...seed, tables: Object.fromEntries(rows) }] as const;
  });
  return { ...world, tables, seeds: Object.fromEntries(seeds) };
}
