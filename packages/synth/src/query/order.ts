import type { Expr, Query } from '@backlot/protocol';
import { call } from '../call.ts';
import { orderKeys } from './order-keys.ts';
import type { OrderKey } from './order-keys.ts';
import type { OrderLeaf } from './order-leaf.ts';
import { learnLeaf, orderPrice } from './order-leaf.ts';
import type { Argument, Source } from './source.ts';
import type { Task } from './task.ts';

/** An order, or orders chosen by the value of a source. */
export type OrderTree =
  | { readonly leaf: OrderLeaf; readonly cost: number }
  | {
      readonly source: Source;
      readonly cases: readonly { readonly value: Argument; readonly tree: OrderTree }[];
      /** Where the source is active with another value, if that differs from the rest. */
      readonly active?: OrderTree;
      readonly rest: OrderTree;
      readonly cost: number;
    };

/** Most values of a source that may choose an order. */
const mostCases = 12;
/** Bits for the name of a value. */
const literalBits = 4;

interface Search {
  readonly keys: readonly OrderKey[];
  readonly depth: number;
  readonly sources: readonly Source[];
  /** Price of a bit that says what an order is chosen by: that it is chosen at all is said of all pages. */
  readonly price: number;
}

/** Bits for the choice of a source. */
const sourceBits = ({ sources }: Search): number => 2 + Math.log2(1 + sources.length);

const among = (at: readonly number[], within: ReadonlySet<number>): readonly number[] => at.filter((i) => within.has(i));

/** By value: values that are better ordered in a way of their own get one, until the rest agrees. */
function splitByValue(task: Task, at: readonly number[], { source, search }: { source: Source; search: Search }): OrderTree | null {
  const within = new Set(at);
  const groups = source.values.map((value) => ({ value, at: among(value.at, within) })).filter((group) => group.at.length > 0);
  if (groups.length === 0 || groups.length > mostCases) return null;
  const inactive = among(source.inactiveAt, within);
  if (inactive.length === 0 && groups.length === 1) return null;
  let restAt = inactive.length > 0 ? inactive : (groups[0]?.at ?? []);
  const deeper = { ...search, depth: search.depth - 1 };
  const own = groups.map((group) => ({ ...group, tree: learnTree(task, group.at, deeper) }));
  const isRest: typeof own = [];
  for (const group of own) {
    const joined = [...restAt, ...group.at];
    const together = learnLeaf(task, joined, search.keys).cost;
    const apart = learnLeaf(task, restAt, search.keys).cost + group.tree.cost + literalBits * search.price;
    if (together > apart) continue;
    restAt = joined;
    isRest.push(group);
  }
  const cases = own.filter((group) => !isRest.includes(group)).map(({ value, tree }) => ({ value, tree }));
  const rest = learnTree(
    task,
    [...restAt].sort((a, b) => a - b),
    deeper,
  );
  if (cases.length === 0) return null;
  const said = sourceBits(search) + literalBits * cases.length;
  return { source, cases, rest, cost: rest.cost + cases.reduce((sum, { tree }) => sum + tree.cost, said * search.price) };
}

/** By whether the source is active at all. */
function splitByActive(task: Task, at: readonly number[], { source, search }: { source: Source; search: Search }): OrderTree | null {
  const within = new Set(at);
  const [on, off] = [among(source.activeAt, within), among(source.inactiveAt, within)];
  if (on.length === 0 || off.length === 0) return null;
  const deeper = { ...search, depth: search.depth - 1 };
  const [active, rest] = [learnTree(task, on, deeper), learnTree(task, off, deeper)];
  return { source, cases: [], active, rest, cost: active.cost + rest.cost + sourceBits(search) * search.price };
}

function learnTree(task: Task, at: readonly number[], search: Search): OrderTree {
  const leaf = learnLeaf(task, at, search.keys);
  const alone: OrderTree = { leaf, cost: leaf.cost };
  if (search.depth === 0 || leaf.loss < 10) return alone;
  const shallow = { ...search, depth: 1 };
  const ranked = search.sources
    .flatMap((source) => {
      const inputs = { source, search: shallow };
      return [splitByValue(task, at, inputs), splitByActive(task, at, inputs)].flatMap((tree) => (tree ? [{ tree, source }] : []));
    })
    .sort((a, b) => a.tree.cost - b.tree.cost);
  const deep = search.depth < 2 ? [] : ranked.slice(0, 3).flatMap(({ source }) => splitByValue(task, at, { source, search }) ?? []);
  return [alone, ...ranked.map(({ tree }) => tree), ...deep].reduce((best, tree) => (tree.cost < best.cost ? tree : best));
}

/** The order in which lists are shown, judged by the rows shown alone. */
export function learnOrder(task: Task): OrderTree {
  const at = task.shownAt.flatMap((places, i) => (places.length > 1 ? [i] : []));
  return learnTree(task, at, { keys: orderKeys(task), depth: 2, sources: task.sources, price: orderPrice(task, at) });
}

/** The keys that order an occasion. */
function keysAt(tree: OrderTree, occasion: number): readonly OrderKey[] {
  if ('leaf' in tree) return tree.leaf.keys;
  const v = tree.source.valueAt[occasion] as number;
  if (v < 0) return keysAt(tree.rest, occasion);
  const found = tree.cases.find(({ value }) => value === tree.source.values[v]);
  return keysAt(found?.tree ?? tree.active ?? tree.rest, occasion);
}

/** Places of an occasion's rows in the order of the tree. */
export function orderedPlaces(task: Task, tree: OrderTree, occasion: number): readonly number[] {
  const rows = task.rowsOf[occasion] as Int32Array;
  const keys = keysAt(tree, occasion);
  return Array.from(rows, (_, place) => place).sort((a, b) => {
    for (const { ranks } of keys) {
      const by = (ranks[rows[a] as number] as number) - (ranks[rows[b] as number] as number);
      if (by !== 0) return by;
    }
    return a - b;
  });
}

const allOf = (tests: readonly Expr[]): Expr => (tests.length === 1 ? (tests[0] as Expr) : call('and', ...tests));

/** The order as keys of a query: a key that holds only at times is constant otherwise. */
export function orderExpr(tree: OrderTree, when: readonly Expr[] = []): NonNullable<Query['order']> {
  if ('leaf' in tree)
    return tree.leaf.keys.map(({ by, desc }) => ({
      by: when.length === 0 ? by : call('if', allOf(when), by, { lit: 0 }),
      ...(desc ? { desc } : {}),
    }));
  const is = ({ literal }: Argument): Expr => call('eq', tree.source.raw, { lit: literal });
  const others = tree.cases.map(({ value }) => call('not', is(value)));
  const [on, off] = [call('not', tree.source.inactive), tree.source.inactive];
  return [
    ...tree.cases.flatMap(({ value, tree: inner }) => orderExpr(inner, [...when, is(value)])),
    ...(tree.active ? orderExpr(tree.active, [...when, on, ...others]) : []),
    ...orderExpr(tree.rest, tree.active ? [...when, off] : [...when, ...others]),
  ];
}

/** What else the order may be, in words. */
export function orderRivals(tree: OrderTree): readonly string[] {
  if ('leaf' in tree) return tree.leaf.rivals;
  return [...tree.cases.map((each) => each.tree), tree.rest, ...(tree.active ? [tree.active] : [])].flatMap(orderRivals);
}
