import type { Instance, ListPattern } from '../template/pattern.ts';
import type { Binding } from './bindings.ts';
import { itemsOf } from './bindings.ts';
import type { ColumnModel } from './columns.ts';
import { shownCell } from './columns.ts';
import { confirms, joined } from './join-columns.ts';
import { sharedColumns } from './shared-tables.ts';
import type { TableModel } from './tables.ts';
import { showsWhole, wholeSightings } from './whole-tables.ts';

/** Share of values that must be known as names of a table's records. */
const mostly = 0.6;

/** What a binding's items show of a column. */
export function valuesOf(binding: Binding, column: ColumnModel): ReadonlySet<string> {
  const all = binding.page.views.flatMap((view) => itemsOf(binding, view) ?? []);
  return new Set(all.map((item) => String(shownCell(column, item) ?? '')).filter((value) => value !== ''));
}

/** A list on its way into tables, with the columns that may name its records. */
export interface Candidate {
  readonly binding: Binding & { readonly list: ListPattern };
  readonly keys: readonly ColumnModel[];
}

/** Takes a list into the first table whose records it shows; false where there is none. */
export function joinList(tables: TableModel[], { binding, keys }: Candidate): boolean {
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

/** A list that scripts keep and several pages show: what it shows is all there is, whatever the address. */
export function wholeTable(group: readonly Candidate[]): TableModel | null {
  const shared = sharedColumns(group.map(({ binding }) => binding));
  const [key] = group.flatMap(({ keys }) => keys);
  if (!key) return null;
  return { name: '', columns: shared.columns, key: key.name, bindings: shared.bindings, recalled: true, whole: true };
}

/** Takes into whole tables the lists of other pages that show just their records. */
export function joinWholes(tables: TableModel[], candidates: readonly Candidate[]): ReadonlySet<Candidate> {
  const taken = new Set<Candidate>();
  for (const candidate of candidates) {
    const { binding } = candidate;
    // What hangs on the record that the address names is that record's own, though it may be a copy of the list.
    if (binding.columns.some(({ owner }) => owner !== undefined)) continue;
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
