import type { Expr, Query, Value } from '@backlot/protocol';
import { learnQuery, type LearnedQuery, type ListOccasion } from '../query/learn-query.ts';
import type { Belief } from '../state/belief.ts';
import { rowName, scopeOf } from '../state/belief.ts';
import type { Binding } from '../state/bindings.ts';
import { isSeen } from '../state/columns.ts';
import type { TableModel } from '../state/tables.ts';
import type { View } from '../views.ts';
import { shownLists, type Shown } from './shown-lists.ts';

/** Name of the field in the query before it is known where it stands. */
const asked = 'field';

/** Texts in the fields of a page, by the names that pages share. */
function fieldsOf({ live, page }: Belief): ReadonlyMap<string, string> {
  const texts = [...live].filter(([key, value]) => typeof value === 'string' && value !== '' && !key.includes(':'));
  return new Map(texts.map(([key, value]) => [page.shared.common.get(key) ?? key, value as string]));
}

/** The field that always holds something where the lists show records. */
function askingField(shown: readonly Shown[]): string | null {
  const some = shown.filter(({ ids }) => ids.length > 0);
  const [first, ...rest] = some.map(({ belief }) => fieldsOf(belief));
  return [...(first?.keys() ?? [])].find((name) => rest.every((fields) => fields.has(name))) ?? null;
}

function occasionsOf(
  shown: readonly Shown[],
  { table, field }: { readonly table: string; readonly field: string },
): readonly ListOccasion[] {
  const seen = new Set<string>();
  return shown.flatMap(({ belief, ids }): ListOccasion[] => {
    const text = fieldsOf(belief).get(field);
    const name = `${belief.view.session} ${text} ${ids.join(' ')}`;
    if (text === undefined || seen.has(name)) return [];
    seen.add(name);
    const scope = scopeOf(belief, null);
    return [{ scope: { ...scope, params: { [asked]: text } }, rows: belief.state.tables[table] ?? [], shown: ids }];
  });
}

/** The expression with the field in the place of the parameter that stood for it. */
function withField<T>(part: T, anchor: string): T {
  return JSON.parse(JSON.stringify(part), (_, value: unknown) =>
    value !== null && typeof value === 'object' && (value as { param?: Value }).param === asked ? { field: anchor } : value,
  ) as T;
}

/** What the lists show that are put together anew by what a field holds; null where no field accounts for them. */
export function learnFound(
  table: TableModel,
  bindings: readonly Binding[],
  belief: (view: View) => Belief | undefined,
): ((binding: Binding) => { readonly query: Query; readonly learned: LearnedQuery }) | null {
  const shown = bindings.flatMap((binding) => shownLists(binding, belief));
  const field = askingField(shown);
  if (field === null) return null;
  const occasions = occasionsOf(shown, { table: table.name, field });
  const columns = table.columns.filter(isSeen).map(({ name, type }) => ({ name, type }));
  const learned = learnQuery(occasions, { table: table.name, as: rowName(table), columns, params: [asked], registers: [] });
  return ({ page }) => {
    const anchor = page.shared.own.get(field) ?? field;
    const { where = { lit: true }, ...query } = withField(learned.query, anchor);
    const isAsked: Expr = { fn: 'not', args: [{ fn: 'isBlank', args: [{ field: anchor }] }] };
    return { query: { ...query, where: { fn: 'and', args: [isAsked, where] } }, learned };
  };
}
