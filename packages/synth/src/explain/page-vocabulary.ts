import type { Expr, Query } from '@backlot/protocol';
import type { PageModel } from '../pages/page-model.ts';
import type { Binding, RecordAddress } from '../state/bindings.ts';
import { paramsOf } from '../state/bindings.ts';
import type { TableModel } from '../state/tables.ts';
import type { ListQuery } from './list-queries.ts';
import { addressTests, countTerms, countTests } from './vocabulary.ts';

/** What the holes of a whole page may depend on. */
export interface PageVocabulary {
  readonly terms: readonly Expr[];
  readonly tests: readonly Expr[];
}

const eq = (a: Expr, b: Expr): Expr => ({ fn: 'eq', args: [a, b] });

/** The record that the page's address names, as a query; the address is that of the page itself. */
export function recordOf(table: TableModel, binding: Binding): Query {
  const { column, param } = binding.by as RecordAddress;
  const asked: Expr = { fn: 'not', args: [{ fn: 'isBlank', args: [{ param }] }] };
  return { from: table.name, as: 'd', where: { fn: 'and', args: [asked, eq({ col: column, of: 'd' }, { param })] } };
}

/** A condition without what the address asks for. */
export function withoutParams(expr: Expr): Expr {
  if ('param' in expr) return { lit: '' };
  if ('fn' in expr) return { fn: expr.fn, args: expr.args.map(withoutParams) };
  return expr;
}

/** How many records a list shows in all, without what the address asks for, and on how many pages. */
function listTerms({ query }: ListQuery): readonly Expr[] {
  const { order: _order, offset: _offset, limit, ...all } = query;
  const found: Expr = { count: all };
  const terms: Expr[] = [found];
  if (query.where) terms.push({ count: { ...all, where: withoutParams(query.where) } });
  if (!limit) return terms;
  return [
    ...terms,
    { count: query },
    { fn: 'max', args: [{ lit: 1 }, { fn: 'ceil', args: [{ fn: 'div', args: [found, limit] }] }] },
    limit,
  ];
}

function listTests({ query }: ListQuery): readonly Expr[] {
  const { order: _order, offset, limit, ...all } = query;
  const found: Expr = { count: all };
  const tests = [eq(found, { lit: 0 }), eq(found, { lit: 1 })];
  if (!limit) return tests;
  const from: Expr = offset ?? { lit: 0 };
  return [
    ...tests,
    { fn: 'gt', args: [found, limit] },
    { fn: 'gt', args: [found, { fn: 'add', args: [from, limit] }] },
    { fn: 'gt', args: [from, { lit: 0 }] },
  ];
}

/** Sums over a table's columns that hold numbers. */
function sumTerms(table: TableModel): readonly Expr[] {
  const numbers = table.columns.filter(
    (column) => column.type === 'text' && column.source && isNumeric([...column.source.values.values()]),
  );
  const get = (name: string): Expr => ({ fn: 'amount', args: [{ col: name }] });
  const sum = (of: Expr): Expr => ({ sum: { from: table.name, as: 'q' }, get: of });
  return numbers.slice(0, 4).map(({ name }) => sum(get(name)));
}

const isNumeric = (values: readonly unknown[]): boolean =>
  values.some((value) => value !== '') &&
  values.every((value) => typeof value === 'string' && /^(?:[^\d]{0,3}[\d.,]+[^\d]{0,3})?$/.test(value.trim()));

function paramNames(page: PageModel): readonly string[] {
  return [...new Set(page.views.flatMap((view) => Object.keys(paramsOf(page, view))))].sort();
}

/** Parameters that take few values are told apart by them, the others by whether they are there. */
function paramTests(page: PageModel): readonly Expr[] {
  return paramNames(page).flatMap((name): Expr[] => {
    const values = new Set(page.views.map((view) => paramsOf(page, view)[name] ?? ''));
    const blank: Expr = { fn: 'isBlank', args: [{ param: name }] };
    const few = values.size <= 8 ? [...values].filter((value) => value !== '').sort() : [];
    return [...(values.has('') ? [blank] : []), ...few.map((value) => eq({ param: name }, { lit: value }))];
  });
}

export interface VocabularyInputs {
  readonly tables: readonly TableModel[];
  readonly queries: readonly ListQuery[];
  readonly registers: readonly Expr[];
}

/** Terms and conditions for the holes of one page, the nearest first. */
export function pageVocabulary(page: PageModel, { tables, queries, registers }: VocabularyInputs): PageVocabulary {
  const shown = queries.filter(({ binding }) => binding.page === page);
  const here = tables.filter((table) => table.bindings.some((binding) => binding.page === page));
  const elsewhere = tables.filter((table) => !here.includes(table));
  const records = here.flatMap((table) =>
    table.bindings.filter((binding) => binding.page === page && binding.by !== undefined).map((binding) => recordOf(table, binding)),
  );
  const cells = here.flatMap((table) =>
    records
      .filter((query) => query.from === table.name)
      .flatMap((query) => table.columns.map((column): Expr => ({ first: query, get: { col: column.name, of: 'd' } }))),
  );
  const others = queries.filter(({ binding }) => binding.page !== page);
  return {
    terms: [
      ...paramNames(page).map((name): Expr => ({ param: name })),
      { loc: 'previous' },
      ...shown.flatMap(listTerms),
      ...here.flatMap(countTerms),
      ...others.flatMap((query) => listTerms(query).slice(0, 2).map(countElsewhere)),
      ...elsewhere.flatMap((table) => countTerms(table).slice(0, 1)),
      ...tables.filter((table) => table.columns.length <= 16).flatMap(sumTerms),
      ...cells,
      { loc: 'hash' },
      { loc: 'search' },
      { loc: 'path' },
      ...registers,
    ],
    tests: [
      ...registers,
      ...paramTests(page),
      ...addressTests(page.views.map((view) => view.url)),
      ...shown.flatMap(listTests),
      ...here.flatMap(countTests),
      ...records.map((query): Expr => ({ count: query })),
    ],
  };
}

/** A list's count seen from another page, where its parameters mean nothing. */
function countElsewhere(expr: Expr): Expr {
  if (!('count' in expr)) return expr;
  return { count: { ...expr.count, ...(expr.count.where ? { where: withoutParams(expr.count.where) } : {}) } };
}
