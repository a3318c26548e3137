import type { PageModel } from '../pages/page-model.ts';
import type { Instance, ListPattern } from '../template/pattern.ts';
import { paramsOf } from '../pages/params.ts';
import type { ColumnModel } from './columns.ts';
import { cellOf } from './columns.ts';

/** Share of records that must always stand on pages of one owner. */
const always = 0.97;
const fewest = 2;

/** What a list's items say of themselves, to tell whether two are the same record. */
function contentOf(columns: readonly ColumnModel[], item: Instance): string {
  return JSON.stringify(columns.filter((column) => !column.source?.live).map((column) => cellOf(column, item)));
}

function belongs(list: ListPattern, columns: readonly ColumnModel[], valueOf: (item: Instance) => string): boolean {
  const owners = new Map<string, Set<string>>();
  const values = new Set<string>();
  for (const item of [...list.items.values()].flat()) {
    const content = `${item.view.session} ${contentOf(columns, item)}`;
    owners.set(content, (owners.get(content) ?? new Set<string>()).add(valueOf(item)));
    values.add(valueOf(item));
  }
  const single = [...owners.values()].filter((seen) => seen.size === 1).length;
  return values.size >= fewest && single >= always * owners.size;
}

/**
 * Columns that say which record a list's items belong to (the comments of an issue, the revisions of a page): variables of the page's
 * path under which the same items always stand, and other items under others.
 */
export function ownerColumns(page: PageModel, list: ListPattern, columns: readonly ColumnModel[]): readonly ColumnModel[] {
  const names = [...new Set(page.routes.flatMap((route) => [...route.matchAll(/:([a-z]\w*)/g)].map((match) => match[1] as string)))].sort();
  return names
    .filter((name) => belongs(list, columns, (item) => paramsOf(page, item.view)[name] ?? ''))
    .map((name): ColumnModel => ({ name: `of_${name}`, type: 'text', owner: (view) => paramsOf(page, view)[name] ?? '' }));
}
