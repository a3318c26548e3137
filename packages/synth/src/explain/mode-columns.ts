import type { Value } from '@backlot/protocol';
import type { TableModel } from '../state/tables.ts';
import { cellOf } from '../state/tables.ts';
import { itemsIn } from '../state/whole-lists.ts';
import type { Instance } from '../template/pattern.ts';
import type { View } from '../views.ts';
import type { RegisterModel } from './registers.ts';

/** Columns whose cells depend on who looks: each has a second column for when the mode is off. */
export interface ModeColumns {
  readonly mode: string;
  readonly columns: ReadonlySet<string>;
}

/** Name of the column that holds what is shown when the mode is off. */
export function offColumn(name: string): string {
  return `${name}_0`;
}

/** Share of records seen in both modes that must look different in a column. */
const differing = 0.2;

interface Looks {
  readonly on: Set<Value>;
  readonly off: Set<Value>;
}

function collect(
  table: TableModel,
  mode: RegisterModel,
  nameOf: (item: Instance) => string,
): ReadonlyMap<string, ReadonlyMap<string, Looks>> {
  const byColumn = new Map(table.columns.map((column) => [column.name, new Map<string, Looks>()]));
  const put = (view: View, item: Instance): void => {
    for (const column of table.columns) {
      const records = byColumn.get(column.name) as Map<string, Looks>;
      const looks = records.get(nameOf(item)) ?? { on: new Set<Value>(), off: new Set<Value>() };
      looks[mode.values.get(view) === true ? 'on' : 'off'].add(cellOf(column, item));
      records.set(nameOf(item), looks);
    }
  };
  for (const view of table.page.views) for (const item of itemsIn(table, view) ?? []) put(view, item);
  return byColumn;
}

function differs(records: ReadonlyMap<string, Looks>): boolean {
  const both = [...records.values()].filter(({ on, off }) => on.size > 0 && off.size > 0);
  const different = both.filter(({ on, off }) => ![...off].some((value) => on.has(value)));
  return both.length > 0 && different.length >= differing * both.length;
}

/** Finds the columns of a list that show the same record differently in the two modes. */
export function modeColumns(table: TableModel, mode: RegisterModel, nameOf: (item: Instance) => string): ModeColumns {
  const byColumn = collect(table, mode, nameOf);
  return { mode: mode.name, columns: new Set([...byColumn].filter(([, records]) => differs(records)).map(([name]) => name)) };
}
