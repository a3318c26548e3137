import type { Expr, Value } from '@backlot/protocol';
import { decimalsOf, simplestBetween } from '../derive/simplest.ts';
import type { PageModel } from '../pages/page-model.ts';
import type { Hole } from '../template/holes.ts';
import type { Instance } from '../template/pattern.ts';
import type { SessionViews } from '../views.ts';
import type { Amounts } from './amounts.ts';
import { amountsOf, rounding, written } from './amounts.ts';
import { amountTerm } from './bills.ts';
import type { RegisterModel } from './registers.ts';
import { carried } from './carried.ts';

/** What a rate is taken of: an amount, or what is left of one. */
interface Base {
  readonly of: Hole;
  readonly less?: Hole;
}

/** The rate that each account has. */
type Rates = ReadonlyMap<string, number>;

/** Different amounts at a rate, in all, that tell it from chance. */
const fewest = 4;
/** A rate is rarely written with more decimals than this. */
const mostDecimals = 4;

interface Search {
  readonly amounts: Amounts;
  readonly target: Hole;
  readonly accountOf: (instance: Instance) => string;
}

const baseAt = ({ at }: Amounts, { of, less }: Base, instance: Instance): number => at(of, instance) - (less ? at(less, instance) : 0);

/** The simplest rate that gives what was seen of one account, after rounding; null where none does. */
function rateOf(pairs: readonly (readonly [number, number])[]): number | null {
  const low = Math.max(...pairs.map(([amount, base]) => (amount - rounding) / base));
  const high = Math.min(...pairs.map(([amount, base]) => (amount + rounding) / base));
  if (!(low <= high)) return null;
  const rate = simplestBetween(low, high);
  return decimalsOf(rate) <= mostDecimals && rate !== 0 && rate !== 1 ? rate : null;
}

/** The occasions on which there is something at the rate. */
const charged = ({ amounts, target }: Search): readonly Instance[] => amounts.seen.filter((instance) => amounts.at(target, instance) !== 0);

function ratesOf(search: Search, base: Base): Rates | null {
  const { amounts, target, accountOf } = search;
  const all = charged(search);
  const rates = new Map<string, number>();
  for (const [account, mine] of Map.groupBy(all, accountOf)) {
    const pairs = mine.map((instance) => [amounts.at(target, instance), baseAt(amounts, base, instance)] as const);
    const rate = pairs.every(([, of]) => of > 0) ? rateOf(pairs) : null;
    if (rate === null) return null;
    rates.set(account, rate);
  }
  const different = new Set(all.map((instance) => `${accountOf(instance)} ${amounts.at(target, instance)}`)).size;
  return different >= fewest + rates.size - 1 ? rates : null;
}

const digits = (rates: Rates): number => [...rates.values()].reduce((sum, rate) => sum + decimalsOf(rate), 0);

/** What the target is at the plainest rates of, if there is such a thing. */
function baseOf(search: Search): { readonly base: Base; readonly rates: Rates } | null {
  const others = search.amounts.holes.filter((hole) => hole !== search.target);
  const bases = others.flatMap((of): Base[] => [{ of }, ...others.filter((less) => less !== of).map((less) => ({ of, less }))]);
  const found = bases.flatMap((base) => {
    const rates = ratesOf(search, base);
    return rates ? [{ base, rates }] : [];
  });
  return found.toSorted((a, b) => digits(a.rates) - digits(b.rates) || Number('less' in a.base) - Number('less' in b.base))[0] ?? null;
}

/** A text that takes more values than this says whose the page is rather than which kind it is of. */
const mostKinds = 8;

/** Whether a text of the page says none of what it says on these occasions, if it never says that on those; the plainest such text. */
function unlessSaid(
  page: PageModel,
  exprs: ReadonlyMap<Hole, Expr>,
  [on, off]: readonly [readonly Instance[], readonly Instance[]],
): Expr | null {
  const texts = page.holes.filter(({ kind, frame, live }) => kind === 'text' && !frame.list && !live);
  const apart = texts.flatMap((hole): { readonly test: Expr; readonly kinds: number }[] => {
    const expr = exprs.get(hole);
    const said = (instances: readonly Instance[]): ReadonlySet<Value> =>
      new Set(instances.map((instance) => hole.values.get(instance) ?? ''));
    const [allowed, barred] = [said(on), said(off)];
    const kinds = new Set(hole.values.values()).size;
    if (!expr || 'lit' in expr || kinds > mostKinds || barred.has('') || [...barred].some((text) => allowed.has(text))) return [];
    const tests = [...barred].map((text): Expr => ({ fn: 'ne', args: [expr, { lit: text }] }));
    return [{ test: tests.reduce((x, y): Expr => ({ fn: 'and', args: [x, y] })), kinds }];
  });
  return apart.toSorted((x, y) => x.kinds - y.kinds)[0]?.test ?? null;
}

/** What else the page shows just when the rate is charged, but for what a text says; null where nothing is. */
function conditionOf(page: PageModel, exprs: ReadonlyMap<Hole, Expr>, search: Search): Expr | null {
  const { amounts, target } = search;
  // What shows the same amounts may differ in what it is asked for: here every occasion counts.
  const all = [...target.values.keys()];
  const on = all.filter((instance) => amounts.at(target, instance) !== 0);
  const free = all.filter((instance) => amounts.at(target, instance) === 0);
  if (free.length === 0) return { lit: true };
  const shown = page.holes
    .filter(({ kind, frame, values }) => kind === 'presence' && !frame.list && all.every((instance) => values.has(instance)))
    .filter(({ values }) => on.every((instance) => values.get(instance) === true))
    .map((hole) => ({ expr: exprs.get(hole), off: free.filter((instance) => hole.values.get(instance) === true) }))
    .toSorted((a, b) => a.off.length - b.off.length);
  const [best] = shown;
  if (!best?.expr || best.off.length === free.length) return null;
  if (best.off.length === 0) return best.expr;
  const unless = unlessSaid(page, exprs, [on, best.off]);
  return unless && { fn: 'and', args: [best.expr, unless] };
}

/** Amounts that are remembered though they are a rate of others: a tax, a fee. */
export interface Rated {
  readonly exprs: ReadonlyMap<Hole, Expr>;
  /** The rates, where accounts differ in them. */
  readonly registers: readonly RegisterModel[];
}

export interface RateInputs {
  readonly exprs: ReadonlyMap<Hole, Expr>;
  readonly sessions: readonly SessionViews[];
  /** Number of the first register that is free. */
  readonly from: number;
}

function rateTerm(rates: Rates, { sessions }: RateInputs, name: string): { readonly expr: Expr; readonly register?: RegisterModel } {
  const [initial = 0, ...others] = new Set(rates.values());
  if (others.length === 0) return { expr: { lit: initial } };
  const values = carried(new Map(), sessions, ({ session }) => rates.get(session.account) ?? initial);
  return { expr: { reg: name }, register: { name, holes: new Map(), initial, values, scope: 'browser' } };
}

/** Finds what is a rate of other amounts on its page, the same for all or one for each account, as long as something else is shown. */
export function ratesOn(page: PageModel, inputs: RateInputs): Rated {
  const { exprs, sessions, from } = inputs;
  const amounts = amountsOf(page, exprs);
  const found = new Map<Hole, Expr>();
  const registers: RegisterModel[] = [];
  for (const target of amounts.holes) {
    if (!('reg' in (exprs.get(target) as Expr))) continue;
    const search: Search = { amounts, target, accountOf: ({ view }) => sessions[view.session]?.session.account ?? '' };
    const rated = baseOf(search);
    const when = rated && conditionOf(page, exprs, search);
    if (!rated || !when) continue;
    const { base, rates } = rated;
    const { expr: rate, register } = rateTerm(rates, inputs, `g${from + registers.length}`);
    const of = amountTerm(base.of, page, exprs);
    const left: Expr = base.less ? { fn: 'sub', args: [of, amountTerm(base.less, page, exprs)] } : of;
    const amount: Expr = { fn: 'round', args: [{ fn: 'mul', args: [left, rate] }, { lit: 2 }] };
    const expr = written(target, { fn: 'if', args: [when, amount, { lit: 0 }] });
    if (!expr) continue;
    found.set(target, expr);
    if (register) registers.push(register);
  }
  return { exprs: found, registers };
}
