import type { Bits } from './bits.ts';
import { allBits, both, popcount } from './bits.ts';
import type { Condition } from './condition.ts';
import type { Filter, Options } from './filter.ts';
import { isIdle, learnFilter, optionsFor } from './filter.ts';
import { noSource } from './source.ts';
import type { Task } from './task.ts';
import { lossOf } from './task.ts';

/** All filters of a query together. */
export interface Filters {
  readonly filters: readonly Filter[];
  /** Pairs that pass every filter. */
  readonly pairs: Bits;
  /** Price of their descriptions, and with it of what they leave unexplained. */
  readonly price: number;
  readonly cost: number;
}

const through = (task: Task, filters: readonly Filter[]): Bits =>
  filters.reduce((mask, { pairs }) => both(mask, pairs), allBits(task.words));

/** What may be asked, prepared once for all searches over a task. */
export function prepareFilters(task: Task, conditions: readonly Condition[]): readonly Options[] {
  return [noSource(task.occasions.length), ...task.sources].map((source) => optionsFor(task, source, conditions));
}

/** Bits lost if exactly those rows were shown that pass. */
function lossIn(task: Task, { mask, care }: { readonly mask: Bits; readonly care: Bits }): number {
  const all = task.occasions.map((_, i) => i);
  return lossOf(task, all, { chosen: mask, mask, care });
}

interface Refit {
  readonly prepared: readonly Options[];
  readonly care: Bits;
  readonly thorough: boolean;
}

/** Share of the rows shown that may break a condition that all of them are said to keep. */
const exceptions = 0.005;

/** Conditions that nearly every row shown keeps, whatever was asked. */
function kept(task: Task, conditions: readonly Condition[]): readonly Condition[] {
  const count = (of: Bits): number => of.reduce((sum, word) => sum + popcount(word), 0);
  const all = count(task.shown);
  return conditions.filter(({ pairs }) => count(both(pairs, task.shown)) >= (1 - exceptions) * all);
}

const isSame = (a: Options['source'], b: Options['source']): boolean => a.name === b.name && a.kind === b.kind;

/** Most sources for which conditions are joined in the end, in a thorough search and in another. */
const mostLikely = 5;
const mostLikelyInHaste = 2;
/** Most filters that a search that is not thorough adds. */
const mostInHaste = 8;

/** The filters of single sources that explain most, the best first: all are sought in haste, the likeliest again at length. */
function likeliest(task: Task, mask: Bits, { prepared: open, care, thorough }: Refit): readonly Filter[] {
  const hasty = open
    .map((options) => ({ options, cost: learnFilter(task, options, { mask, care, haste: true }).cost }))
    .sort((a, b) => a.cost - b.cost);
  const plain = open.filter(({ source }) => source.kind === 'none');
  const likely = new Set([...plain, ...hasty.slice(0, thorough ? mostLikely : mostLikelyInHaste).map(({ options }) => options)]);
  return [...likely].map((options) => learnFilter(task, options, { mask, care })).sort((a, b) => a.cost - b.cost);
}

/** Adds the filter that explains most, and learns each again in the light of the others, until nothing more is explained. */
function extend(task: Task, start: readonly Filter[], search: Refit): readonly Filter[] {
  const { prepared, care, thorough } = search;
  let chosen = [...start];
  for (let round = 0; round < (thorough ? prepared.length : mostInHaste); round++) {
    const mask = through(task, chosen);
    const now = lossIn(task, { mask, care });
    const open = prepared.filter(({ source }) => !chosen.some((filter) => isSame(filter.source, source)));
    if (now === 0) break;
    const [best] = likeliest(task, mask, { ...search, prepared: open });
    if (!best || best.cost >= now || isIdle(best)) break;
    chosen.push(best);
    if (chosen.length > 1) chosen = refit(task, chosen, search);
  }
  return refit(task, chosen, search);
}

/** Learns each filter again given the others; one that became idle is dropped. */
function refit(task: Task, filters: readonly Filter[], { prepared, care }: Refit): Filter[] {
  let current = [...filters];
  for (const { source } of filters) {
    const others = current.filter((filter) => filter.source !== source);
    const options = prepared.find((each) => each.source === source);
    if (!options) continue;
    const again = learnFilter(task, options, { mask: through(task, others), care });
    current = isIdle(again) ? others : [...others, again];
  }
  return current;
}

/** Most filters that the search begins with in turn, besides what explains most. */
const mostStarts = 3;

/** What all rows shown keep, if there is such a condition. */
function always(task: Task, { prepared, care }: Refit): readonly Filter[] {
  const [plain] = prepared;
  const conditions = plain ? kept(task, plain.conditions) : [];
  if (!plain || conditions.length < 2) return [];
  const filter = learnFilter(task, { ...plain, conditions, hypotheses: conditions }, { mask: allBits(task.words), care });
  return isIdle(filter) ? [] : [filter];
}

/** Beginnings of the search: what all rows shown keep, nothing, and filters of single sources that explain much by themselves. */
function* starts(task: Task, search: Refit): Generator<readonly Filter[]> {
  const { prepared, care } = search;
  const first = always(task, search);
  yield first;
  if (first.length > 0) yield [];
  const mask = through(task, first);
  const now = lossIn(task, { mask, care });
  const singles = likeliest(task, mask, { ...search, prepared: prepared.slice(1) });
  const useful = singles.filter((filter) => !isIdle(filter) && filter.cost < now).sort((a, b) => a.cost - b.cost);
  for (const filter of useful.slice(0, mostStarts)) yield [...first, filter];
}

/** How filters are sought. */
export interface FilterSearch {
  /** Pairs that bear witness. */
  readonly care: Bits;
  /** Whether to begin anew in other ways while something stays unexplained. */
  readonly thorough: boolean;
}

/**
 * The filters that together explain best which rows were shown: the one that explains most is added first, then each is learned
 * again in the light of the others, until nothing changes.
 */
export function learnFilters(task: Task, prepared: readonly Options[], { care, thorough }: FilterSearch): Filters {
  const found: Filters[] = [];
  for (const start of starts(task, { prepared, care, thorough })) {
    const filters = extend(task, start, { prepared, care, thorough });
    const pairs = through(task, filters);
    const price = filters.reduce((sum, filter) => sum + filter.price, 0);
    const loss = lossIn(task, { mask: pairs, care });
    found.push({ filters, pairs, price, cost: price + loss });
    if (loss === 0 || !thorough) break;
  }
  const best = found.reduce((a, b) => (b.cost < a.cost ? b : a));
  const rank = ({ source }: Filter): number => prepared.findIndex((options) => isSame(options.source, source));
  return { ...best, filters: [...best.filters].sort((a, b) => rank(a) - rank(b)) };
}
