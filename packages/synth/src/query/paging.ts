import type { Expr, Query } from '@backlot/protocol';
import { call } from '../call.ts';
import type { Source } from './source.ts';
import type { Task } from './task.ts';
import { bitPrice } from './task.ts';

/** How many rows of all that pass are shown, and from which on. */
export interface Paging {
  readonly words: string;
  readonly bits: number;
  readonly offset?: Expr;
  readonly limit?: Expr;
  /** What names the page or its first row. */
  readonly page?: Source;
  /** The same with another limit. */
  readonly resized: (resize: Resize) => Paging;
  /** Offset and limit on an occasion. */
  readonly at: (occasion: number) => readonly [number, number];
}

interface Limit {
  readonly words: string;
  readonly bits: number;
  readonly expr?: Expr;
  readonly at: (occasion: number) => number;
}

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
function numericSources(task: Task): readonly Source[] {
  return task.sources.filter(({ values }) => values.every(({ text }) => /^\d{1,6}$/.test(text)));
}

const shownOn = (task: Task, i: number): number => task.sizes[i] ?? 0;

/** Occasions that a source, if it is the number of a page, says are first pages. */
function firstPages(source: Source): readonly number[] {
  return [...source.inactiveAt, ...source.values.filter(({ text }) => text === '1').flatMap(({ at }) => at)];
}

/** Sources that may say how many rows a page shows: hardly ever fewer than it did, and as many at times. */
function limitSources(task: Task): readonly Source[] {
  return numericSources(task).filter((source) => {
    const most = numberAt(source, 0);
    const off = source.activeAt.filter((i) => shownOn(task, i) > most(i)).length;
    return off * 50 <= source.activeAt.length && source.activeAt.some((i) => shownOn(task, i) === most(i));
  });
}

/** Most sizes of a page that are tried, and most limits. */
const mostSizes = 4;
const mostLimits = 10;
/** Share of pages that may be longer than a page is said to be: other switches may make it longer. */
const longer = 0.2;

/** How many rows pages showed, more than once, while they hid some, hardly any page showing more. */
function usualSizes(task: Task, at: readonly number[]): readonly number[] {
  const counts = new Map<number, number>();
  const hiding = new Set<number>();
  let all = 0;
  for (const i of at) {
    const size = shownOn(task, i);
    all += task.share[i] as number;
    counts.set(size, (counts.get(size) ?? 0) + 1);
    if ((task.rowsOf[i]?.length ?? 0) > size) hiding.add(size);
  }
  const over = (size: number): number => at.reduce((sum, i) => sum + (shownOn(task, i) > size ? (task.share[i] as number) : 0), 0);
  const often = [...counts].filter(([size, count]) => size > 0 && count > 1 && hiding.has(size) && over(size) <= longer * all);
  return often
    .sort((a, b) => b[1] - a[1] || b[0] - a[0])
    .slice(0, mostSizes)
    .map(([size]) => size);
}

/** Limits that hardly any page exceeds, showing everything first. */
function limitsOf(task: Task): readonly Limit[] {
  const none: Limit = { words: 'all rows', bits: 0, at: () => Infinity };
  const everywhere = usualSizes(
    task,
    task.occasions.map((_, i) => i),
  );
  const firsts = numericSources(task).flatMap((source) => usualSizes(task, firstPages(source)).slice(0, 1));
  const sizes = [...new Set([...everywhere, ...firsts])];
  const fixed = sizes.map((size): Limit => ({ words: `${size} rows`, bits: 8, expr: lit(size), at: () => size }));
  const asked = limitSources(task).flatMap((source) => {
    const usual = usualSizes(task, source.inactiveAt).slice(0, 2);
    return (usual.length > 0 ? usual : [everything]).map((fallback): Limit => {
      const words = `as many rows as ${source.name} says, else ${fallback}`;
      return { words, bits: 10, expr: numberExpr(source, fallback), at: numberAt(source, fallback) };
    });
  });
  const split = fixed.slice(0, 2).flatMap((limit, n) => switched(task, limit, sizes[n] as number));
  return [none, ...[...fixed, ...split.slice(0, mostSplit), ...asked].slice(0, mostLimits)];
}

/** Most limits of two sizes that are tried. */
const mostSplit = 4;
/** A size must be met so many times as often under a setting as the size elsewhere. */
const oftener = 4;

/** The limit with another size under a setting where pages of that size are common, and none reaches the limit. */
function switched(task: Task, limit: Limit, size: number): readonly Limit[] {
  const count = (at: readonly number[], of: number): number => at.filter((i) => shownOn(task, i) === of).length;
  const found = settings(task).flatMap((setting) => {
    const other = usualSizes(task, setting.at).find((each) => each !== size && count(setting.at, each) > 2);
    if (other === undefined || count(setting.at, size) * oftener > count(setting.at, other)) return [];
    return [{ limit: sizedAt(task, limit, { setting, size: other }), support: count(setting.at, other) / setting.at.length }];
  });
  return found.sort((a, b) => b.support - a.support).map((each) => each.limit);
}

/** The limit with another size under a setting. */
function sizedAt(
  task: Task,
  limit: Limit,
  { setting, size }: { readonly setting: Setting; readonly size: number },
): Limit & { readonly expr: Expr } {
  const within = new Set(setting.at);
  return {
    words: `${size === everything ? 'all' : size} rows where ${setting.source.name} says so, else ${limit.words}`,
    bits: limit.bits + 8 + Math.log2(1 + task.sources.length),
    expr: call('if', setting.test, lit(size), limit.expr ?? lit(everything)),
    at: (i) => (within.has(i) ? size : limit.at(i)),
  };
}

/** More rows than any list has. */
const everything = 100_000;

/** Most values of a switch. */
const mostSettings = 4;

/** A group of occasions that a switch tells apart. */
interface Setting {
  readonly source: Source;
  readonly at: readonly number[];
  readonly test: Expr;
}

/** What registers with few values say, on or off. */
function settings(task: Task): readonly Setting[] {
  const few = task.sources.filter(({ kind, values }) => kind === 'register' && values.length <= mostSettings);
  const all = few.flatMap((source): Setting[] => [
    ...source.values.map((value) => ({ source, at: value.at, test: call('eq', source.raw, { lit: value.literal }) })),
    { source, at: source.inactiveAt, test: source.inactive },
  ]);
  return all.filter(({ at }) => at.length > 1 && at.length < task.occasions.length);
}

/**
 * A limit with another size under a setting: the size of most pages there that begin what passes without showing all of it, or
 * everything where a page showed more than the limit.
 */
function excepted(task: Task, paging: Paging, passing: readonly (readonly number[])[]): readonly Paging[] {
  const is = (i: number): boolean => {
    const [offset, limit] = paging.at(i);
    return isSame(task.shownAt[i] as Int32Array, (passing[i] as readonly number[]).slice(offset, offset + limit));
  };
  const wrong = task.occasions.flatMap((_, i) => (is(i) ? [] : [i]));
  return settings(task).flatMap((setting) => {
    const within = new Set(setting.at);
    const here = wrong.filter((i) => within.has(i));
    if (here.length * 2 < setting.at.length) return [];
    const cut = here.filter((i) => (passing[i]?.length ?? 0) > shownOn(task, i) && shownOn(task, i) > 0);
    const sizes = [...usualCounts(cut.map((i) => shownOn(task, i))).slice(0, 2), everything];
    return sizes.map((size) => paging.resized((limit) => sizedAt(task, limit, { setting, size })));
  });
}

/** Numbers, the commonest first. */
function usualCounts(numbers: readonly number[]): readonly number[] {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0]).map(([number]) => number);
}

const isSame = (shown: Int32Array, given: readonly number[]): boolean =>
  given.length === shown.length && given.every((place, k) => place === shown[k]);

/** A limit in the place of another. */
type Resize = (limit: Limit) => Limit;

type Offset = Pick<Paging, 'words' | 'bits' | 'offset'> & { readonly start: (occasion: number) => number };
type Style = (limit: Limit) => Paging;

/** Pages in a style, that may be resized. */
function styled(limit: Limit, offsetOf: (limit: Limit) => Offset, page?: Source): Paging {
  const offset = offsetOf(limit);
  const resized = (resize: Resize): Paging => styled(resize(limit), offsetOf, page);
  return {
    words: `${limit.words}${offset.words}`,
    bits: limit.bits + offset.bits,
    ...(offset.offset ? { offset: offset.offset } : {}),
    ...(limit.expr ? { limit: limit.expr } : {}),
    ...(page ? { page } : {}),
    resized,
    at: (i) => [offset.start(i), limit.at(i)],
  };
}

function stylesBy(source: Source): readonly Style[] {
  const [one, zero] = [numberAt(source, 1), numberAt(source, 0)];
  const sized = ({ expr }: Limit): Expr => expr ?? lit(everything);
  const skip = (limit: Limit): Paging =>
    styled(limit, () => ({ words: `, from row ${source.name} on`, bits: 9, offset: numberExpr(source, 0), start: zero }), source);
  const pages = (limit: Limit): Offset => ({
    words: `, page ${source.name}`,
    bits: 8,
    offset: call('mul', call('sub', numberExpr(source, 1), lit(1)), sized(limit)),
    start: (i) => (one(i) - 1) * limit.at(i),
  });
  const fromZero = (limit: Limit): Offset => ({
    words: `, page ${source.name} from zero`,
    bits: 9,
    offset: call('mul', numberExpr(source, 0), sized(limit)),
    start: (i) => zero(i) * limit.at(i),
  });
  const grown = (limit: Limit): Limit => ({
    words: `${limit.words} for each ${source.name}`,
    bits: limit.bits + 10,
    expr: call('mul', numberExpr(source, 1), sized(limit)),
    at: (i) => one(i) * limit.at(i),
  });
  return [
    (limit) => (limit.expr ? styled(limit, pages, source) : skip(limit)),
    ...[fromZero].map((style) => (limit: Limit) => (limit.expr ? styled(limit, style, source) : skip(limit))),
    skip,
    (limit) => (limit.expr ? styled(grown(limit), whole) : skip(limit)),
  ];
}

/** Most sources that are tried as the number of a page, or of its first row. */
const mostPages = 3;

/** Sources that may name a page, those first that often name another than the first. */
function pageSources(task: Task): readonly Source[] {
  const later = ({ values }: Source): number =>
    values
      .filter(({ text }) => Number(text) > 1)
      .reduce((sum, { at }) => sum + at.reduce((all, i) => all + (task.share[i] as number), 0), 0);
  const rank = (source: Source): number => later(source) + (source.kind === 'param' ? task.occasions.length : 0);
  return numericSources(task)
    .map((source) => ({ source, rank: rank(source) }))
    .sort((a, b) => b.rank - a.rank)
    .slice(0, mostPages)
    .map(({ source }) => source);
}

const whole = (): Offset => ({ words: '', bits: 0, start: () => 0 });

/** Every way of paging that the evidence does not rule out at once, showing everything first. */
export function pagingOptions(task: Task): readonly Paging[] {
  const styles = pageSources(task).flatMap(stylesBy);
  return limitsOf(task).flatMap((limit) => {
    const seen = new Set<string>();
    return [styled(limit, whole), ...styles.map((style) => style(limit))].filter(({ words }) => !seen.has(words) && seen.add(words));
  });
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

/** Bits lost on all pages that are given wrong, and that with the price of the description. */
function priced(task: Task, passing: readonly (readonly number[])[], paging: Paging): PricedPaging {
  const all = task.occasions.map((_, i) => i);
  const loss = all.reduce((sum, i) => {
    const [offset, limit] = paging.at(i);
    const given = (passing[i] as readonly number[]).slice(offset, offset + limit);
    return sum + lossOn(task.shownAt[i] as Int32Array, given, task.weight[i] as number);
  }, 0);
  return { paging, loss, cost: loss + bitPrice(task, all) * paging.bits };
}

/** Most switches that each make pages longer or shorter, and most pagings for which they are sought. */
const mostExceptions = 2;
const beam = 3;

/** Each way of paging against what was shown, the cheapest first; `passing` gives the rows that pass, in order. */
export function pricePagings(task: Task, passing: readonly (readonly number[])[], options: readonly Paging[]): readonly PricedPaging[] {
  let all = options.map((paging) => priced(task, passing, paging)).sort((a, b) => a.cost - b.cost);
  let fresh = all.slice(0, beam);
  for (let n = 0; n < mostExceptions && fresh.length > 0; n++) {
    const better = fresh.flatMap((base) =>
      excepted(task, base.paging, passing)
        .map((paging) => priced(task, passing, paging))
        .filter(({ cost }) => cost < base.cost),
    );
    fresh = better.sort((a, b) => a.cost - b.cost).slice(0, beam);
    all = [...all, ...fresh].sort((a, b) => a.cost - b.cost);
  }
  return all;
}

/** The paging as parts of a query. */
export function pagingExpr({ offset, limit }: Paging): Pick<Query, 'offset' | 'limit'> {
  return { ...(offset ? { offset } : {}), ...(limit ? { limit } : {}) };
}
