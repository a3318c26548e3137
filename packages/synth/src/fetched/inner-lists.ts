import type { Expr, Value } from '@backlot/protocol';
import type { Binding } from '../state/bindings.ts';
import type { ColumnModel, ItemsModel } from '../state/columns.ts';
import { shownCell } from '../state/columns.ts';
import { matchColumn } from '../state/join-columns.ts';
import type { Candidate } from '../state/join-lists.ts';
import type { Pair } from '../state/pairs.ts';
import { renamed } from '../state/renamed.ts';
import type { TableModel } from '../state/tables.ts';
import type { Instance } from '../template/pattern.ts';
import { commonest } from '../explain/commonest.ts';
import { heldCell, heldColumns } from './held.ts';

/** Share of occasions on which a list must show as many items as the record's list has. */
const nearly = 0.9;
/** Different lists that must have been shown. */
const fewest = 3;

type ListBinding = Candidate['binding'];

/** Places where a list is shown, each with the entries that the record's own list has then. */
type Entries = ReadonlyMap<Instance, readonly Value[]>;

const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);

/** Items with the entries that they show; null where they are not as many. */
function pairsOf({ list }: ItemsModel, entries: Entries): ReadonlyMap<Instance, Value> | null {
  const pairs = new Map<Instance, Value>();
  const lists = new Set<string>();
  let [right, all] = [0, 0];
  for (const [outer, held] of entries) {
    const items = list.items.get(outer) ?? [];
    if (!list.parent.nodes.has(outer) || (held.length === 0 && items.length === 0)) continue;
    all++;
    if (held.length !== items.length) continue;
    right++;
    lists.add(JSON.stringify(held));
    for (const [i, item] of items.entries()) pairs.set(item, held[i] as Value);
  }
  return lists.size >= fewest && right >= nearly * all ? pairs : null;
}

/** The parts of a list's entries, read off the items that show them. */
function partsOf(column: ColumnModel, pairs: ReadonlyMap<Instance, Value>): readonly ColumnModel[] {
  return (column.items?.columns ?? []).map(({ name, type }, i): ColumnModel => ({
    name,
    type,
    named: (item) => {
      const entry = pairs.get(item) ?? '';
      return isList(entry) ? (entry[i] ?? '') : entry;
    },
  }));
}

const isText = ({ type, source }: ColumnModel): boolean => type === 'text' && (source?.kind === 'text' || source?.kind === 'prose');

/** A list on a page as one that records hold: its texts are all told by the entries. Null where they are not. */
function asHeld(local: ItemsModel, column: ColumnModel, entries: Entries): ItemsModel | null {
  if (!local.columns.some(isText)) return null;
  const pairs = pairsOf(local, entries);
  if (!pairs) return null;
  const parts = partsOf(column, pairs);
  const table: TableModel = { name: '', columns: parts, bindings: [], recalled: true, fetched: true };
  const told = [...pairs.keys()].map((item): Pair => {
    const row = Object.fromEntries(parts.map((part) => [part.name, part.named?.(item) ?? '']));
    return { item, row, fresh: row };
  });
  const names = new Map<string, Expr>();
  for (const own of local.columns) {
    const expr = matchColumn(own, { table }, told);
    if (!expr && isText(own)) return null;
    names.set(own.name, expr ?? { lit: commonest(told.map(({ item }) => shownCell(own, item) ?? '')) });
  }
  return { list: local.list, columns: parts, shows: renamed(local.shows, names) };
}

/** Where records are shown: instances with the names of their records. */
export type Shown = readonly (readonly [Instance, string])[];

/** A list as a column that scripts hold of the records shown; null where it shows none. */
export function heldList(local: ItemsModel, table: TableModel, shown: Shown): ColumnModel | null {
  for (const column of heldColumns(table)) {
    if (!column.items) continue;
    const entries = new Map<Instance, readonly Value[]>();
    for (const [outer, name] of shown) {
      const cell = heldCell(table, column, { view: outer.view, name });
      if (isList(cell)) entries.set(outer, cell);
    }
    const items = asHeld(local, column, entries);
    if (items) return { name: column.name, type: 'list', items };
  }
  return null;
}

/** A page about one record with the lists on it that are the record's own, and these lists. */
function withInner(table: TableModel, binding: Binding, lists: readonly ListBinding[]): readonly [Binding, readonly ListBinding[]] {
  const { page, by } = binding;
  const shown = page.views.flatMap((view): Shown => {
    const outer = page.instanceOf.get(view);
    return outer ? [[outer, by?.nameAt(view) ?? '']] : [];
  });
  const found = lists
    .filter((local) => local.page === page)
    .flatMap((local) => {
      const column = heldList(local, table, shown);
      return column ? [{ local, column }] : [];
    });
  return [{ ...binding, columns: [...binding.columns, ...found.map(({ column }) => column)] }, found.map(({ local }) => local)];
}

/** Takes the lists of pages about one record into its table where they show a list of the record. Gives those taken. */
export function joinInner(tables: TableModel[], lists: readonly ListBinding[]): ReadonlySet<ListBinding> {
  const taken = new Set<ListBinding>();
  for (const [i, table] of tables.entries()) {
    const bindings = table.bindings.map((binding) => {
      if (!binding.by) return binding;
      const left = lists.filter((list) => !taken.has(list));
      const [made, mine] = withInner(table, binding, left);
      for (const list of mine) taken.add(list);
      return made;
    });
    tables[i] = { ...table, bindings };
  }
  return taken;
}
