import type { Counts } from './model-schema.ts';
import { tally } from './tally.ts';

/** Jensen-Shannon distance (square root of the divergence in bits): 0 for the same distribution, 1 for ones with nothing in common. */
export function jensenShannon(a: Counts, b: Counts): number {
  const [p, q] = [shares(a), shares(b)];
  let divergence = 0;
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const [x, y] = [p(key), q(key)];
    const middle = (x + y) / 2;
    if (x > 0) divergence += 0.5 * x * Math.log2(x / middle);
    if (y > 0) divergence += 0.5 * y * Math.log2(y / middle);
  }
  return Math.sqrt(Math.max(0, divergence));
}

function shares(counts: Counts): (key: string) => number {
  const total = Object.values(counts).reduce((sum, n) => sum + n, 0);
  return (key) => (total === 0 ? 0 : (counts[key] ?? 0) / total);
}

/** Unit earth movers' stochastic conformance (Leemans 2021): 1 less the share of the log that the model does not give. */
export function unitConformance(log: Counts, model: Counts): number {
  const [l, m] = [shares(log), shares(model)];
  return 1 - Object.keys(log).reduce((sum, key) => sum + Math.max(0, l(key) - m(key)), 0);
}

/**
 * Earth movers' stochastic conformance with normalised Levenshtein distance over sequences of symbols with spaces between. Mass is moved
 * along the cheapest pairs first, which never costs less than the best plan: the figure is a lower bound.
 */
export function moverConformance(log: Counts, model: Counts, separator = '\n'): number {
  const left = Object.entries(log).map(([key]) => ({ parts: key.split(separator), mass: shares(log)(key) }));
  const right = Object.entries(model).map(([key]) => ({ parts: key.split(separator), mass: shares(model)(key) }));
  if (left.length === 0 || right.length === 0) return 0;
  const pairs = left.flatMap((a, i) => right.map((b, j) => ({ i, j, cost: editShare(a.parts, b.parts) })));
  let distance = 0;
  for (const { i, j, cost } of pairs.toSorted((a, b) => a.cost - b.cost)) {
    const [from, to] = [left[i] as { mass: number }, right[j] as { mass: number }];
    const moved = Math.min(from.mass, to.mass);
    from.mass -= moved;
    to.mass -= moved;
    distance += moved * cost;
  }
  return 1 - distance;
}

function editShare(a: readonly string[], b: readonly string[]): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (const [i, x] of a.entries()) {
    const next = [i + 1];
    for (const [j, y] of b.entries())
      next.push(Math.min((next[j] as number) + 1, (row[j + 1] as number) + 1, (row[j] as number) + (x === y ? 0 : 1)));
    row = next;
  }
  return (row[b.length] as number) / Math.max(1, a.length, b.length);
}

/**
 * How well real and made-up sessions can be told apart: area under the curve of a naive Bayes classifier over the features of each,
 * every session being left out of what it is judged by. 0.5 is chance.
 */
export function twoSampleAuc(real: readonly (readonly string[])[], made: readonly (readonly string[])[]): number {
  const counts = [tally(real.flat()), tally(made.flat())] as const;
  const totals = counts.map((each) => Object.values(each).reduce((sum, n) => sum + n, 0));
  const kinds = new Set([...real.flat(), ...made.flat()]).size;
  const scoreOf = (features: readonly string[], side: 0 | 1): number => {
    const own = tally(features);
    const chance = (feature: string, of: 0 | 1): number => {
      const left = of === side ? 1 : 0;
      const n = (counts[of][feature] ?? 0) - left * (own[feature] ?? 0);
      return (n + 0.5) / ((totals[of] as number) - left * features.length + 0.5 * kinds);
    };
    const sum = features.reduce((total, feature) => total + Math.log(chance(feature, 0) / chance(feature, 1)), 0);
    return features.length === 0 ? 0 : sum / features.length;
  };
  const [a, b] = [real.map((each) => scoreOf(each, 0)), made.map((each) => scoreOf(each, 1))];
  const wins = a.reduce((sum, x) => sum + b.reduce((won, y) => won + (x > y ? 1 : x === y ? 0.5 : 0), 0), 0);
  return a.length * b.length === 0 ? 0.5 : wins / (a.length * b.length);
}

/** Rand index of two labellings of the same items, adjusted for chance (Hubert and Arabie 1985). */
export function adjustedRand(a: readonly string[], b: readonly string[]): number {
  const pairs = (counts: Counts): number => Object.values(counts).reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
  const both = pairs(tally(a.map((label, i) => `${label}\n${b[i]}`)));
  const [left, right, all] = [pairs(tally(a)), pairs(tally(b)), (a.length * (a.length - 1)) / 2];
  const expected = all === 0 ? 0 : (left * right) / all;
  const most = (left + right) / 2;
  return most === expected ? 1 : (both - expected) / (most - expected);
}
