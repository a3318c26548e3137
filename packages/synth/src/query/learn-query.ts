import type { Certainty, Expr, Query } from '@backlot/protocol';
import { select } from '@backlot/world';
import type { Bits } from './bits.ts';
import { popcount } from './bits.ts';
import { conditionsOf } from './condition.ts';
import type { Options } from './filter.ts';
import { filterExpr } from './filter.ts';
import type { Filters } from './filters.ts';
import { learnFilters, prepareFilters } from './filters.ts';
import type { ListOccasion, QuerySpace } from './occasion.ts';
import type { OrderTree } from './order.ts';
import { learnOrder, orderedPlaces, orderExpr, orderRivals } from './order.ts';
import type { Paging, PricedPaging } from './paging.ts';
import { pagingExpr, pagingOptions, pricePagings } from './paging.ts';
import type { Task } from './task.ts';
import { bitPrice, readTask } from './task.ts';
import { witnesses } from './witness.ts';

export type { ListOccasion, QuerySpace } from './occasion.ts';

/** A query with how well it explains the lists that were seen. */
export interface LearnedQuery {
  readonly query: Query;
  /** Share of occasions on which it gives exactly what was shown, in order. */
  readonly exact: number;
  /** Occasions that it does not give exactly. */
  readonly misses: readonly number[];
  /** Share of pairs of row and occasion, but for rows that may be on another page, that its filters put on the right side. */
  readonly membership: number;
  /** What explains the evidence as well, in words. */
  readonly alternatives: readonly string[];
  readonly certainty: Certainty;
}

interface Explained {
  /** How pages were taken to be cut while filters were sought. */
  readonly assumed: Paging;
  readonly filters: Filters;
  readonly care: Bits;
  readonly paging: PricedPaging;
  readonly rivals: readonly string[];
  readonly cost: number;
}

function passingPlaces(task: Task, order: OrderTree, pairs: Bits): readonly (readonly number[])[] {
  return task.occasions.map((_, i) => {
    const start = task.start[i] as number;
    return orderedPlaces(task, order, i).filter((place) => (((pairs[start + (place >>> 5)] as number) >>> (place & 31)) & 1) === 1);
  });
}

/** What explaining needs, prepared once. */
interface Materials {
  readonly task: Task;
  readonly prepared: readonly Options[];
  readonly options: readonly Paging[];
  readonly order: OrderTree;
}

/** The best filters and paging if pages were cut as a way of paging says. */
function explainBy({ task, prepared, options, order }: Materials, assumed: Paging, thorough: boolean): Explained {
  const care = witnesses(task, order, assumed);
  const asking = prepared.filter(({ source }) => source !== assumed.page);
  const filters = learnFilters(task, asking, { care, thorough });
  const ranked = pricePagings(task, passingPlaces(task, order, filters.pairs), options);
  const paging = ranked[0] as PricedPaging;
  const margin =
    2.5 *
    bitPrice(
      task,
      task.occasions.map((_, i) => i),
    );
  const close = ranked.filter((each) => each !== paging && each.loss <= paging.loss && each.cost - paging.cost < margin);
  const rivals = paging.paging.bits === 0 ? [] : close.map((each) => each.paging.words);
  return { assumed, filters, care, paging, rivals, cost: paging.cost + filters.price };
}

/** Most assumptions about paging that are searched thoroughly, and most times that one is made again by what was found. */
const mostThorough = 2;
const mostRounds = 3;

const isAlike = (a: Bits, b: Bits): boolean => a.every((word, i) => word === b[i]);

/** Explains again by the paging found, while that explains more. */
function settle(materials: Materials, start: Explained, thorough: boolean): Explained {
  let best = start;
  for (let round = 0; round < mostRounds && best.paging.loss > 0; round++) {
    const { paging } = best.paging;
    const isNew = paging.page !== best.assumed.page || !isAlike(witnesses(materials.task, materials.order, paging), best.care);
    if (!isNew && (round > 0 || !thorough)) return best;
    const next = explainBy(materials, paging, thorough);
    if (next.cost >= best.cost) return best;
    best = next;
  }
  return best;
}

/** Ways of paging that cut pages in ways of their own, the first of each. */
function distinctCuts(task: Task, options: readonly Paging[]): readonly Paging[] {
  const seen = new Set<string>();
  return options.filter(({ page, at }) => {
    const cuts = task.occasions.map((_, i) => at(i)).map(([offset, limit], i) => `${offset > 0} ${limit === task.sizes[i]}`);
    const name = `${page?.name} ${cuts.join()}`;
    return !seen.has(name) && seen.add(name);
  });
}

/** What is found on several ways stands once. */
function distinct(found: readonly Explained[]): readonly Explained[] {
  return found.filter(
    ({ cost, filters }, n) => !found.slice(0, n).some((other) => other.cost === cost && isAlike(other.filters.pairs, filters.pairs)),
  );
}

/** Assumptions about paging under which all sources are looked at; under others only those that proved useful. */
const mostBroad = 2;

/** What was of use so far, and what addresses say. */
function useful(prepared: readonly Options[], found: readonly Explained[]): readonly Options[] {
  const used = new Set(found.flatMap(({ filters }) => filters.filters.map(({ source }) => source.name)));
  return prepared.filter(({ source }) => source.kind !== 'register' || used.has(source.name));
}

const cheapest = (found: readonly Explained[]): readonly Explained[] => [...found].sort((a, b) => a.cost - b.cost);

/** The best filters and paging for an order, under the assumption about paging that explains most: first of sizes, then of pages. */
function explain(task: Task, order: OrderTree): Explained {
  const options = pagingOptions(task);
  const all: Materials = { task, prepared: prepareFilters(task, conditionsOf(task)), options, order };
  const assume = (materials: Materials, assumed: readonly Paging[]): readonly Explained[] =>
    assumed.map((each) => explainBy(materials, each, false));
  const cuts = distinctCuts(task, options);
  const [uncut, ...cut] = cuts.filter(({ page }) => !page) as [Paging, ...Paging[]];
  const whole = [...cut, uncut];
  const broad = assume(all, whole.slice(0, mostBroad));
  const few: Materials = { ...all, prepared: useful(all.prepared, broad) };
  const sized = cheapest([...broad, ...assume(few, whole.slice(mostBroad))]);
  const likely = new Set(sized.slice(0, mostThorough).map(({ assumed }) => assumed.limit));
  const isDone = sized[0]?.paging.loss === 0;
  const paged = isDone
    ? []
    : assume(
        few,
        cuts.filter(({ page, limit }) => page && likely.has(limit)),
      );
  const quick = cheapest([...sized, ...paged]);
  const [first] = quick as [Explained];
  if (first.paging.loss === 0) return first;
  const again = quick
    .slice(0, mostThorough)
    .flatMap((found) => (broad.includes(found) ? [found] : cheapest([found, explainBy(all, found.assumed, false)]).slice(0, 1)));
  const settled = distinct(again.map((found) => settle(all, found, false)));
  return cheapest([first, ...settled.map((found) => settle(all, found, true))])[0] as Explained;
}

function shareRight(task: Task, { filters, care }: Explained): number {
  let [right, all] = [0, 0];
  for (let w = 0; w < task.words; w++) {
    const wrong = ((filters.pairs[w] as number) ^ (task.shown[w] as number)) & (care[w] as number);
    all += popcount(care[w] as number);
    right += popcount(care[w] as number) - popcount(wrong);
  }
  return all === 0 ? 1 : right / all;
}

function isGiven(query: Query, { scope, rows, shown }: ListOccasion): boolean {
  const state = { ...scope.state, tables: { ...scope.state.tables, [query.from]: rows } };
  const given = select(query, { ...scope, state });
  return given.length === shown.length && given.every((row, k) => row.id === shown[k]);
}

function whereOf(filters: Filters): Expr | undefined {
  const parts = filters.filters.map(filterExpr);
  return parts.length > 1 ? { fn: 'and', args: parts } : parts[0];
}

function queryOf({ table, as }: QuerySpace, order: OrderTree, { filters, paging }: Explained): Query {
  const where = whereOf(filters);
  const keys = orderExpr(order);
  return { from: table, as, ...(where ? { where } : {}), ...(keys.length > 0 ? { order: keys } : {}), ...pagingExpr(paging.paging) };
}

/**
 * Learns which query gives a list: filters by parameters and registers (each alone and all together), order and paging. What is
 * chosen has the shortest description of itself and of the occasions that it gets wrong; rare noise is not worth a longer query.
 * A parameter without evidence is left out. Deterministic.
 */
export function learnQuery(occasions: readonly ListOccasion[], space: QuerySpace): LearnedQuery {
  const seen = occasions.some(({ rows }) => rows.length > 0);
  if (!seen) {
    const misses = occasions.flatMap(({ shown }, i) => (shown.length > 0 ? [i] : []));
    const exact = occasions.length === 0 ? 0 : 1 - misses.length / occasions.length;
    return { query: { from: space.table, as: space.as }, exact, misses, membership: 1, alternatives: [], certainty: 'unseen' };
  }
  const task = readTask(occasions, space);
  const order = learnOrder(task);
  const explained = explain(task, order);
  const query = queryOf(space, order, explained);
  const misses = occasions.flatMap((occasion, i) => (isGiven(query, occasion) ? [] : [i]));
  const alternatives = [...explained.filters.filters.flatMap(({ rivals }) => rivals), ...orderRivals(order), ...explained.rivals];
  return {
    query,
    exact: 1 - misses.length / occasions.length,
    misses,
    membership: shareRight(task, explained),
    alternatives: [...new Set(alternatives)],
    certainty: alternatives.length > 0 ? 'ambiguous' : 'certain',
  };
}
