import type { Candidate } from '../state/join-lists.ts';
import type { Binding } from '../state/bindings.ts';
import { itemsOf } from '../state/bindings.ts';
import type { ColumnModel } from '../state/columns.ts';
import { cellOf, shownCell } from '../state/columns.ts';
import { confirms, joined } from '../state/join-columns.ts';
import { heldColumns } from './held.ts';
import type { Shown } from './inner-lists.ts';
import { heldList } from './inner-lists.ts';
import type { TableModel } from '../state/tables.ts';
import type { Instance } from '../template/pattern.ts';
import type { View } from '../views.ts';

/** Share of a list's items that must say what a column of records that scripts hold at that time says. */
const nearly = 0.95;
/** Share of items whose text may be that of several records. */
const mostAmbiguous = 0.1;
/** Different records that a list must show. */
const fewest = 2;
/** Shorter texts, and mere numbers, are the same by chance. */
const longEnough = 4;

const textOf = (column: ColumnModel, item: Instance): string => String(shownCell(column, item) ?? '').trim();

/** Names of the records that a column's texts stand for, view by view. */
type Index = (view: View) => ReadonlyMap<string, readonly string[]>;

function indexOf(table: TableModel, column: ColumnModel): Index {
  const known = new Map<View, ReadonlyMap<string, readonly string[]>>();
  const bindings = table.bindings.filter(({ isFetched }) => isFetched === true);
  const read = (view: View): ReadonlyMap<string, readonly string[]> => {
    const names = new Map<string, string[]>();
    for (const binding of bindings) {
      const [key, own] = [table.key, column.name].map((name) => binding.columns.find((other) => other.name === name));
      for (const item of itemsOf(binding, view) ?? []) {
        const text = textOf(own as ColumnModel, item);
        if (text !== '') names.set(text, [...(names.get(text) ?? []), String(cellOf(key as ColumnModel, item))]);
      }
    }
    return names;
  };
  return (view) => {
    const found = known.get(view) ?? read(view);
    known.set(view, found);
    return found;
  };
}

/** The records that a list's items show, told by a column of theirs; null where it shows others. */
function namesBy(binding: Binding, column: ColumnModel, index: Index): ReadonlyMap<Instance, string> | null {
  const names = new Map<Instance, string>();
  let [all, ambiguous] = [0, 0];
  for (const view of binding.page.views) {
    const used = new Set<string>();
    for (const item of itemsOf(binding, view) ?? []) {
      all++;
      const known = index(view).get(textOf(column, item)) ?? [];
      if (known.length > 1) ambiguous++;
      const name = known.find((other) => !used.has(other));
      if (name === undefined) continue;
      used.add(name);
      names.set(item, name);
    }
  }
  return names.size >= nearly * all && ambiguous <= mostAmbiguous * all && new Set(names.values()).size >= fewest ? names : null;
}

/** True for texts that nothing else says by chance. */
function areNames(binding: Binding, column: ColumnModel): boolean {
  const texts = binding.page.views.flatMap((view) => (itemsOf(binding, view) ?? []).map((item) => textOf(column, item)));
  return texts.every((text) => text.length >= longEnough && /\p{L}/u.test(text));
}

function bindingBy(table: TableModel, binding: Binding): readonly [Binding, ReadonlyMap<Instance, string>] | null {
  const texts = binding.columns.filter(({ type, owner, source }) => type === 'text' && !owner && source !== undefined);
  const own = heldColumns(table).filter(({ type }) => type === 'text');
  const ordered = own.toSorted((a, b) => Number(b.name === table.key) - Number(a.name === table.key));
  for (const column of ordered) {
    const index = indexOf(table, column);
    for (const text of texts) {
      const names = namesBy(binding, text, index);
      if (names && (areNames(binding, text) || confirms(table, binding, (item) => names.get(item) ?? ''))) return [binding, names];
    }
  }
  return null;
}

/** A list in a list's items as one that the records hold; null where it is none. */
const ownList = (table: TableModel, { items }: ColumnModel, shown: Shown): ColumnModel | null =>
  items ? heldList(items, table, shown) : null;

/** Takes a list into the table of the records that scripts hold, where it shows some of them; false where it does not. */
export function joinFetched(tables: TableModel[], binding: Candidate['binding']): boolean {
  if (!binding.list.frame.list && binding.columns.some(({ owner }) => owner !== undefined)) return false;
  for (const [i, table] of tables.entries()) {
    if (table.fetched !== true) continue;
    const found = bindingBy(table, binding);
    if (!found) continue;
    const named = (item: Instance): string => found[1].get(item) ?? '';
    const lists = new Map(binding.columns.flatMap((column) => [[column, ownList(table, column, [...found[1]])] as const]));
    const rest = binding.columns.filter((column) => !lists.get(column));
    const local = joined(table, { ...binding, columns: rest }, named);
    const mine = local.bindings.at(-1) as Binding;
    const key: ColumnModel = { name: table.key as string, type: 'text', named };
    const inner = [...lists.values()].filter((column) => column !== null);
    const columns = [...mine.columns.filter(({ name }) => name !== table.key), ...inner, key];
    tables[i] = { ...local, bindings: [...local.bindings.slice(0, -1), { ...mine, columns }] };
    return true;
  }
  return false;
}
