import type { Expr, Value } from '@backlot/protocol';
import type { PageModel } from '../pages/page-model.ts';
import type { Hole } from '../template/holes.ts';
import type { Instance, ListPattern } from '../template/pattern.ts';
import type { View } from '../views.ts';
import type { ColumnModel } from './columns.ts';
import { cellOf, shownCell } from './columns.ts';

/** A place where pages show records of a table: the items of a list, or a page that is about one record. */
export interface Binding {
  readonly page: PageModel;
  /** The list; absent where the page as a whole shows one record. */
  readonly list?: ListPattern;
  /** Number of the lists that are put together anew each time by what a field holds, where this is one of them. */
  readonly found?: number;
  /** True where no page shows the records here, but scripts hold them. */
  readonly isFetched?: true;
  /** How the address names the record, where the page is about one. */
  readonly by?: RecordAddress;
  /** How the table's columns are read here; a column that is not shown here is absent. */
  readonly columns: readonly ColumnModel[];
  /** What holes show, in terms of columns. */
  readonly shows: ReadonlyMap<Hole, Expr>;
  /** Holes of the items that no column explains by itself. */
  readonly rest: readonly Hole[];
}

/** A parameter of the address that holds what a column of the record holds. */
export interface RecordAddress {
  readonly param: string;
  readonly column: string;
  /** Name of the record that a view's address leads to; empty where it is not known. */
  readonly nameAt: (view: View) => string;
  /** Further parameters that choose which version of the record is shown; each version is a record of its own. */
  readonly versions?: readonly string[];
  /** The record that an address without the parameter leads to. */
  readonly otherwise?: string;
  /** The value of the first mode under which the page shows the record so; whatever it is where absent. */
  readonly mode?: Value;
}

/** Occurrences of the binding's records in a view, in order; undefined where the view is of another page. */
export function itemsOf(binding: Binding, view: View): readonly Instance[] | undefined {
  const outer = binding.page.instanceOf.get(view);
  if (!outer) return undefined;
  if (binding.by && binding.by.nameAt(view) === '') return undefined;
  return binding.list ? itemsWithin(binding.list, outer) : [outer];
}

/** The items of a list on a page, whatever lists it stands in. */
export function itemsWithin(list: ListPattern, page: Instance): readonly Instance[] {
  const outer = list.frame.list;
  if (!outer) return list.items.get(page) ?? [];
  return itemsWithin(outer, page).flatMap((item) => list.items.get(item) ?? []);
}

/** What names the record of an item, in a table with the given key column. */
export function keyOf(binding: Binding, key: string, item: Instance): string {
  if (binding.by) return binding.by.nameAt(item.view);
  const column = binding.columns.find((candidate) => candidate.name === key);
  return column ? String(cellOf(column, item)) : '';
}

const ownPresence = new WeakMap<Binding, ReadonlySet<string>>();

/** Columns that say themselves whether their part of the page is there: where it is not, they are blank. */
export function presentColumns(binding: Binding): ReadonlySet<string> {
  const known = ownPresence.get(binding);
  if (known) return known;
  const shown = [...binding.shows.values()].map((expr) => JSON.stringify(expr));
  const isTold = (name: string): boolean => {
    const blank = JSON.stringify({ fn: 'isBlank', args: [{ col: name }] });
    return shown.some((spelling) => spelling.includes(blank));
  };
  const made = new Set(binding.columns.map(({ name }) => name).filter(isTold));
  ownPresence.set(binding, made);
  return made;
}

/** Cells that an item shows, by column. */
export function cellsOf(binding: Binding, item: Instance): Readonly<Record<string, Value>> {
  const cells: Record<string, Value> = {};
  const told = presentColumns(binding);
  for (const column of binding.columns) {
    const shown = shownCell(column, item);
    const value = shown ?? (told.has(column.name) ? '' : shown);
    if (value !== undefined) cells[column.name] = value;
  }
  return cells;
}
