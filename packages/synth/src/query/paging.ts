import type { Expr, Query } from '@backlot/protocol';
import type { Source } from './source.ts';
import type { Task } from './task.ts';
import { bitPrice } from './task.ts';

/** How many rows of all that pass are shown, and from which on. */
export interface Paging {
  readonly words: string;
  readonly bits: number;
  readonly offset?: Expr;
  readonly limit?: Expr;
  /** Offset and limit on an occasion. */
  readonly at: (occasion: number) => readonly [number, number];
}

interface Limit {
  readonly words: string;
  readonly bits: number;
  readonly expr?: Expr;
  readonly at: (occasion: number) => number;
}

const call = (fn: string, ...args: readonly Expr[]): Expr => ({ fn, args });
const lit = (value: number): Expr => ({ lit: value });

/** What a source says as a number, or the fallback where it is inactive. */
function numberAt(source: Source, fallback: number): (occasion: number) => number {
  return (i) => {
    const v = source.valueAt[i] as number;
    return v < 0 ? fallback : Number(source.values[v]?.text);
  };
}

const numberExpr = (source: Source, fallback: number): Expr => call('if', source.inactive, lit(fallback), call('number', source.expr));

/** Sources that always hold whole numbers. */
export function numericSources(task: Task): readonly Source[] {
  return task.sources.filter(({ values }) => values.every(({ text }) => /^\d{1,6}$/.test(text)));
}

const shownOn = (task: Task, i: number): number => task.shownAt[i]?.length ?? 0;

/** The most rows that those occasions showed, if that happened more than once and hid others. */
export function fullPage(task: Task, at: readonly number[]): number | null {
  const most = at.reduce((max, i) => Math.max(max, shownOn(task, i)), 0);
  const full = at.filter((i) => shownOn(task, i) === most);
  const hides = full.some((i) => (task.rowsOf[i]?.length ?? 0) > most);
  return most > 0 && full.length > 1 && hides ? most : null;
}

/** Occasions that a source, if it is the number of a page, says are first pages. */
export function firstPages(source: Source): readonly number[] {
  return [...source.inactiveAt, ...source.values.filter(({ text }) => text === '1').flatMap(({ at }) => at)];
}

/** Sources that may say how many rows a page shows: never fewer than it did, and as many at times. */
export function limitSources(task: Task): readonly Source[] {
  return numericSources(task).filter((source) => {
    const most = numberAt(source, 0);
    const off = source.activeAt.filter((i) => shownOn(task, i) > most(i)).length;
    return off * 50 <= source.activeAt.length && source.activeAt.some((i) => shownOn(task, i) === most(i));
  });
}

function limitsOf(task: Task): readonly Limit[] {
  const at = task.occasions.map((_, i) => i);
  const none: Limit = { words: 'all rows', bits: 0, at: () => Infinity };
  const firsts = numericSources(task).map((source) => fullPage(task, firstPages(source)));
  const sizes = [...new Set([fullPage(task, at), ...firsts])].flatMap((size) => size ?? []);
  const fixed = sizes.map((size): Limit => ({ words: `${size} rows`, bits: 8, expr: lit(size), at: () => size }));
  const usual = usualPages(task);
  const asked = limitSources(task).map((source): Limit => {
    const fallback = fullPage(task, source.inactiveAt) ?? 100_000;
    const words = `as many rows as ${source.name} says`;
    return { words, bits: 10, expr: numberExpr(source, fallback), at: numberAt(source, fallback) };
  });
  const base = usual.flatMap((size): Limit[] => [{ words: `${size} rows`, bits: 8, expr: lit(size), at: () => size }, ...usuallyAsked(task, size)]);
  return [none, ...fixed, ...asked, ...base.flatMap((limit) => excepted(task, limit))];
}

/** As many sizes of a page are tried. */
const mostSizes = 5;

/** How many rows pages showed, time and again, where they hid some: the commonest sizes. */
function usualPages(task: Task): readonly number[] {
  const counts = new Map<number, number>();
  for (const i of task.occasions.keys()) {
    const shown = shownOn(task, i);
    if (shown > 0 && (task.rowsOf[i]?.length ?? 0) > shown) counts.set(shown, (counts.get(shown) ?? 0) + 1);
  }
  const often = [...counts].filter(([, count]) => count > 2).sort((a, b) => b[1] - a[1] || b[0] - a[0]);
  return often.slice(0, mostSizes).map(([size]) => size);
}

/** Page sizes that a field or argument says where it says one, else the usual size. */
function usuallyAsked(task: Task, usual: number): readonly Limit[] {
  return numericSources(task)
    .filter((source) => source.activeAt.length > 0 && source.activeAt.every((i) => shownOn(task, i) <= numberAt(source, usual)(i)))
    .map((source) => ({ words: `as many rows as ${source.name} says, else ${usual}`, bits: 12, expr: numberExpr(source, usual), at: numberAt(source, usual) }));
}

/** Share of occasions under an exception that may keep to the rule. */
const exceptional = 0.5;

/** The limit, and the limit with larger pages where a switch says so. */
function excepted(task: Task, limit: Limit): readonly Limit[] {
  const over = [...task.occasions.keys()].filter((i) => shownOn(task, i) > limit.at(i));
  if (over.length === 0) return [limit];
  const switches = task.sources.filter(({ values }) => values.length === 1).flatMap((source) => [
    { source, at: source.activeAt, test: call('not', source.inactive) },
    { source, at: source.inactiveAt, test: source.inactive },
  ]);
  return switches.flatMap(({ source, at, test }): Limit[] => {
    const on = new Set(at);
    if (!over.every((i) => on.has(i)) || over.length < exceptional * at.length) return [];
    const size = Math.max(...at.map((i) => task.rowsOf[i]?.length ?? 0), ...over.map((i) => shownOn(task, i)));
    const words = `${limit.words}, more where ${source.name} says so`;
    const expr = call('if', test, lit(size * 10), limit.expr ?? lit(size));
    return [{ words, bits: limit.bits + 10, expr, at: (i) => (on.has(i) ? size * 10 : limit.at(i)) }];
  });
}

const together = (limit: Limit, offset: Pick<Paging, 'words' | 'bits' | 'offset'> & { start: (i: number) => number }): Paging => ({
  words: `${limit.words}${offset.words}`,
  bits: limit.bits + offset.bits,
  ...(offset.offset ? { offset: offset.offset } : {}),
  ...(limit.expr ? { limit: limit.expr } : {}),
  at: (i) => [offset.start(i), limit.at(i)],
});

function pagings(limit: Limit, source: Source): readonly Paging[] {
  const { expr: size } = limit;
  const skip = together(limit, {
    words: `, from row ${source.name} on`,
    bits: 9,
    offset: numberExpr(source, 0),
    start: numberAt(source, 0),
  });
  if (!size) return [skip];
  const [one, zero] = [numberAt(source, 1), numberAt(source, 0)];
  const pages = { words: `, page ${source.name}`, bits: 8, offset: call('mul', call('sub', numberExpr(source, 1), lit(1)), size) };
  const pagesFromZero = { words: `, page ${source.name} from zero`, bits: 9, offset: call('mul', numberExpr(source, 0), size) };
  const grown: Limit = {
    words: `${limit.words} for each ${source.name}`,
    bits: limit.bits + 10,
    expr: call('mul', numberExpr(source, 1), size),
    at: (i) => one(i) * limit.at(i),
  };
  return [
    together(limit, { ...pages, start: (i) => (one(i) - 1) * limit.at(i) }),
    together(limit, { ...pagesFromZero, start: (i) => zero(i) * limit.at(i) }),
    skip,
    together(grown, { words: '', bits: 0, start: () => 0 }),
  ];
}

/** Every way of paging that the evidence does not rule out at once, showing everything first. */
export function pagingOptions(task: Task): readonly Paging[] {
  return limitsOf(task).flatMap((limit) => [
    together(limit, { words: '', bits: 0, start: () => 0 }),
    ...numericSources(task).flatMap((source) => pagings(limit, source)),
  ]);
}

/** A way of paging with its price and that of the occasions that it gets wrong. */
export interface PricedPaging {
  readonly paging: Paging;
  readonly cost: number;
  readonly loss: number;
}

function lossOn(shown: Int32Array, given: readonly number[], weight: number): number {
  if (given.length === shown.length && given.every((place, k) => place === shown[k])) return 0;
  const wanted = new Set(shown);
  const common = given.filter((place) => wanted.has(place)).length;
  return weight * (1 - (0.5 * common) / Math.max(1, wanted.size + given.length - common));
}

/** Each way of paging against what was shown, the cheapest first; `passing` gives the rows that pass, in order. */
export function pricePagings(task: Task, passing: readonly (readonly number[])[], options: readonly Paging[]): readonly PricedPaging[] {
  const all = task.occasions.map((_, i) => i);
  const price = bitPrice(task, all);
  const priced = options.map((paging): PricedPaging => {
    const loss = all.reduce((sum, i) => {
      const [offset, limit] = paging.at(i);
      const given = (passing[i] as readonly number[]).slice(offset, offset + limit);
      return sum + lossOn(task.shownAt[i] as Int32Array, given, task.weight[i] as number);
    }, 0);
    return { paging, loss, cost: loss + price * paging.bits };
  });
  return priced.sort((a, b) => a.cost - b.cost);
}

/** The paging as parts of a query. */
export function pagingExpr({ offset, limit }: Paging): Pick<Query, 'offset' | 'limit'> {
  return { ...(offset ? { offset } : {}), ...(limit ? { limit } : {}) };
}
