import type { Value } from '@backlot/protocol';
import { loadOf } from '../template/holes.ts';
import type { Instance } from '../template/pattern.ts';
import type { Binding } from './bindings.ts';
import type { ColumnModel } from './columns.ts';
import { cellOf } from './columns.ts';

/** Share of pages on which all records must differ in a column that identifies them. */
const unique = 0.98;

interface Sighted {
  readonly pages: readonly (readonly Instance[])[];
}

function pagesOf({ list }: Binding): Sighted {
  return { pages: list ? [...list.items.values()] : [] };
}

/** Attributes that say yes or no tell nothing from anything but its opposite. */
function isName(column: ColumnModel, items: readonly Instance[]): boolean {
  if (column.source?.kind !== 'attribute') return true;
  return items.some((item) => !switchWords.has(String(cellOf(column, item))));
}

const switchWords = new Set(['', 'true', 'false', 'page']);

/** A name that survives the page: seen on several page lives wherever there were several. */
function isLasting(column: ColumnModel, items: readonly Instance[]): boolean {
  const loads = new Map<Value, Set<string>>();
  for (const item of items) {
    const cell = cellOf(column, item);
    loads.set(cell, (loads.get(cell) ?? new Set<string>()).add(`${item.view.session} ${item.view.load}`));
  }
  const several = [...loads.values()].filter((seen) => seen.size > 1).length;
  return several * 4 >= loads.size;
}

/** One element of a page life never changes its name as long as the address stays. */
function isFixed(column: ColumnModel, items: readonly Instance[]): boolean {
  const names = new Map<string, Value>();
  let [changed, kept] = [0, 0];
  for (const item of items) {
    if (item.node.id === undefined) continue;
    const node = `${loadOf(item.view)} ${item.node.id}`;
    const cell = cellOf(column, item);
    if (names.has(node) && names.get(node) !== cell) changed++;
    else kept++;
    names.set(node, cell);
  }
  return changed * 50 <= kept;
}

/** Attributes and parts of addresses name records; texts are what records are called, second choice. */
function rank(column: ColumnModel): number {
  if (column.part !== undefined) return 0;
  return column.source?.kind === 'attribute' && column.source.name !== 'href' ? 1 : column.source?.kind === 'attribute' ? 2 : 3;
}

/** Columns that tell a list's records apart, best first. */
export function keyColumns(binding: Binding): readonly ColumnModel[] {
  const { pages } = pagesOf(binding);
  const several = pages.filter((items) => items.length > 1);
  const items = pages.flat();
  if (several.length === 0) return [];
  return binding.columns
    .filter((column) => column.type === 'text' && !column.owner && !column.source?.live && column.source?.kind !== 'prose')
    .filter((column) => {
      const distinct = several.filter((page) => {
        const cells = page.map((item) => cellOf(column, item));
        return new Set(cells).size === page.length && !cells.includes('');
      });
      return distinct.length >= unique * several.length && isName(column, items) && isLasting(column, items) && isFixed(column, items);
    })
    .toSorted((a, b) => rank(a) - rank(b));
}
