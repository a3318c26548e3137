import type { Expr } from '@backlot/protocol';
import { compareValues, functions } from '@backlot/world';
import { call } from '../call.ts';
import type { Bits } from './bits.ts';
import type { RowFacts } from './row-facts.ts';
import { sortKeys } from './row-facts.ts';
import type { Argument, Source } from './source.ts';
import type { Task } from './task.ts';
import { pairsWhere } from './task.ts';

/** A way in which a row answers to an argument, over some columns. */
export interface MatchKind {
  readonly name: string;
  readonly bits: number;
  readonly of: 'text' | 'list' | 'group';
  readonly test: (facts: RowFacts, columns: readonly number[], argument: Argument) => boolean;
  readonly expr: (cell: Expr, argument: Expr) => Expr;
}

/** A kind of match on certain columns. */
export interface Match {
  readonly kind: MatchKind;
  readonly columns: readonly number[];
  readonly bits: number;
}

const lower = (expr: Expr): Expr => call('lower', expr);
const slug = (expr: Expr): Expr => call('slug', expr, { lit: '-' });
const slugOf = (text: string): unknown => functions['slug']?.(text, '-');
const first = (columns: readonly number[]): number => columns[0] as number;
const signed = (word: string, holds: (plain: string) => boolean): boolean =>
  word.length > 1 && word.startsWith('-') ? !holds(word.slice(1)) : holds(word);
const anyHas = (facts: RowFacts, columns: readonly number[], word: string): boolean =>
  columns.some((column) => (facts.lower[column] as string).includes(word));

/** Every kind of match, the simplest first. The texts of `group` kinds may be several columns taken together. */
export const matchKinds: readonly MatchKind[] = [
  {
    name: 'is',
    bits: 1,
    of: 'text',
    test: (facts, columns, { text }) => facts.texts[first(columns)] === text,
    expr: (cell, argument) => call('eq', call('trim', cell), argument),
  },
  {
    name: 'is (in any letter case)',
    bits: 2,
    of: 'text',
    test: (facts, columns, argument) => facts.lower[first(columns)] === argument.lower,
    expr: (cell, argument) => call('eq', lower(call('trim', cell)), lower(argument)),
  },
  {
    name: 'reads in an address as',
    bits: 4,
    of: 'text',
    test: (facts, columns, { text }) => slugOf(facts.texts[first(columns)] as string) === slugOf(text),
    expr: (cell, argument) => call('eq', slug(cell), slug(argument)),
  },
  {
    name: 'contains',
    bits: 1,
    of: 'group',
    test: (facts, columns, argument) => anyHas(facts, columns, argument.lower),
    expr: (cell, argument) => call('containsText', cell, argument),
  },
  {
    name: 'contains every word of',
    bits: 2,
    of: 'group',
    test: (facts, columns, { words }) => words.every((word) => anyHas(facts, columns, word)),
    expr: (cell, argument) => call('containsWords', cell, argument),
  },
  {
    name: 'contains every word, and none after a minus, of',
    bits: 3,
    of: 'group',
    test: (facts, columns, { words }) => words.every((word) => signed(word, (plain) => anyHas(facts, columns, plain))),
    expr: (cell, argument) => call('matchesWords', cell, argument),
  },
  {
    name: 'begins with',
    bits: 2,
    of: 'text',
    test: (facts, columns, argument) => (facts.lower[first(columns)] as string).startsWith(argument.lower),
    expr: (cell, argument) => call('startsWith', lower(call('trim', cell)), lower(argument)),
  },
  {
    name: 'has the item',
    bits: 1,
    of: 'list',
    test: (facts, columns, argument) => (facts.items[first(columns)] as readonly string[]).includes(argument.lower),
    expr: (cell, argument) => call('hasItem', cell, argument),
  },
  {
    name: 'has as items every word of',
    bits: 2,
    of: 'list',
    test: (facts, columns, { parts }) =>
      parts.every((word) => signed(word, (plain) => (facts.items[first(columns)] as readonly string[]).includes(plain))),
    expr: (cell, argument) => call('hasItems', cell, argument),
  },
  {
    name: 'has an item that begins with',
    bits: 3,
    of: 'list',
    test: (facts, columns, argument) => (facts.items[first(columns)] as readonly string[]).some((item) => item.startsWith(argument.lower)),
    expr: (cell, argument) => call('hasItemPrefix', cell, argument),
  },
];

/** Comparisons of a column with an argument that is a number, an amount or a date. */
function comparisonKinds(task: Task): readonly MatchKind[] {
  const known = new Map<number, ReadonlyMap<RowFacts, ReturnType<typeof sortKeys>[number]>>();
  const keyOf = (facts: RowFacts, column: number) => {
    const keys =
      known.get(column) ??
      new Map(sortKeys(task.facts.map(({ texts }) => texts[column] ?? null)).map((key, i) => [task.facts[i] as RowFacts, key]));
    known.set(column, keys);
    return keys.get(facts) ?? null;
  };
  const kind = (name: string, fn: string, holds: (by: number) => boolean): MatchKind => ({
    name,
    bits: 3,
    of: 'text',
    test: (facts, columns, { key }) => holds(compareValues(keyOf(facts, first(columns)), key)),
    expr: (cell, argument) => call(fn, call('sortKey', cell), call('sortKey', argument)),
  });
  return [
    kind('is at least', 'ge', (by) => by >= 0),
    kind('is at most', 'le', (by) => by <= 0),
    kind('is above', 'gt', (by) => by > 0),
    kind('is below', 'lt', (by) => by < 0),
  ];
}

/** Bits more for reading a list as one text, which has items to compare with. */
const listAsText = 2;

function bitsOf(task: Task, kind: MatchKind, columns: readonly number[]): number {
  const asText = kind.of === 'group' && columns.length === 1 && task.columns[columns[0] as number]?.type === 'list' ? listAsText : 0;
  const choices = Math.log2(1 + task.columns.length);
  const all = task.columns.filter(({ type }) => type !== 'boolean').length;
  return kind.bits + 2 + asText + (columns.length === 1 ? choices : columns.length === all ? 5 : columns.length * choices);
}

/** A kind of match on those columns with its length. */
export function matchOn(task: Task, kind: MatchKind, columns: readonly number[]): Match {
  return { kind, columns: [...columns].sort((a, b) => a - b), bits: bitsOf(task, kind, columns) };
}

/** Every match on one column, and those on all columns together, that may be meant by a source. */
export function matchesFor(task: Task, source: Source): readonly Match[] {
  const columns = task.columns.flatMap(({ type }, column) => (type === 'boolean' ? [] : [{ type, column }]));
  const numeric = source.values.every(({ key }) => typeof key === 'number');
  const kinds = numeric ? [...matchKinds, ...comparisonKinds(task)] : matchKinds;
  return kinds.flatMap((kind) => {
    const own = columns.filter(({ type }) => kind.of === 'group' || kind.of === type).map(({ column }) => [column]);
    const all = kind.of === 'group' && columns.length > 1 ? [columns.map(({ column }) => column)] : [];
    return [...own, ...all].map((each) => matchOn(task, kind, each));
  });
}

/** Pairs of the source's active occasions whose row matches, testing each row once for each value. */
export function matchPairs(task: Task, source: Source, match: Match): Bits {
  const known = source.values.map(() => new Uint8Array(task.facts.length));
  return pairsWhere(task, source.activeAt, (row, i) => {
    const v = source.valueAt[i] as number;
    const seen = known[v] as Uint8Array;
    if (seen[row] === 0) seen[row] = match.kind.test(task.facts[row] as RowFacts, match.columns, source.values[v] as Argument) ? 2 : 1;
    return seen[row] === 2;
  });
}

/** The match as a condition on the row bound to the query's name. */
export function matchExpr(task: Task, source: Source, { kind, columns }: Match): Expr {
  const cell = (column: number): Expr => ({ col: task.columns[column]?.name ?? '', of: task.space.as });
  const [only, ...more] = columns.map(cell);
  if (!only) return { lit: false };
  const together = [only, ...more.flatMap((each): Expr[] => [{ lit: ' ' }, each])];
  if (kind.name === 'contains' && more.length > 0) return call('or', ...columns.map((column) => kind.expr(cell(column), source.expr)));
  return kind.expr(more.length === 0 ? only : call('concat', ...together), source.expr);
}

/** The match in words. */
export function matchWords(task: Task, source: Source, { kind, columns }: Match): string {
  return `${columns.map((column) => task.columns[column]?.name ?? '').join(' or ')} ${kind.name} ${source.name}`;
}
