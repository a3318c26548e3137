import type { Expr, Query, Row } from '@backlot/protocol';
import { parseAddress, toBoolean } from '@backlot/world';
import { mapLeaves } from '../map-leaves.ts';
import type { PageModel } from '../pages/page-model.ts';
import type { Binding, RecordAddress } from '../state/bindings.ts';
import type { Belief } from '../state/belief.ts';
import { scopeOf } from '../state/belief.ts';
import { isTyped, paramsOf, saidBy } from '../pages/params.ts';
import type { TableModel } from '../state/tables.ts';
import type { Hole } from '../template/holes.ts';
import { sumTerms } from './sums.ts';
import { versionName } from '../state/versions.ts';
import type { View } from '../views.ts';
import { knownValue } from './known-values.ts';
import type { ListQuery } from './list-queries.ts';
import { countAsShown, type Counted } from './shown-counts.ts';
import { addressTests, countTerms, countTests } from './vocabulary.ts';

/** What the holes of a whole page may depend on. */
export interface PageVocabulary {
  readonly terms: readonly Expr[];
  readonly tests: readonly Expr[];
}

const eq = (a: Expr, b: Expr): Expr => ({ fn: 'eq', args: [a, b] });

const exists = (query: Query): Expr => ({ fn: 'gt', args: [{ count: query }, { lit: 0 }] });

/** The record that the page's address names, as a query; the address is that of the page itself. */
export function recordOf(table: TableModel, binding: Binding): Query {
  return (binding.by as RecordAddress).versions ? recordVersion(table, binding) : plainRecord(table, binding);
}

function plainRecord(table: TableModel, binding: Binding): Query {
  const { column, param, otherwise } = binding.by as RecordAddress;
  if (otherwise === undefined) return recordBy(table, param, column);
  return { from: table.name, as: 'd', where: eq({ col: column, of: 'd' }, nameIn(binding)) };
}

/** The name that the page's address gives, or means where it gives none. */
function nameIn({ by }: Binding): Expr {
  const { param, otherwise } = by as RecordAddress;
  if (otherwise === undefined) return { param };
  return { fn: 'if', args: [{ fn: 'isBlank', args: [{ param }] }, { lit: otherwise }, { param }] };
}

const isAsked = (param: string): Expr => ({ fn: 'not', args: [{ fn: 'isBlank', args: [{ param }] }] });

/** The version of a record that the address asks for, else the record as it is without. */
function recordVersion(table: TableModel, binding: Binding): Query {
  const { column, param, otherwise, versions } = binding.by as RecordAddress;
  const record = nameIn(binding);
  const version = versionName(record, versions ?? []);
  const col: Expr = { col: column, of: 'd' };
  const isMeant: Expr = { fn: 'or', args: [eq(col, version), eq(col, record)] };
  // Most records are none of its versions: those are told by the first letters, without spelling the version out.
  const begins: Expr = { fn: 'startsWith', args: [col, record] };
  const isNear: Expr = otherwise === undefined ? { fn: 'and', args: [isAsked(param), begins] } : begins;
  const where: Expr = { fn: 'if', args: [isNear, isMeant, { lit: false }] };
  return { from: table.name, as: 'd', where, order: [{ by: { fn: 'len', args: [col] }, desc: true }] };
}

/** What a page about a record shows of one of its columns: a version has those that the page shows, the record the others. */
export function cellOfRecord(table: TableModel, binding: Binding, column: string): Expr {
  const { versions } = binding.by as RecordAddress;
  const isShown = binding.columns.some(({ name }) => name === column);
  return { first: versions && !isShown ? plainRecord(table, binding) : recordOf(table, binding), get: { col: column, of: 'd' } };
}

function recordBy(table: TableModel, param: string, column: string): Query {
  return { from: table.name, as: 'd', where: { fn: 'and', args: [isAsked(param), eq({ col: column, of: 'd' }, { param })] } };
}

/** A condition without what the address asks for. */
export function withoutParams(expr: Expr): Expr {
  return mapLeaves(expr, (leaf) => ('param' in leaf ? { lit: '' } : leaf));
}

/** What a page may say of its list: terms and conditions. */
interface ListFacts extends Counted {
  readonly terms: readonly Expr[];
  readonly tests: readonly Expr[];
}

/** How many records a list shows in all, without what the address asks for, and on how many pages; whether there are none, one, more. */
function listFacts({ query }: ListQuery): ListFacts {
  const { order: _order, offset = { lit: 0 }, limit, ...all } = query;
  const found: Expr = { count: all };
  const without: Expr[] = query.where ? [{ count: { ...all, where: withoutParams(query.where) } }] : [];
  const few = [eq(found, { lit: 0 }), eq(found, { lit: 1 })];
  if (!limit) return { found, worked: few, terms: [found, ...without], tests: few };
  const pages: Expr = { fn: 'max', args: [{ lit: 1 }, { fn: 'ceil', args: [{ fn: 'div', args: [found, limit] }] }] };
  const more: Expr[] = [
    { fn: 'gt', args: [found, limit] },
    { fn: 'gt', args: [found, { fn: 'add', args: [offset, limit] }] },
  ];
  return {
    found,
    worked: [pages, ...few, ...more],
    terms: [found, ...without, { count: query }, pages, limit],
    tests: [...few, ...more, { fn: 'gt', args: [offset, { lit: 0 }] }],
  };
}

function paramNames(page: PageModel): readonly string[] {
  return [...new Set(page.views.flatMap((view) => Object.keys(paramsOf(page, view))))].sort();
}

/**
 * Parameters that take few values are told apart by them, the others and what is typed by whether they are there; each way to tell
 * pages apart once.
 */
function paramTests(page: PageModel): readonly Expr[] {
  const asked = page.views.map((view) => paramsOf(page, view));
  const tests = new Map<string, Expr>();
  const add = (test: Expr, truths: readonly boolean[]): void => {
    const key = truths.map(Number).join('');
    if (!tests.has(key)) tests.set(key, test);
  };
  for (const name of paramNames(page)) {
    const given = asked.map((params) => params[name] ?? '');
    const values = new Set(given);
    const isBlank = given.map((value) => value === '');
    if (values.has('')) add({ fn: 'isBlank', args: [{ param: name }] }, isBlank);
    const few = values.size <= 8 && !isTyped(page, name) ? [...values].filter((value) => value !== '').sort() : [];
    for (const value of few) {
      const truths = given.map((other) => other === value);
      const isThere = values.size === 2 && values.has('');
      if (!isThere) add(eq({ param: name }, { lit: value }), truths);
    }
  }
  return [...tests.values()];
}

/** More addresses than this are records rather than places. */
const mostPaths = 6;

/** Addresses that several sessions came to, where a page has several: what it shows may hang on which it was. */
function pathTests(page: PageModel): readonly Expr[] {
  const visitors = new Map<string, Set<number>>();
  for (const { url, session } of page.views) {
    const { path } = parseAddress(url);
    visitors.set(path, (visitors.get(path) ?? new Set()).add(session));
  }
  const common = [...visitors].filter(([, sessions]) => sessions.size > 1).map(([path]) => path);
  return visitors.size > 1 && common.length <= mostPaths ? common.sort().map((path) => eq({ loc: 'path' }, { lit: path })) : [];
}

/** Records that a parameter named at times by what they say, though the address is not theirs alone: by its key, else the columns that say it most often. */
function mentioned(
  page: PageModel,
  { tables, belief }: VocabularyInputs,
): readonly { readonly table: TableModel; readonly query: Query }[] {
  const asked = page.views.map((view) => ({ params: paramsOf(page, view), rows: belief(view)?.state.tables ?? {} }));
  const names = new Set(page.views.flatMap((view) => Object.keys(saidBy(page, view))));
  return [...names].sort().flatMap((param) =>
    tables.flatMap((table) => {
      const columns = table.columns
        .filter(({ type, owner }) => type === 'text' && !owner)
        .map(({ name }) => ({
          name,
          times: asked.filter(({ params, rows }) => isSaidOnce(rows[table.name] ?? [], name, params[param])).length,
        }));
      const most = Math.max(1, ...columns.map(({ times }) => times));
      const best = columns.filter(({ times }) => times === most);
      const key = best.filter(({ name }) => name === table.key);
      return (key.length > 0 ? key : best).map(({ name }) => ({ table, query: recordBy(table, param, name) }));
    }),
  );
}

/** Words shorter than this are found in some record by chance. */
const shortest = 6;

function isSaidOnce(rows: readonly Row[], column: string, asked: string | undefined): boolean {
  if (asked === undefined || asked.length < shortest) return false;
  return rows.filter((row) => row[column] === asked).length === 1;
}

export interface VocabularyInputs {
  readonly tables: readonly TableModel[];
  readonly queries: readonly ListQuery[];
  readonly registers: readonly Expr[];
  readonly belief: (view: View) => Belief | undefined;
}

/** Terms and conditions for the holes of one page, the nearest first. */
export function pageVocabulary(page: PageModel, inputs: VocabularyInputs): PageVocabulary {
  const { tables, queries, registers } = inputs;
  const shown = queries.filter(({ binding }) => binding.page === page).map((query) => ({ query, facts: listFacts(query) }));
  for (const { query, facts } of shown) countAsShown(query, facts, inputs.belief);
  const here = tables.filter((table) => table.bindings.some((binding) => binding.page === page));
  const elsewhere = tables.filter((table) => !here.includes(table));
  const named = here.flatMap((table) =>
    table.bindings.filter((binding) => binding.page === page && binding.by !== undefined).map((binding) => ({ table, binding })),
  );
  const records = named.map(({ table, binding }) => recordOf(table, binding));
  const said = mentioned(page, inputs);
  const names = named.filter(({ binding }) => binding.by?.otherwise !== undefined).map(({ binding }) => nameIn(binding));
  const cells = named.flatMap(({ table, binding }) => table.columns.map(({ name }) => cellOfRecord(table, binding, name)));
  const others = queries.filter(({ binding }) => binding.page !== page);
  return {
    terms: [
      ...new Map(names.map((name) => [JSON.stringify(name), name])).values(),
      ...paramNames(page).map((name): Expr => ({ param: name })),
      { loc: 'previous' },
      ...shown.flatMap(({ facts }) => facts.terms),
      ...tables.filter((table) => table.whole === true).flatMap(sumTerms),
      ...here.flatMap(countTerms),
      ...others.flatMap((query) => listFacts(query).terms.slice(0, 2).map(countElsewhere)),
      ...elsewhere.flatMap((table) => countTerms(table).slice(0, 1)),
      ...tables.filter((table) => table.whole !== true && table.columns.length <= 16).flatMap(sumTerms),
      ...cells,
      ...said.flatMap(({ table, query }) => table.columns.map(({ name }): Expr => ({ first: query, get: { col: name, of: 'd' } }))),
      { loc: 'hash' },
      { loc: 'search' },
      { loc: 'path' },
      ...registers,
    ],
    tests: [
      ...said.map(({ query }) => exists(query)),
      ...registers,
      ...paramTests(page),
      ...[...shown.flatMap(({ facts }) => facts.tests), ...here.flatMap(countTests)].filter((test) => !isOfAccount(test, page, inputs)),
      ...pathTests(page),
      ...addressTests(page.views.map((view) => view.url)),
      ...records.map(exists),
      ...named.flatMap(textTests),
    ],
  };
}

interface Named {
  readonly table: TableModel;
  readonly binding: Binding;
}

/** Whether the record has a text: its document, or the source of it. */
function textTests({ table, binding }: Named): readonly Expr[] {
  const texts = table.columns.filter(({ source }) => source !== undefined && isDocument(source));
  return texts.map(({ name }): Expr => ({ fn: 'isBlank', args: [cellOfRecord(table, binding, name)] }));
}

const isDocument = ({ kind, live, pattern }: Hole): boolean =>
  kind === 'prose' || (live && pattern.kind === 'element' && pattern.tag === 'textarea');

/** True for a condition that only tells accounts apart: in each it always holds or never. */
function isOfAccount(test: Expr, page: PageModel, { belief }: VocabularyInputs): boolean {
  const byAccount = new Map<string, Set<boolean>>();
  for (const view of page.views) {
    const known = belief(view);
    if (!known) continue;
    const { account } = known.state;
    byAccount.set(account, (byAccount.get(account) ?? new Set()).add(toBoolean(knownValue(test, scopeOf(known, null)))));
  }
  const all = [...byAccount.values()];
  return all.length > 1 && all.every(({ size }) => size === 1) && new Set(all.map((values) => [...values][0])).size > 1;
}

/** A list's count seen from another page, where its parameters mean nothing. */
function countElsewhere(expr: Expr): Expr {
  if (!('count' in expr)) return expr;
  return { count: { ...expr.count, ...(expr.count.where ? { where: withoutParams(expr.count.where) } : {}) } };
}
