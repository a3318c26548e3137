import { noBits, popcount } from './bits.ts';
import type { Condition } from './condition.ts';
import { andAlso, orElse } from './condition.ts';
import type { Task, Window } from './task.ts';
import { bitPrice, lossBits, lossOf } from './task.ts';

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
  /** Bits lost on rows that it hides though they were shown: no further condition brings them back. */
  readonly hides: number;
  /** Bits lost on rows that it shows though they were not: no alternative takes them away. */
  readonly adds: number;
}

function sides(task: Task, at: readonly number[], { mask, care, chosen }: Window & { readonly chosen: Condition['pairs'] }) {
  let [hides, adds] = [0, 0];
  for (const i of at) {
    let [hidden, added, all] = [0, 0, 0];
    for (let w = task.start[i] as number; w < (task.start[i + 1] as number); w++) {
      const given = (chosen[w] as number) & (mask[w] as number);
      const shown = task.shown[w] as number;
      hidden += popcount(shown & ~given & (care[w] as number));
      added += popcount(given & ~shown & (care[w] as number));
      all += popcount(care[w] as number);
    }
    hides += lossBits(task, i, { wrong: hidden, all });
    adds += lossBits(task, i, { wrong: added, all });
  }
  return { hides, adds };
}

/** The condition that best explains those occasions, two joined where one does not do. */
export function bestCondition(task: Task, at: readonly number[], { conditions, window, extra, joins }: ConditionSearch): PricedCondition {
  const price = bitPrice(task, at);
  const describe = (condition: Condition): number => price * (condition.bits + (condition.bits > 0 ? extra(condition) : 0));
  const cost = (best: Condition): number => describe(best) + lossOf(task, at, { ...window, chosen: best.pairs });
  const ranked = conditions.map((best): PricedCondition => ({ best, cost: cost(best) })).sort((a, b) => a.cost - b.cost);
  const [top] = ranked as [PricedCondition];
  const [, , plain] = conditions;
  if (!plain || !joins || top.cost - describe(top.best) <= price * plain.bits) return top;
  const tried = ranked
    .filter(({ best }) => best.bits >= plain.bits)
    .map((each): Tried => ({ ...each, ...sides(task, at, { ...window, chosen: each.best.pairs }) }));
  let best = top;
  const joined = noBits(task.words);
  const consider = (join: typeof andAlso, a: Tried, b: Tried): void => {
    const [x, y] = [a.best.pairs, b.best.pairs];
    const isAnd = join === andAlso;
    for (const i of at) {
      for (let w = task.start[i] as number; w < (task.start[i + 1] as number); w++)
        joined[w] = isAnd ? (x[w] as number) & (y[w] as number) : (x[w] as number) | (y[w] as number);
    }
    const described = price * (a.best.bits + b.best.bits + 1);
    if (described + lossOf(task, at, { ...window, chosen: joined }) >= best.cost) return;
    const condition = join(a.best, b.best);
    const priced = cost(condition);
    if (priced < best.cost) best = { best: condition, cost: priced };
  };
  for (const [n, a] of tried.slice(0, beam).entries()) {
    for (const b of tried.slice(n + 1)) {
      const described = price * (a.best.bits + b.best.bits + 1);
      if (described + Math.max(a.hides, b.hides) < best.cost) consider(andAlso, a, b);
      if (described + Math.max(a.adds, b.adds) < best.cost) consider(orElse, a, b);
    }
  }
  return best;
}
