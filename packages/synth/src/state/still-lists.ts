import { loadOf } from '../template/holes.ts';
import type { Instance } from '../template/pattern.ts';
import type { Binding } from './bindings.ts';
import { itemsOf } from './bindings.ts';
import type { ColumnModel } from './columns.ts';
import { cellOf, isSeen } from './columns.ts';
import type { TableModel } from './tables.ts';

/** Share of page lives in which a list may change all the same: recorders catch pages in the middle of being made. */
const caught = 0.02;

/** A column that holds all that an item says, and whose it is: what names a record that nothing else names. */
export function wholeColumn(columns: readonly ColumnModel[]): ColumnModel {
  const said = columns.filter((column) => column.type === 'text' && !column.owner && isSeen(column));
  return { name: 'key', type: 'text', of: said.length === 0 ? [] : [...said, ...columns.filter(({ owner }) => owner !== undefined)] };
}

/** True for a list that never changes while a page stays at its address, though addresses differ in it: the way back to the start, say. */
export function isStill(binding: Binding): boolean {
  const key = wholeColumn(binding.columns);
  if (key.of?.length === 0) return false;
  const spell = (items: readonly Instance[]): string => items.map((item) => String(cellOf(key, item))).join('\n');
  const byLoad = new Map<string, Set<string>>();
  for (const view of binding.page.views) {
    const items = itemsOf(binding, view);
    if (items) byLoad.set(loadOf(view), (byLoad.get(loadOf(view)) ?? new Set()).add(spell(items)));
  }
  const changed = [...byLoad.values()].filter(({ size }) => size > 1).length;
  return changed <= caught * byLoad.size && new Set([...byLoad.values()].flatMap((seen) => [...seen])).size > 1;
}

/** A list that hangs on the address alone, as a table of what it says. */
export function stillTable(binding: Binding): TableModel {
  const columns = [...binding.columns, wholeColumn(binding.columns)];
  return { name: '', columns, key: 'key', bindings: [{ ...binding, columns }], recalled: true };
}
