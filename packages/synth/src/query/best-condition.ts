import { noBits } from './bits.ts';
import type { Condition } from './condition.ts';
import { andAlso, orElse } from './condition.ts';
import type { Losses } from './losses.ts';
import { lossesOf, sumAt, sumOfLarger } from './losses.ts';
import type { Task, Window } from './task.ts';
import { bitPrice, lossOf } from './task.ts';

/** A condition with the price of its description and of what it leaves unexplained. */
export interface PricedCondition {
  readonly best: Condition;
  readonly cost: number;
}

/** Where a condition is sought. */
export interface ConditionSearch {
  /** Always and never first. */
  readonly conditions: readonly Condition[];
  readonly window: Window;
  /** Bits for naming the value whose condition it is. */
  readonly extra: (condition: Condition) => number;
  /** Whether two conditions may be joined. */
  readonly joins: boolean;
}

/** Most conditions that are joined with each of the others. */
const beam = 5;

interface Tried extends PricedCondition {
  readonly losses: Losses;
}

/** The condition that best explains those occasions, two joined where one does not do. */
export function bestCondition(task: Task, at: readonly number[], { conditions, window, extra, joins }: ConditionSearch): PricedCondition {
  const price = bitPrice(task, at);
  const describe = (condition: Condition): number => price * (condition.bits + (condition.bits > 0 ? extra(condition) : 0));
  const ranked = conditions
    .map((best): Tried => {
      const losses = lossesOf(task, window, best.pairs);
      return { best, losses, cost: describe(best) + sumAt(losses.all, at) };
    })
    .sort((a, b) => a.cost - b.cost);
  const [top] = ranked as [Tried];
  const [, , plain] = conditions;
  if (!plain || !joins || top.cost - describe(top.best) <= price * plain.bits) return top;
  const tried = ranked.filter(({ best }) => best.bits >= plain.bits);
  let best: PricedCondition = top;
  const joined = noBits(task.words);
  const consider = (join: typeof andAlso, a: Tried, b: Tried): void => {
    const [x, y] = [a.best.pairs, b.best.pairs];
    const isAnd = join === andAlso;
    for (const i of at) {
      for (let w = task.start[i] as number; w < (task.start[i + 1] as number); w++)
        joined[w] = isAnd ? (x[w] as number) & (y[w] as number) : (x[w] as number) | (y[w] as number);
    }
    const described = price * (a.best.bits + b.best.bits + 1);
    const loss = lossOf(task, at, { ...window, chosen: joined });
    if (described + loss >= best.cost) return;
    const condition = join(a.best, b.best);
    const priced = describe(condition) + loss;
    if (priced < best.cost) best = { best: condition, cost: priced };
  };
  for (const [n, a] of tried.slice(0, beam).entries()) {
    for (const b of tried.slice(n + 1)) {
      const described = price * (a.best.bits + b.best.bits + 1);
      const below = best.cost - described;
      if (sumOfLarger(a.losses.hides, b.losses.hides, { at, below }) < below) consider(andAlso, a, b);
      if (sumOfLarger(a.losses.adds, b.losses.adds, { at, below: best.cost - described }) < best.cost - described) consider(orElse, a, b);
    }
  }
  return best;
}
