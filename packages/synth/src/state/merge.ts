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
import { joinInner } from '../fetched/inner-lists.ts';
import { joinFetched } from '../fetched/join.ts';
import { joinNested, withoutNested } from '../fetched/nested.ts';
import { listsByPlace } from './shared-tables.ts';
import { isStill, stillTable } from './still-lists.ts';
import type { TableModel } from './tables.ts';
import { localTables } from './tables.ts';

/** How a table came about. */
export interface MergeInputs extends AddressReading {
  readonly site: Site;
  readonly placed: ReadonlySet<Hole>;
  /** Tables of the records that scripts hold. */
  readonly fetched: readonly TableModel[];
  /** True where a list's records are better known by their lineage on the page than by a name. */
  readonly byLineage: (binding: Binding) => boolean;
}

interface Sorted {
  /** Lists that scripts keep over several pages. */
  readonly wholes: readonly TableModel[];
  /** Lists at one place that scripts put together anew each time. */
  readonly found: readonly (readonly Candidate[])[];
  readonly rest: readonly Candidate[];
}

function sorted(groups: readonly (readonly Candidate[])[], byLineage: MergeInputs['byLineage']): Sorted {
  const [wholes, found, rest]: [TableModel[], (readonly Candidate[])[], Candidate[]] = [[], [], []];
  for (const group of groups) {
    const isScripted = group.some(({ binding }) => byLineage(binding));
    const isFound = isScripted && areFound(group);
    const whole = isScripted && !isFound && group.length > 1 ? wholeTable(group) : null;
    if (isFound) found.push(group);
    else if (whole) wholes.push(whole);
    else rest.push(...group);
  }
  return { wholes, found, rest };
}

/** The table of a list whose records nothing names. */
function namelessTable(binding: Candidate['binding'], byLineage: MergeInputs['byLineage']): TableModel {
  if (isOpened(binding)) return openedTable(binding);
  if (!byLineage(binding) && isStill(binding)) return stillTable(binding);
  return { name: '', columns: binding.columns, bindings: [binding], recalled: false };
}

/** The lists of all pages by their place, without those that show records which scripts hold: these are taken into their tables. */
function candidatesOf(
  tables: TableModel[],
  { site, placed, reading }: Pick<MergeInputs, 'site' | 'placed'> & { readonly reading: AddressReading },
): readonly (readonly Candidate[])[] {
  const locals = localTables(site, placed);
  if (tables.length === 0) return listsByPlace(locals).map((group) => group.map(candidateOf));
  for (const page of site.pages) joinDetail(tables, page, reading);
  const inner = joinInner(tables, locals);
  const rest = locals.filter((local) => !inner.has(local) && !joinFetched(tables, local));
  const nested = joinNested(tables, { site, placed, lists: locals });
  return listsByPlace(rest.map((local) => withoutNested(local, nested))).map((group) => group.map(candidateOf));
}

const candidateOf = (binding: Candidate['binding']): Candidate => ({ binding, keys: keyColumns(binding) });

/** Finds the tables of an application: lists of records, joined where they show the same ones. */
export function tablesOf({ site, placed, fetched, byLineage, ...reading }: MergeInputs): readonly TableModel[] {
  const tables: TableModel[] = [...fetched];
  const groups = candidatesOf(tables, { site, placed, reading });
  const { found, rest, ...scripted } = sorted(groups, byLineage);
  const wholes = [...scripted.wholes];
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
  const nameless = found.filter((group, i) => !joinFound(tables, group, { ...reading, group: i })).flat();
  tables.push(...wholes);
  const others = [...candidates.filter(({ keys }) => keys.length === 0), ...nameless];
  tables.push(...others.map(({ binding }) => namelessTable(binding, byLineage)));
  return tables.map((table, i) => ({ ...table, name: `t${i}` }));
}
