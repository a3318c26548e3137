import type { Site } from '../pages/page-model.ts';
import type { Hole } from '../template/holes.ts';
import type { AddressJoining, AddressReading } from './address-tables.ts';
import { familiesOf, takeAddressed } from './address-tables.ts';
import type { Binding } from './bindings.ts';
import type { ColumnModel } from './columns.ts';
import type { Candidate } from './join-lists.ts';
import { areFound, joinFound } from './found-lists.ts';
import { joinList, joinWholes, wholeTable } from './join-lists.ts';
import { detailBinding, joinDetail, joinNamed } from './join-pages.ts';
import { keyColumns } from './keys.ts';
import { isOpened, openedTable } from './opened-lists.ts';
import { listsByPlace } from './shared-tables.ts';
import { isStill, stillTable } from './still-lists.ts';
import type { TableModel } from './tables.ts';
import { localTables } from './tables.ts';

/** How a table came about. */
export interface MergeInputs extends AddressReading {
  readonly site: Site;
  readonly placed: ReadonlySet<Hole>;
  /** True where a list's records are better known by their lineage on the page than by a name. */
  readonly byLineage: (binding: Binding) => boolean;
}

/** Finds the tables of an application: lists of records, joined where they show the same ones. */
export function tablesOf({ site, placed, byLineage, ...reading }: MergeInputs): readonly TableModel[] {
  const tables: TableModel[] = [];
  const groups = listsByPlace(localTables(site, placed)).map((group) =>
    group.map((binding): Candidate => ({ binding, keys: keyColumns(binding) })),
  );
  const wholes: TableModel[] = [];
  const rest: Candidate[] = [];
  const found: (readonly Candidate[])[] = [];
  for (const group of groups) {
    if (group.some(({ binding }) => byLineage(binding)) && areFound(group)) {
      found.push(group);
      continue;
    }
    const whole = group.length > 1 && group.some(({ binding }) => byLineage(binding)) ? wholeTable(group) : null;
    if (whole) wholes.push(whole);
    else rest.push(...group);
  }
  const taken = joinWholes(wholes, rest);
  const candidates = rest
    .filter((candidate) => !taken.has(candidate))
    .map(({ binding, keys }): Candidate => ({ binding, keys: byLineage(binding) ? [] : keys }));
  const keyed = candidates
    .filter(({ keys }) => keys.length > 0)
    .toSorted((a, b) => b.binding.list.itemFrame.instances.length - a.binding.list.itemFrame.instances.length);
  for (const candidate of keyed) {
    if (joinList(tables, candidate)) continue;
    const { binding, keys } = candidate;
    tables.push({ name: '', columns: binding.columns, key: (keys[0] as ColumnModel).name, bindings: [binding], recalled: true });
  }
  const agrees: AddressJoining['agrees'] = (table, page, param) =>
    table.key !== undefined && detailBinding(table, { page, param, column: table.key }, reading) !== null;
  const addressed = { ...reading, join: joinNamed, agrees };
  const families = Map.groupBy(familiesOf(site), ({ pages }) => pages.length > 1);
  takeAddressed(tables, families.get(true) ?? [], addressed);
  for (const page of site.pages) joinDetail(tables, page, reading);
  takeAddressed(tables, families.get(false) ?? [], addressed);
  const own = found.filter((group, i) => !joinFound(tables, group, { ...reading, group: i })).flat();
  tables.push(...wholes);
  for (const { binding, keys } of [...candidates, ...own.map(({ binding }): Candidate => ({ binding, keys: [] }))]) {
    if (keys.length > 0) continue;
    if (isOpened(binding)) tables.push(openedTable(binding));
    else if (!byLineage(binding) && isStill(binding)) tables.push(stillTable(binding));
    else tables.push({ name: '', columns: binding.columns, bindings: [binding], recalled: false });
  }
  return tables.map((table, i) => ({ ...table, name: `t${i}` }));
}
