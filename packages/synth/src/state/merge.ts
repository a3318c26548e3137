import type { Expr, Value } from '@backlot/protocol';
import type { DeriveExample } from '../derive/derive.ts';
import { functions } from '@backlot/world';
import { derive } from '../derive/derive.ts';
import type { PageModel, Site } from '../pages/page-model.ts';
import type { Hole } from '../template/holes.ts';
import { changesInLoad, isOutOfSight, loadOf } from '../template/holes.ts';
import type { Instance, ListPattern } from '../template/pattern.ts';
import type { View } from '../views.ts';
import type { AddressJoining, AddressReading } from './address-tables.ts';
import { familiesOf, isTaken, takeAddressed } from './address-tables.ts';
import type { Binding } from './bindings.ts';
import { cellsOf, itemsOf, keyOf, paramsOf, presentColumns } from './bindings.ts';
import type { ColumnModel } from './columns.ts';
import { itemColumns, shownCell } from './columns.ts';
import { habit } from './habit.ts';
import { keyColumns } from './keys.ts';
import { renamed } from './renamed.ts';
import { listsByPlace, sharedColumns } from './shared-tables.ts';
import { isOpened, openedTable } from './opened-lists.ts';
import { isStill, stillTable } from './still-lists.ts';
import { versionAt, versionParams } from './versions.ts';
import { showsWhole, wholeSightings } from './whole-tables.ts';
import type { TableModel } from './tables.ts';
import { localTables } from './tables.ts';

type Row = Readonly<Record<string, Value>>;

/** What a table's pages showed of its records, by session and key, in the order of views. */
type Sightings = ReadonlyMap<string, readonly { readonly view: number; readonly row: Row }[]>;

function sightingsOf(bindings: readonly Binding[], key: string): Sightings {
  const seen = new Map<string, { view: number; row: Row }[]>();
  for (const binding of bindings) {
    for (const view of binding.page.views) {
      for (const item of itemsOf(binding, view) ?? []) {
        const name = `${view.session} ${keyOf(binding, key, item)}`;
        const list = seen.get(name) ?? [];
        list.push({ view: view.index, row: cellsOf(binding, item) });
        seen.set(name, list);
      }
    }
  }
  for (const list of seen.values()) list.sort((a, b) => a.view - b.view);
  return seen;
}

/** What was last known of a record when a view showed it. */
function knownAt(sightings: Sightings, name: string, view: number): Row | undefined {
  let known: Row | undefined;
  for (const sighting of sightings.get(name) ?? []) {
    if (sighting.view > view && known) break;
    known = known ? { ...known, ...sighting.row } : sighting.row;
  }
  return known;
}

interface Pair {
  readonly item: Instance;
  readonly row: Row;
  /** What the page right before showed of the record: nothing can have changed in between but by the step itself. */
  readonly fresh: Row;
}

/** What was shown of a record last before a view, or in it. */
function freshAt(sightings: Sightings, name: string, view: number): Row {
  const near = (sightings.get(name) ?? []).filter((sighting) => sighting.view <= view && sighting.view >= view - 1);
  return Object.assign({}, ...near.map(({ row }) => row)) as Row;
}

/** Items of a binding with what is known of their records from elsewhere. */
function pairsOf(binding: Binding, localKey: (item: Instance) => string, sightings: Sightings): readonly Pair[] {
  return binding.page.views.flatMap((view) =>
    (itemsOf(binding, view) ?? []).flatMap((item): Pair[] => {
      const name = `${view.session} ${localKey(item)}`;
      const row = knownAt(sightings, name, view.index);
      return row ? [{ item, row, fresh: freshAt(sightings, name, view.index) }] : [];
    }),
  );
}

/** Share of sightings on which a column must agree with another to be the same: what changed in between differs. */
const sameShare = 0.9;

/** The columns of a table that are candidates for what a local column shows, with how it shows them. */
function matchColumn(local: ColumnModel, { table, absent }: { table: TableModel; absent?: Value }, pairs: readonly Pair[]): Expr | null {
  const shown = pairs.flatMap(({ item, row, fresh }) => {
    const value = shownCell(local, item) ?? absent;
    return value === undefined ? [] : [{ value, row, fresh }];
  });
  if (new Set(shown.map(({ value }) => value)).size < 2) return null;
  for (const column of table.columns) {
    if (column.type !== local.type) continue;
    const common = shown.filter(({ row }) => row[column.name] !== undefined);
    if (common.length * 2 >= shown.length && agrees(common.map(({ value, row }) => ({ value, other: row[column.name] as Value })))) {
      return { col: column.name };
    }
    const fresh = shown.flatMap(({ value, fresh: { [column.name]: other } }) => (other === undefined ? [] : [{ value, other }]));
    if (fresh.length >= fewestFresh && agrees(fresh)) return { col: column.name };
  }
  return deriveColumn(shown, table);
}

/** Sightings right after each other that must agree for two columns to be one, whatever happened to the record in between others. */
const fewestFresh = 8;

function agrees(pairs: readonly { readonly value: Value; readonly other: Value }[]): boolean {
  const agree = pairs.filter(({ value, other }) => same(value, other));
  return new Set(agree.map(({ value }) => value)).size >= 2 && agree.length >= sameShare * pairs.length;
}

function same(a: Value, b: Value): boolean {
  return a === b || (typeof a === 'string' && typeof b === 'string' && a.trim() === b.trim());
}

/** Share of sightings on which a column must be known to derive another from it. */
const mostlyKnown = 0.8;
const mostExamples = 80;

function deriveColumn(shown: readonly { readonly value: Value; readonly row: Row }[], table: TableModel): Expr | null {
  if (new Set(shown.map(({ value }) => value)).size < 3) return null;
  const known = table.columns.filter(({ name }) => shown.filter(({ row }) => row[name] !== undefined).length >= mostlyKnown * shown.length);
  const inputs = known.flatMap(({ name, source, type }): Expr[] => [
    { col: name },
    ...(source?.kind === 'prose' ? [{ fn: 'plainText', args: [{ col: name }] }] : []),
    ...(type === 'list' ? [{ fn: 'firsts', args: [{ col: name }] }] : []),
  ]);
  const valueOf = (expr: Expr, row: Row): Value =>
    'fn' in expr
      ? (functions[expr.fn] as (a: Value) => Value)(row[(expr.args[0] as { col: string }).col] ?? null)
      : (row[(expr as { col: string }).col] ?? null);
  const examples = shown
    .filter(({ row }) => known.every(({ name }) => row[name] !== undefined))
    .slice(0, mostExamples)
    .map(({ value, row }): DeriveExample => ({ inputs: inputs.map((expr) => valueOf(expr, row)), output: value }));
  return derive(inputs, examples, { slack: 1 - sameShare, constantsAllowed: false })?.expr ?? null;
}

/** Takes a binding into a table: columns that agree are one, the others are new. */
function joined(table: TableModel, local: Binding, localKey: (item: Instance) => string): TableModel {
  const pairs = pairsOf(local, localKey, sightingsOf(table.bindings, table.key as string));
  const names = new Map<string, Expr>();
  const columns: ColumnModel[] = [];
  const all = [...table.columns];
  for (const column of local.columns) {
    const known = column.owner ? null : matchColumn(column, { table, ...(presentColumns(local).has(column.name) ? { absent: '' } : {}) }, pairs);
    if (known && 'col' in known) columns.push({ ...column, name: known.col });
    const name = column.owner ? column.name : `c${all.length}`;
    if (!known) {
      all.push({ ...column, name });
      columns.push({ ...column, name });
    }
    names.set(column.name, known ?? { col: name });
  }
  const shows = renamed(local.shows, names);
  return { ...table, columns: all, bindings: [...table.bindings, { ...local, columns, shows }] };
}

/** Share of values that must be known as names of a table's records. */
const mostly = 0.6;

function valuesOf(binding: Binding, column: ColumnModel): ReadonlySet<string> {
  const all = binding.page.views.flatMap((view) => itemsOf(binding, view) ?? []);
  return new Set(all.map((item) => String(shownCell(column, item) ?? '')).filter((value) => value !== ''));
}

/** True where enough of a record's other columns agree for the names to mean the same records. */
function confirms(table: TableModel, local: Binding, localKey: (item: Instance) => string): boolean {
  const pairs = pairsOf(local, localKey, sightingsOf(table.bindings, table.key as string));
  if (pairs.length < 2) return false;
  return local.columns.some((column) => {
    if (column.type !== 'text') return false;
    const shown = pairs.flatMap(({ item, row }) => {
      const value = shownCell(column, item);
      return typeof value === 'string' && value.trim() !== '' ? [{ value, row, name: localKey(item) }] : [];
    });
    return table.columns.some((other) => {
      const agree = shown.filter(({ value, row, name }) => value !== name && same(value, row[other.name] ?? null));
      return new Set(agree.map(({ value }) => value)).size >= 2 && agree.length >= mostly * shown.length;
    });
  });
}

interface Candidate {
  readonly binding: Binding & { readonly list: ListPattern };
  readonly keys: readonly ColumnModel[];
}

function joinList(tables: TableModel[], { binding, keys }: Candidate): boolean {
  for (const [i, table] of tables.entries()) {
    const known = table.bindings.flatMap((other) => {
      const column = other.columns.find(({ name }) => name === table.key);
      return column ? [...valuesOf(other, column)] : [];
    });
    const names = new Set(known);
    for (const key of keys) {
      const mine = valuesOf(binding, key);
      const shared = [...mine].filter((value) => names.has(value));
      if (shared.length < 2 || shared.length < mostly * mine.size) continue;
      const localKey = (item: Instance): string => String(shownCell(key, item) ?? '');
      if (!confirms(table, binding, localKey)) continue;
      tables[i] = joined(table, binding, localKey);
      return true;
    }
  }
  return false;
}

/** Holes of a whole page that hang on the record that its address names, not on what happened elsewhere. */
interface RecordNaming {
  readonly nameAt: (view: View) => string;
  readonly accountOf: (session: number) => string;
}

function usualShare(groups: readonly ReadonlyMap<Value, number>[]): number {
  const counts = groups.map((group) => [...group.values()]);
  const sum = (of: readonly number[]): number => of.reduce((total, count) => total + count, 0);
  return sum(counts.map((group) => Math.max(...group))) / sum(counts.flat());
}

function holesByRecord(holes: readonly Hole[], { nameAt, accountOf }: RecordNaming): readonly Hole[] {
  return holes.filter((hole) => {
    if (hole.frame.list || hole.kind === 'token' || (!hole.live && changesInLoad(hole))) return false;
    if (isOutOfSight(hole) && hole.name !== 'href') return false;
    const byKey = new Map<string, Map<Value, number>>();
    const loads = new Map<string, Set<string>>();
    for (const [{ view }, value] of hole.values) {
      const name = `${accountOf(view.session)} ${nameAt(view)}`;
      const counts = byKey.get(name) ?? new Map<Value, number>();
      byKey.set(name, counts.set(value, (counts.get(value) ?? 0) + 1));
      loads.set(name, (loads.get(name) ?? new Set<string>()).add(loadOf(view)));
    }
    if (hole.values.size === 0 || !differsInAccount(byKey)) return false;
    // What was seen once agrees with itself and tells nothing.
    const again = [...byKey].filter(([name]) => (loads.get(name) as ReadonlySet<string>).size > 1).map(([, counts]) => counts);
    const share = usualShare(again.length > 0 ? again : [...byKey.values()]);
    return share >= 0.7 && share >= habit(hole, nameAt);
  });
}

/** A record that a value named, and since which view of the session. */
interface Alias {
  readonly name: string;
  readonly since: number;
}

interface Aliases {
  readonly own: ReadonlyMap<string, readonly Alias[]>;
  /** Sessions of an account that saw a value name a record, by account, value and name. */
  readonly seen: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<number>>>;
}

/** Which records of a table a column's values name, session by session; null where records often share a value. */
function aliases(table: TableModel, column: string, accountOf: MergeInputs['accountOf']): Aliases | null {
  const own = new Map<string, Alias[]>();
  const seen = new Map<string, Map<string, Set<number>>>();
  let shared = 0;
  for (const binding of table.bindings) {
    for (const view of binding.page.views) {
      for (const item of itemsOf(binding, view) ?? []) {
        const value = cellsOf(binding, item)[column];
        const name = keyOf(binding, table.key as string, item);
        if (typeof value !== 'string' || value === '' || name === '') continue;
        const here = `${view.session} ${value}`;
        const list = own.get(here) ?? [];
        own.set(here, list);
        if (!list.some((alias) => alias.name === name)) {
          if (list.length === 1) shared++;
          list.push({ name, since: view.index });
        }
        const there = `${accountOf(view.session)} ${value}`;
        const names = seen.get(there) ?? new Map<string, Set<number>>();
        seen.set(there, names.set(name, (names.get(name) ?? new Set<number>()).add(view.session)));
      }
    }
  }
  return shared <= ambiguous * own.size ? { own, seen } : null;
}

/** The record that a value names in a view: one seen in the session before, else one that several sessions of the account know. */
function nameIn({ own, seen }: Aliases, value: string, { view, account }: { readonly view: View; readonly account: string }): string {
  const before = (own.get(`${view.session} ${value}`) ?? []).filter(({ since }) => since < view.index);
  if (before.length > 0) return (before.at(-1) as Alias).name;
  const names = [...(seen.get(`${account} ${value}`) ?? [])].filter(([, sessions]) => sessions.size > 1);
  return names.sort((a, b) => b[1].size - a[1].size)[0]?.[0] ?? '';
}

/** Share of values that may have named two records: names of what was deleted are given again. */
const ambiguous = 0.05;

/** True where two records of one account usually show different values. */
function differsInAccount(byKey: ReadonlyMap<string, ReadonlyMap<Value, number>>): boolean {
  const byAccount = new Map<string, Set<Value>>();
  for (const [name, counts] of byKey) {
    const account = name.slice(0, name.indexOf(' '));
    const usual = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
    byAccount.set(account, (byAccount.get(account) ?? new Set<Value>()).add(usual));
  }
  return [...byAccount.values()].some((values) => values.size > 1);
}

interface DetailSite {
  readonly page: PageModel;
  readonly param: string;
  readonly column: string;
}

/** A page as a place where a record is shown; null where its address names too few records. */
function detailBinding(table: TableModel, { page, param, column }: DetailSite, reading: DetailReading): Binding | null {
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
  const versions = isPath ? versionParams({ page, param, nameAt: (view) => (plain(view) === '' ? '' : `${accountOf(view.session)} ${plain(view)}`) }) : [];
  const nameAt = (view: View): string => (plain(view) === '' ? '' : `${plain(view)}${versionAt(versions, page, view)}`);
  const shared = page.views.filter((view) => nameAt(view) !== '');
  if (new Set(shared.map(valueAt)).size < 2 || new Set(shared.map(nameAt)).size < 2) return null;
  const within = page.holes.map(untouched).map((hole): Hole => ({
    ...hole,
    values: new Map([...hole.values].filter(([instance]) => nameAt(instance.view) !== '')),
  }));
  const own = itemColumns(holesByRecord(within, { nameAt, accountOf }), new Set());
  const by = { param, column, nameAt, ...(versions.length > 0 ? { versions } : {}) };
  const local: Binding = { page, by, columns: own.columns, shows: own.shows, rest: [] };
  return confirms(table, local, (item) => nameAt(item.view)) ? local : null;
}

type DetailReading = Pick<MergeInputs, 'accountOf' | 'untouched'>;

function joinDetail(tables: TableModel[], page: PageModel, reading: DetailReading): void {
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
    for (const { name: column, type } of table.columns) {
      const local = type === 'text' ? detailBinding(table, { ...site, column }, reading) : null;
      if (!local?.by) continue;
      tables[i] = joinNamed(table, local);
      return;
    }
  }
}

/** How a table came about. */
export interface MergeInputs extends AddressReading {
  readonly site: Site;
  readonly placed: ReadonlySet<Hole>;
  /** True where a list's records are better known by their lineage on the page than by a name. */
  readonly byLineage: (binding: Binding) => boolean;
}

/** Takes a page about records of a table into it. */
const joinNamed = (table: TableModel, local: Binding): TableModel => joined(table, local, (item) => local.by?.nameAt(item.view) ?? '');

/** A list that scripts keep and several pages show: what it shows is all there is, whatever the address. */
function wholeTable(group: readonly Candidate[]): TableModel | null {
  const shared = sharedColumns(group.map(({ binding }) => binding));
  const [key] = group.flatMap(({ keys }) => keys);
  if (!key) return null;
  return { name: '', columns: shared.columns, key: key.name, bindings: shared.bindings, recalled: true, whole: true };
}

/** Takes into whole tables the lists of other pages that show just their records. */
function joinWholes(tables: TableModel[], candidates: readonly Candidate[]): ReadonlySet<Candidate> {
  const taken = new Set<Candidate>();
  for (const candidate of candidates) {
    const { binding } = candidate;
    const texts = binding.columns.filter(({ type, owner, source }) => type === 'text' && !owner && source?.kind === 'text');
    for (const [i, table] of tables.entries()) {
      const seen = wholeSightings(table.bindings, table.key as string);
      const key = texts.find((column) => showsWhole(binding, column, seen));
      if (!key) continue;
      const named: Binding = { ...binding, columns: [...binding.columns.filter((column) => column !== key), key] };
      tables[i] = joined(table, named, (item) => String(shownCell(key, item) ?? '').trim());
      taken.add(candidate);
      break;
    }
  }
  return taken;
}

/** Finds the tables of an application: lists of records, joined where they show the same ones. */
export function tablesOf({ site, placed, byLineage, ...reading }: MergeInputs): readonly TableModel[] {
  const tables: TableModel[] = [];
  const groups = listsByPlace(localTables(site, placed)).map((group) =>
    group.map((binding): Candidate => ({ binding, keys: keyColumns(binding) })),
  );
  const wholes: TableModel[] = [];
  const rest: Candidate[] = [];
  for (const group of groups) {
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
  tables.push(...wholes);
  for (const { binding, keys } of candidates) {
    if (keys.length > 0) continue;
    if (isOpened(binding)) tables.push(openedTable(binding));
    else if (!byLineage(binding) && isStill(binding)) tables.push(stillTable(binding));
    else tables.push({ name: '', columns: binding.columns, bindings: [binding], recalled: false });
  }
  return tables.map((table, i) => ({ ...table, name: `t${i}` }));
}
