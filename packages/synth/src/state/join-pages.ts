import type { PageModel } from '../pages/page-model.ts';
import type { Hole } from '../template/holes.ts';
import type { View } from '../views.ts';
import type { AddressReading } from './address-tables.ts';
import { isTaken } from './address-tables.ts';
import { aliases, nameIn } from './aliases.ts';
import type { Binding } from './bindings.ts';
import { paramsOf } from '../pages/params.ts';
import { itemColumns } from './columns.ts';
import { confirms, joined } from './join-columns.ts';
import { holesByRecord } from './record-holes.ts';
import { toldHoles } from '../fetched/told-holes.ts';
import type { TableModel } from './tables.ts';
import { versionAt, versionParams } from './versions.ts';

/** Share of a page's views whose query must give the parameter. */
const mostly = 0.6;

interface DetailSite {
  readonly page: PageModel;
  readonly param: string;
  readonly column: string;
}

/** A page as a place where a record is shown; null where its address names too few records. */
export function detailBinding(table: TableModel, { page, param, column }: DetailSite, reading: DetailReading): Binding | null {
  const { accountOf, untouched } = reading;
  const names = aliases(table, column, accountOf);
  if (!names) return null;
  const valueAt = (view: View): string => paramsOf(page, view)[param] ?? '';
  // A path that holds the very name of a record is about it, seen before or not.
  const isPath = column === table.key && page.routes.some((route) => route.includes(`:${param}`));
  const plain = (view: View): string => {
    const value = valueAt(view);
    return value === '' || isPath ? value : nameIn(names, value, { view, account: accountOf(view.session) });
  };
  const versions = isPath
    ? versionParams({ page, param, nameAt: (view) => (plain(view) === '' ? '' : `${accountOf(view.session)} ${plain(view)}`) })
    : [];
  const nameAt = (view: View): string => (plain(view) === '' ? '' : `${plain(view)}${versionAt(versions, page, view)}`);
  const shared = page.views.filter((view) => nameAt(view) !== '');
  if (new Set(shared.map(valueAt)).size < 2 || new Set(shared.map(nameAt)).size < 2) return null;
  const within = page.holes.map(untouched).map((hole): Hole => ({
    ...hole,
    values: new Map([...hole.values].filter(([instance]) => nameAt(instance.view) !== '')),
  }));
  const byRecord = new Set(holesByRecord(within, { nameAt, accountOf }));
  const told = table.fetched === true ? toldHoles(table, within, { nameAt, accountOf }) : new Set<Hole>();
  const mine = within.filter((hole) => byRecord.has(hole) || told.has(hole));
  const own = itemColumns(mine, { paramsAt: (view) => paramsOf(page, view) });
  const by = { param, column, nameAt, ...(versions.length > 0 ? { versions } : {}) };
  const local: Binding = { page, by, columns: own.columns, shows: own.shows, rest: [] };
  return confirms(table, local, (item) => nameAt(item.view)) ? local : null;
}

type DetailReading = Pick<AddressReading, 'accountOf' | 'untouched'>;

/** Takes a page into the tables whose records its address names. */
export function joinDetail(tables: TableModel[], page: PageModel, reading: DetailReading): void {
  const params = new Set(page.views.flatMap((view) => Object.keys(paramsOf(page, view))));
  for (const param of [...params].sort()) {
    if (isTaken(tables, page, param)) continue;
    const values = page.views.map((view) => paramsOf(page, view)[param] ?? '');
    const given = values.filter((value) => value !== '').length;
    const isPart = page.routes.some((route) => route.includes(`:${param}`));
    if (new Set(values).size > 1 && (isPart || given >= mostly * values.length)) joinParam(tables, { page, param }, reading);
  }
}

function joinParam(tables: TableModel[], site: Omit<DetailSite, 'column'>, reading: DetailReading): void {
  for (const [i, table] of tables.entries()) {
    const columns = table.fetched === true ? table.columns.filter(({ name }) => name === table.key) : table.columns;
    for (const { name: column, type } of columns) {
      const local = type === 'text' ? detailBinding(table, { ...site, column }, reading) : null;
      if (!local?.by) continue;
      tables[i] = joinNamed(table, local);
      return;
    }
  }
}

/** Takes a page about records of a table into it. */
export const joinNamed = (table: TableModel, local: Binding): TableModel =>
  joined(table, local, (item) => local.by?.nameAt(item.view) ?? '');
