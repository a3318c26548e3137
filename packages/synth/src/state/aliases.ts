import type { View } from '../views.ts';
import type { AddressReading } from './address-tables.ts';
import { cellsOf, itemsOf, keyOf } from './bindings.ts';
import type { TableModel } from './tables.ts';

/** A record that a value named, and since which view of the session. */
interface Alias {
  readonly name: string;
  readonly since: number;
}

/** Records that values name. */
export interface Aliases {
  readonly own: ReadonlyMap<string, readonly Alias[]>;
  /** Sessions of an account that saw a value name a record, by account, value and name. */
  readonly seen: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<number>>>;
}

/** Which records of a table a column's values name, session by session; null where records often share a value. */
export function aliases(table: TableModel, column: string, accountOf: AddressReading['accountOf']): Aliases | null {
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
export function nameIn(
  { own, seen }: Aliases,
  value: string,
  { view, account }: { readonly view: View; readonly account: string },
): string {
  const before = (own.get(`${view.session} ${value}`) ?? []).filter(({ since }) => since < view.index);
  if (before.length > 0) return (before.at(-1) as Alias).name;
  const names = [...(seen.get(`${account} ${value}`) ?? [])].filter(([, sessions]) => sessions.size > 1);
  return names.sort((a, b) => b[1].size - a[1].size)[0]?.[0] ?? '';
}

/** Share of values that may have named two records: names of what was deleted are given again. */
const ambiguous = 0.05;
