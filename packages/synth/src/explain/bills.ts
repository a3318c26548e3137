import type { Expr } from '@backlot/protocol';
import type { PageModel } from '../pages/page-model.ts';
import type { Hole } from '../template/holes.ts';
import type { Instance } from '../template/pattern.ts';
import type { Amounts } from './amounts.ts';
import { amountsOf, rounding, written } from './amounts.ts';
import { presenceOf } from './presence.ts';

/** An amount that is added to or taken off. */
interface Part {
  readonly hole: Hole;
  readonly sign: 1 | -1;
}

/** A sum must hold on this share of the occasions: recorders catch pages in the middle of a change. */
const nearly = 0.97;
/** Different amounts that a total must come to, and occasions on which it is more than one amount alone. */
const fewestTotals = 4;
const fewestSums = 2;
/** A total is mostly at least what is added up to it. */
const mostly = 0.6;

interface Search {
  readonly amounts: Amounts;
  readonly target: Hole;
  readonly terms: readonly Hole[];
}

const shown = ({ amounts, target }: Search): readonly Instance[] => amounts.seen.filter((instance) => target.values.has(instance));

function sumOf({ at }: Amounts, parts: readonly Part[], instance: Instance): number {
  return parts.reduce((sum, { hole, sign }) => sum + sign * at(hole, instance), 0);
}

const isWhole = (search: Search, parts: readonly Part[]): boolean => {
  const all = shown(search);
  const { amounts, target } = search;
  const several = all.filter((instance) => parts.filter(({ hole }) => amounts.at(hole, instance) !== 0).length > 1);
  const isLargest = ({ hole, sign }: Part): boolean =>
    sign < 0 ||
    all.filter((instance) => amounts.at(target, instance) >= amounts.at(hole, instance) - rounding).length >= mostly * all.length;
  return several.length >= fewestSums && parts.every(isLargest);
};

/** The fewest amounts that make up another; null where none do. */
function partsOf(search: Search): readonly Part[] | null {
  const { amounts, target, terms } = search;
  const all = shown(search);
  const allowed = Math.floor((1 - nearly) * all.length);
  const wrong = (parts: readonly Part[]): number =>
    all.filter((instance) => Math.abs(sumOf(amounts, parts, instance) - amounts.at(target, instance)) > rounding).length;
  let best: readonly Part[] | null = null;
  const visit = (from: number, parts: readonly Part[]): void => {
    if (parts.length > 1 && (!best || parts.length < best.length) && wrong(parts) <= allowed && isWhole(search, parts)) best = parts;
    for (let i = from; i < terms.length; i++)
      for (const sign of [1, -1] as const) visit(i + 1, [...parts, { hole: terms[i] as Hole, sign }]);
  };
  visit(0, []);
  return best;
}

/** What a place amounts to: nothing where it is not there. */
export function amountTerm(hole: Hole, page: PageModel, exprs: ReadonlyMap<Hole, Expr>): Expr {
  const amount: Expr = { fn: 'amount', args: [exprs.get(hole) ?? { lit: '' }] };
  const [first, ...more] = hole.pattern.parent ? presenceOf(hole.pattern.parent, page, exprs) : [];
  if (!first) return amount;
  return { fn: 'if', args: [more.reduce<Expr>((a, b) => ({ fn: 'and', args: [a, b] }), first), amount, { lit: 0 }] };
}

/** True for what is remembered, or at times wrong: it may be reckoned from what else the page shows. */
type IsDoubtful = (hole: Hole) => boolean;

const sameAmounts = ({ seen, at }: Amounts, a: Hole, b: Hole): boolean =>
  seen.every((instance) => !a.values.has(instance) || !b.values.has(instance) || at(a, instance) === at(b, instance));

/** What totals are made of: sums of other amounts on the page, with what is taken off. */
export function totalsOn(page: PageModel, exprs: ReadonlyMap<Hole, Expr>, isDoubtful: IsDoubtful): ReadonlyMap<Hole, Expr> {
  const amounts = amountsOf(page, exprs);
  const found = new Map<Hole, Expr>();
  for (const target of amounts.holes.toReversed()) {
    if (!isDoubtful(target) || new Set(target.values.values()).size < fewestTotals) continue;
    const others = amounts.holes.filter((hole) => hole !== target && !sameAmounts(amounts, hole, target));
    const terms = others.filter((hole, i) => others.findIndex((other) => sameAmounts(amounts, other, hole)) === i);
    const parts = partsOf({ amounts, target, terms });
    const [first, ...more] = parts ?? [];
    if (!parts || !first) continue;
    const termOf = ({ hole }: Part): Expr => amountTerm(hole, page, exprs);
    const start: Expr = first.sign > 0 ? termOf(first) : { fn: 'sub', args: [{ lit: 0 }, termOf(first)] };
    const sum = more.reduce<Expr>((before, part) => ({ fn: part.sign > 0 ? 'add' : 'sub', args: [before, termOf(part)] }), start);
    const expr = written(target, sum);
    if (expr) found.set(target, expr);
  }
  return found;
}
