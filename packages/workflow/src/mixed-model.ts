import { chains, ContextCounts, type Sequence } from './contexts.ts';

/** What the world does not offer is not quite impossible: it may have been misread. */
const leastOffered = Math.log(1e-4);
const mostRounds = 25;

/** Predicts the next symbol from several contexts at once, and from what the world offers. */
export interface MixedModel {
  /** Probabilities of all symbols at position `i`, the last standing for all that was never seen. */
  predict(sequence: Sequence, i: number): Float64Array;
  /** How much each family of contexts counts; the last weight is for what the world offers. */
  readonly weights: readonly number[];
}

/** One place in a session: what each family says of each symbol, as logarithms, and the symbol that came. */
interface Example {
  readonly features: readonly Float64Array[];
  readonly symbol: number;
}

/**
 * Learns a log-linear mixture of context families (products of experts) whose weights are fitted to sessions that the counts leave out,
 * by Newton's method on the convex loss with a little pull towards 0.
 */
export function learnMixed(sequences: readonly Sequence[], symbols: number): MixedModel {
  const families = chains.map((chain) => new ContextCounts(chain, symbols));
  for (const family of families) for (const sequence of sequences) family.add(sequence);
  const featuresAt = (sequence: Sequence, i: number): readonly Float64Array[] => [
    ...families.map((family) => family.predict(sequence, i).map(Math.log)),
    offer(sequence, i, symbols),
  ];
  const examples: Example[] = [];
  for (const sequence of sequences) {
    for (const family of families) family.add(sequence, -1);
    for (const [i, symbol] of sequence.symbols.entries()) {
      if (i > 0) examples.push({ features: featuresAt(sequence, i), symbol: symbol < 0 ? symbols : symbol });
    }
    for (const family of families) family.add(sequence);
  }
  const weights = fit(examples, families.length + 1);
  return { weights, predict: (sequence, i) => mix(featuresAt(sequence, i), weights) };
}

function offer(sequence: Sequence, i: number, symbols: number): Float64Array {
  const offered = sequence.offered[i];
  return Float64Array.from({ length: symbols + 1 }, (_, s) => (s === symbols || !offered || offered.has(s) ? 0 : leastOffered));
}

function mix(features: readonly Float64Array[], weights: readonly number[]): Float64Array {
  const size = features[0]?.length ?? 0;
  const scores = new Float64Array(size);
  for (const [f, feature] of features.entries()) {
    const w = weights[f] as number;
    for (let s = 0; s < size; s++) scores[s] = (scores[s] as number) + w * (feature[s] as number);
  }
  const top = scores.reduce((a, b) => Math.max(a, b), -Infinity);
  let total = 0;
  for (let s = 0; s < size; s++) total += scores[s] = Math.exp((scores[s] as number) - top);
  return scores.map((score) => score / total);
}

function fit(examples: readonly Example[], size: number): readonly number[] {
  let weights: number[] = Array.from({ length: size }, () => 1 / size);
  for (let round = 0; round < mostRounds; round++) {
    const { gradient, curvature } = slopes(examples, weights);
    const step = solve(curvature, gradient);
    weights = weights.map((w, f) => w + Math.max(-0.5, Math.min(0.5, step[f] as number)));
    if (Math.max(...step.map(Math.abs)) < 1e-4) break;
  }
  return weights.map((w) => Math.round(w * 1e4) / 1e4);
}

/** Gradient and curvature of the log likelihood: observed less expected features, and their covariance. */
function slopes(examples: readonly Example[], weights: readonly number[]): { gradient: number[]; curvature: number[][] } {
  const size = weights.length;
  const gradient = weights.map((w) => -w);
  const curvature = weights.map((_, f) => weights.map((__, g) => (f === g ? 1 : 0)));
  for (const { features, symbol } of examples) {
    const p = mix(features, weights);
    const mean = features.map((feature) => feature.reduce((sum, x, s) => sum + x * (p[s] as number), 0));
    for (let f = 0; f < size; f++) {
      gradient[f] = (gradient[f] as number) + (features[f]?.[symbol] as number) - (mean[f] as number);
      for (let g = 0; g <= f; g++) {
        let both = 0;
        for (let s = 0; s < p.length; s++) both += (p[s] as number) * (features[f]?.[s] as number) * (features[g]?.[s] as number);
        const covariance = both - (mean[f] as number) * (mean[g] as number);
        const row = curvature[f] as number[];
        row[g] = (row[g] as number) + covariance;
        if (f !== g) (curvature[g] as number[])[f] = row[g] as number;
      }
    }
  }
  return { gradient, curvature };
}

/** Solves a small symmetric system by elimination with pivots. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): readonly number[] {
  const rows = matrix.map((row, i) => [...row, right[i] as number]);
  const n = rows.length;
  for (let c = 0; c < n; c++) {
    const pivot = rows
      .slice(c)
      .reduce((best, row, k) => (Math.abs(row[c] as number) > Math.abs(rows[best]?.[c] as number) ? c + k : best), c);
    [rows[c], rows[pivot]] = [rows[pivot] as number[], rows[c] as number[]];
    for (let r = 0; r < n; r++) {
      if (r === c) continue;
      const factor = (rows[r]?.[c] as number) / (rows[c]?.[c] as number);
      rows[r] = (rows[r] as number[]).map((x, k) => x - factor * (rows[c]?.[k] as number));
    }
  }
  return rows.map((row, i) => (row[n] as number) / (row[i] as number));
}
