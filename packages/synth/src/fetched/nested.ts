import type { Site } from '../pages/page-model.ts';
import type { Candidate } from '../state/join-lists.ts';
import type { TableModel } from '../state/tables.ts';
import { localTable } from '../state/tables.ts';
import type { Hole } from '../template/holes.ts';
import type { ListPattern } from '../template/pattern.ts';
import type { Binding } from '../state/bindings.ts';
import { heldColumns } from './held.ts';
import { joinFetched } from './join.ts';

type ListBinding = Candidate['binding'];

/** Lists in the items of others that show a list which the records themselves hold. */
function heldLists(tables: readonly TableModel[]): ReadonlySet<ListPattern> {
  return new Set(
    tables.flatMap((table) => {
      const own = new Set(heldColumns(table).map(({ name }) => name));
      const columns = table.bindings.flatMap((binding) => binding.columns);
      return columns.flatMap(({ name, items }) => (items && own.has(name) ? [items.list] : []));
    }),
  );
}

/** Takes lists in the items of other lists into the tables of records that scripts hold, where they show some of them. Gives those taken. */
export function joinNested(
  tables: TableModel[],
  { site, placed, lists }: { readonly site: Site; readonly placed: ReadonlySet<Hole>; readonly lists: readonly ListBinding[] },
): ReadonlySet<ListPattern> {
  const outer = new Set(lists.map(({ list }) => list.itemFrame));
  const held = heldLists(tables);
  const taken = new Set<ListPattern>();
  for (const page of site.pages) {
    for (const list of page.pattern.lists) {
      if (!list.frame.list || !outer.has(list.frame) || held.has(list)) continue;
      if (joinFetched(tables, localTable(page, list, placed))) taken.add(list);
    }
  }
  for (const [i, table] of tables.entries()) {
    const bindings = table.bindings.map((binding) => withoutNested(binding, taken));
    tables[i] = { ...table, bindings };
  }
  return taken;
}

/** A binding without the lists in its items that show records of their own. */
export function withoutNested<T extends Binding>(binding: T, taken: ReadonlySet<ListPattern>): T {
  const columns = binding.columns.filter(({ items }) => !items || !taken.has(items.list));
  return columns.length === binding.columns.length ? binding : { ...binding, columns };
}
