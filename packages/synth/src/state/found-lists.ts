import type { Instance } from '../template/pattern.ts';
import type { AddressReading } from './address-tables.ts';
import { aliases, nameIn } from './aliases.ts';
import type { Binding } from './bindings.ts';
import type { ColumnModel } from './columns.ts';
import { shownCell } from './columns.ts';
import { joined } from './join-columns.ts';
import { valuesOf, type Candidate } from './join-lists.ts';
import { sharedColumns } from './shared-tables.ts';
import type { TableModel } from './tables.ts';
import { areKept } from './whole-tables.ts';

interface Called {
  readonly binding: Binding;
  /** The column that says what the records are called. */
  readonly caller: ColumnModel;
}

/** Lists of one place with what they call their records; none where some of them do not say it. */
function calledAlike(group: readonly Candidate[]): readonly Called[] {
  const { bindings } = sharedColumns(group.map(({ binding }) => binding));
  const [key] = group.flatMap(({ keys }) => keys);
  const called = bindings.flatMap((binding): Called[] => {
    const caller = binding.columns.find(({ name }) => name === key?.name);
    return caller ? [{ binding, caller }] : [];
  });
  return called.length === bindings.length ? called : [];
}

/** True for lists that scripts put together anew each time: what a field suggests. None of their records is their own. */
export function areFound(group: readonly Candidate[]): boolean {
  const called = calledAlike(group);
  const [bindings, callers] = [called.map(({ binding }) => binding), called.map(({ caller }) => caller)];
  return called.length > 0 && !areKept(bindings, callers);
}

/** Share of what lists show that must be known of a table's records. */
const mostly = 0.6;
const fewest = 2;

interface Alike {
  readonly table: TableModel;
  readonly index: number;
  /** The table's column that holds what the lists call their records. */
  readonly column: string;
}

/** The table whose records the lists call by one of their columns. */
function tableOf(tables: readonly TableModel[], names: ReadonlySet<string>): Alike | null {
  for (const [index, table] of tables.entries()) {
    if (table.key === undefined) continue;
    for (const { name, type } of table.columns) {
      if (type !== 'text') continue;
      const known = new Set(
        table.bindings.flatMap((other) => other.columns.filter((own) => own.name === name).flatMap((own) => [...valuesOf(other, own)])),
      );
      const shared = [...names].filter((value) => known.has(value)).length;
      if (shared >= fewest && shared >= mostly * names.size) return { table, index, column: name };
    }
  }
  return null;
}

/**
 * Takes lists that are found anew each time into the table whose records they show, by what these are called; false where there is
 * none. `group` tells the lists that are found alike.
 */
export function joinFound(
  tables: TableModel[],
  candidates: readonly Candidate[],
  { accountOf, group }: Pick<AddressReading, 'accountOf'> & { group: number },
): boolean {
  const called = calledAlike(candidates);
  const names = new Set(called.flatMap(({ binding, caller }) => [...valuesOf(binding, caller)]));
  const alike = tableOf(tables, names);
  const known = alike && aliases(alike.table, alike.column, accountOf);
  if (!alike || !known) return false;
  let { table } = alike;
  for (const { binding, caller } of called) {
    const named = (item: Instance): string =>
      nameIn(known, String(shownCell(caller, item) ?? ''), { view: item.view, account: accountOf(item.view.session) });
    const local = joined(table, { ...binding, found: group } as Binding, named);
    const mine = local.bindings.at(-1) as Binding;
    const own: ColumnModel = { name: table.key as string, type: 'text', named };
    const columns = [...mine.columns.filter(({ name }) => name !== table.key), own];
    table = { ...local, bindings: [...local.bindings.slice(0, -1), { ...mine, columns }] };
  }
  tables[alike.index] = table;
  return true;
}
