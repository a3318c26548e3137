import type { Value } from '@backlot/protocol';
import { usualBy } from '../explain/commonest.ts';
import type { ColumnModel } from '../state/columns.ts';
import type { TableModel } from '../state/tables.ts';
import type { Hole } from '../template/holes.ts';
import type { View } from '../views.ts';
import { derivedFrom } from './derived.ts';
import { heldCell, heldColumns } from './held.ts';

/** Share of views on which a place must show what scripts hold of the record, and how many different values. */
const nearly = 0.93;
const fewest = 3;

/** What tells whose records a view shows, and which. */
export interface Naming {
  readonly nameAt: (view: View) => string;
  readonly accountOf: (session: number) => string;
}

/** True for what the account alone tells: it says nothing of any record. */
function isOfAccount({ values }: Hole, { accountOf }: Naming): boolean {
  const { right } = usualBy([...values].map(([{ view }, value]) => [accountOf(view.session), value] as const));
  return right >= nearly * values.size;
}

const textOf = (value: Value | undefined): string => (typeof value === 'string' ? value.trim() : '');

/** True where a text shows one of the columns as it is. */
function showsColumn(
  seen: readonly { readonly value: Value; readonly row: Readonly<Record<string, Value>> }[],
  { name, type }: ColumnModel,
): boolean {
  if (type !== 'text') return false;
  const right = seen.filter(({ value, row }) => textOf(value) === textOf(row[name]));
  return right.length >= nearly * seen.length && new Set(right.map(({ value }) => value)).size >= fewest;
}

/** Places of a page about one record that show what scripts hold of it, whatever else happens on the page. */
export function toldHoles(table: TableModel, holes: readonly Hole[], naming: Naming): ReadonlySet<Hole> {
  const { nameAt } = naming;
  const columns = heldColumns(table);
  const rows = new Map<View, Readonly<Record<string, Value>>>();
  const rowAt = (view: View): Readonly<Record<string, Value>> => {
    const known = rows.get(view);
    if (known) return known;
    const name = nameAt(view);
    const cells = columns.flatMap((column) => {
      const cell = heldCell(table, column, { view, name });
      return cell === undefined ? [] : [[column.name, cell] as const];
    });
    const row = Object.fromEntries(cells);
    rows.set(view, row);
    return row;
  };
  return new Set(
    holes.filter((hole) => {
      if (hole.frame.list || hole.values.size < fewest || isOfAccount(hole, naming)) return false;
      const seen = [...hole.values]
        .map(([{ view }, value]) => ({ value, row: rowAt(view) }))
        .filter(({ row }) => Object.keys(row).length > 0);
      if (seen.length < nearly * hole.values.size) return false;
      return columns.some((column) => showsColumn(seen, column)) || derivedFrom(seen, columns) !== null;
    }),
  );
}
