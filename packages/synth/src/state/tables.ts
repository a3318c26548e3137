import type { Site } from '../pages/page-model.ts';
import type { PageModel } from '../pages/page-model.ts';
import { paramsOf } from '../pages/params.ts';
import type { Hole } from '../template/holes.ts';
import type { ListPattern } from '../template/pattern.ts';
import type { Binding } from './bindings.ts';
import { ownerColumns } from './owners.ts';
import type { ColumnModel } from './columns.ts';
import { itemColumns, listColumns } from './columns.ts';

export type { ColumnModel, ItemsModel } from './columns.ts';

/** Records of one kind, wherever pages show them. */
export interface TableModel {
  readonly name: string;
  readonly columns: readonly ColumnModel[];
  /** Column that names a record, where one does; records of other tables are known by their lineage. */
  readonly key?: string;
  /** Where pages show its records; the first is the list that the table was found in. */
  readonly bindings: readonly Binding[];
  /** True where no address shows the list whole: its records are put together from all that was seen. */
  readonly recalled: boolean;
  /** True where every list that shows its records shows all of them: a list that scripts keep, on whatever page. */
  readonly whole?: boolean;
  /** True for records that scripts hold: they are known whole as soon as the application sent them, whatever the page shows. */
  readonly fetched?: boolean;
  /** True for what a place offers that scripts open and close: its records never change. */
  readonly opened?: boolean;
}

/** The list that a table was found in. */
export function mainList(table: TableModel): Binding & { readonly list: ListPattern } {
  return table.bindings[0] as Binding & { readonly list: ListPattern };
}

/** One list's records as a table of their own. */
export function localTable(page: PageModel, list: ListPattern, placed: ReadonlySet<Hole>): Binding & { readonly list: ListPattern } {
  const holes = page.holes.filter((hole) => hole.frame === list.itemFrame);
  const own = itemColumns(holes, { placed, paramsAt: (view) => paramsOf(page, view) });
  const columns = [...own.columns, ...listColumns(page, list)];
  return { page, list, columns: [...columns, ...ownerColumns(page, list, columns)], shows: own.shows, rest: own.rest };
}

/** Makes a table of each list of records that is in no other list. */
export function localTables(site: Site, placed: ReadonlySet<Hole>): readonly (Binding & { readonly list: ListPattern })[] {
  return site.pages.flatMap((page) => page.pattern.lists.filter((list) => !list.frame.list).map((list) => localTable(page, list, placed)));
}
