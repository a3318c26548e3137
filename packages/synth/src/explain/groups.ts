import type { Expr, Query, Value } from '@backlot/protocol';
import { bindRow, evaluate } from '@backlot/world';
import { call } from '../call.ts';
import { scopeOf } from '../state/belief.ts';
import type { Belief } from '../state/belief.ts';
import { itemsOf } from '../state/bindings.ts';
import type { Binding } from '../state/bindings.ts';
import type { ColumnModel } from '../state/columns.ts';
import { shownCell } from '../state/columns.ts';
import type { TableModel } from '../state/tables.ts';
import type { View } from '../views.ts';
import type { ListQuery } from './list-queries.ts';
import { withoutParams } from './page-vocabulary.ts';

/** A list of the values that records of another table have, each once: tags with their counts, categories, authors. */
export interface GroupList {
  readonly binding: Binding;
  /** The values, in the order in which the page shows them. */
  readonly values: Expr;
  /** What the columns of the list's items are, given the value as column `c0` of the loop. */
  readonly columns: ReadonlyMap<string, Expr>;
}

export interface GroupInputs {
  readonly tables: readonly TableModel[];
  readonly queries: readonly ListQuery[];
  readonly belief: (view: View) => Belief | undefined;
}

/** Share of pages that must show just these values: what is believed of records out of sight may be wrong now and then. */
const enough = 0.7;

/** Values that a column of a table's records has, as often as they have it. */
function allValues(query: Query, column: ColumnModel): Expr {
  const get: Expr = column.type === 'list' ? call('firsts', { col: column.name, of: query.as }) : { col: column.name, of: query.as };
  return call('flat', { collect: query, get });
}

interface Page {
  readonly belief: Belief;
  readonly labels: readonly string[];
  readonly rows: readonly ReadonlyMap<string, Value>[];
}

function pagesOf(binding: Binding, belief: GroupInputs['belief'], label: ColumnModel): readonly Page[] {
  return binding.page.views.flatMap((view): Page[] => {
    const known = belief(view);
    const items = itemsOf(binding, view);
    if (!known || !items || items.length === 0) return [];
    const rows = items.map((item) => new Map(binding.columns.map((column) => [column.name, shownCell(column, item) ?? null])));
    return [{ belief: known, labels: rows.map((row) => String(row.get(label.name) ?? '')), rows }];
  });
}

const textsOf = (value: Value): readonly string[] => (Array.isArray(value) ? (value as readonly Value[]).map(String) : []);

/** Ways to put the values in order. */
function orders(all: Expr): readonly Expr[] {
  const unique = call('unique', all);
  return [call('sortedTexts', unique), call('byCount', all), unique, call('reversed', call('sortedTexts', unique))];
}

/** True where it holds for enough pages; asks no further than it takes to tell. */
function holdsMostly(pages: readonly Page[], holds: (page: Page) => boolean): boolean {
  let missed = 0;
  return pages.every((page) => holds(page) || (pages.length - ++missed) / pages.length >= enough);
}

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && [...a].sort().join('\n') === [...b].sort().join('\n');

/** The order that most pages show, chosen by a parameter of the address where one decides. */
function orderOf(pages: readonly Page[], all: Expr): Expr {
  const ways = orders(all);
  const fits = (page: Page, way: Expr): boolean => textsOf(evaluate(way, scopeOf(page.belief, null))).join('\n') === page.labels.join('\n');
  const best = (of: readonly Page[]): Expr =>
    ways.toSorted((a, b) => of.filter((page) => fits(page, b)).length - of.filter((page) => fits(page, a)).length)[0] as Expr;
  const main = best(pages);
  const params = new Set(pages.flatMap(({ belief }) => Object.keys(belief.params)));
  for (const param of [...params].sort()) {
    const values = [...new Set(pages.map(({ belief }) => belief.params[param] ?? ''))].sort();
    if (values.length < 2) continue;
    const chosen = values.map((value) => [value, best(pages.filter(({ belief }) => (belief.params[param] ?? '') === value))] as const);
    if (new Set(chosen.map(([, way]) => JSON.stringify(way))).size < 2) continue;
    return chosen.reduce<Expr>((otherwise, [value, way]) => call('if', call('eq', { param }, { lit: value }), way, otherwise), main);
  }
  return main;
}

/** What another column of the items says of the value: itself, or how many records have it. */
function columnOf(column: ColumnModel, pages: readonly Page[], all: Expr): Expr | null {
  const ways: readonly Expr[] = [{ col: 'c0' }, call('text', call('countOf', all, { col: 'c0' }))];
  return (
    ways.find((way) =>
      holdsMostly(pages, ({ belief, labels, rows }) =>
        rows.every((row, i) => {
          const scope = bindRow(scopeOf(belief, null), 'group', { id: String(i), c0: labels[i] as string });
          return String(evaluate(way, scope)).trim() === String(row.get(column.name) ?? '').trim();
        }),
      ),
    ) ?? null
  );
}

function sourcesOf({ tables, queries }: GroupInputs, binding: Binding): readonly { readonly query: Query; readonly column: ColumnModel }[] {
  return tables
    .filter((table) => !table.bindings.includes(binding))
    .flatMap((table) => {
      const base: Query = { from: table.name, as: 'q' };
      const seen = queries.find((query) => query.table === table)?.query;
      const visible = seen?.where && { ...base, as: seen.as, where: withoutParams(seen.where) };
      const columns = table.columns.filter((column) => column.type === 'list' || column.type === 'text');
      return columns.flatMap((column) => [base, ...(visible ? [visible] : [])].map((query) => ({ query, column })));
    });
}

function groupList(binding: Binding, inputs: GroupInputs): GroupList | null {
  for (const label of binding.columns.filter((column) => column.type === 'text' && column.source?.kind === 'text')) {
    const pages = pagesOf(binding, inputs.belief, label);
    if (pages.length < 2 || new Set(pages.flatMap(({ labels }) => labels)).size < 3) continue;
    for (const { query, column } of sourcesOf(inputs, binding)) {
      const all = allValues(query, column);
      const unique = call('unique', all);
      const showsThem = ({ belief, labels }: Page): boolean =>
        sameSet(
          textsOf(evaluate(unique, scopeOf(belief, null))).filter((text) => text !== ''),
          labels,
        );
      if (!holdsMostly(pages, showsThem)) continue;
      const columns = new Map<string, Expr>([[label.name, { col: 'c0' }]]);
      for (const other of binding.columns) {
        const expr = other === label ? null : columnOf(other, pages, all);
        if (expr) columns.set(other.name, expr);
      }
      return { binding, values: orderOf(pages, all), columns };
    }
  }
  return null;
}

/** Lists that show the values of other records rather than records of their own. */
export function groupLists(inputs: GroupInputs): readonly GroupList[] {
  const lists = inputs.tables.flatMap((table) => (table.bindings.length === 1 && table.bindings[0]?.list ? [table.bindings[0]] : []));
  return lists.flatMap((binding) => groupList(binding, inputs) ?? []);
}
