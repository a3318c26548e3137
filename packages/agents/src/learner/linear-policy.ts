import type { Rng } from '../rng.ts';
import { featureCount } from './hashing.ts';

const rate = 0.1;
const epsilon = 1e-6;

/** Scores candidates by the sum of their features' weights, and chooses by a softmax over them. */
export class LinearPolicy {
  readonly #weights: Float32Array;
  /** Sums of squared gradients: Adagrad's step for each weight. */
  readonly #squares: Float32Array;

  constructor(weights?: Iterable<readonly [feature: number, weight: number]>) {
    this.#weights = new Float32Array(featureCount);
    this.#squares = new Float32Array(featureCount);
    for (const [feature, weight] of weights ?? []) this.#weights[feature] = weight;
  }

  /** The weights that are not 0, by feature. */
  *weights(): Generator<readonly [feature: number, weight: number]> {
    for (const [feature, weight] of this.#weights.entries()) if (weight !== 0) yield [feature, weight];
  }

  /** The probability of each candidate. */
  probabilities(candidates: readonly Int32Array[]): Float64Array {
    const scores = Float64Array.from(candidates, (features) => this.#score(features));
    const most = scores.reduce((a, b) => Math.max(a, b), -Infinity);
    const powers = scores.map((score) => Math.exp(score - most));
    const sum = powers.reduce((a, b) => a + b, 0);
    return powers.map((power) => power / sum);
  }

  /** Makes a choice more likely (or less, by a negative `scale`): one step along the gradient of its log probability. */
  reinforce(candidates: readonly Int32Array[], chosen: number, scale: number): void {
    const gradient = new Map<number, number>();
    for (const [i, probability] of this.probabilities(candidates).entries()) {
      const pull = scale * ((i === chosen ? 1 : 0) - probability);
      if (Math.abs(pull) < epsilon) continue;
      for (const feature of candidates[i] as Int32Array) gradient.set(feature, (gradient.get(feature) ?? 0) + pull);
    }
    for (const [feature, pull] of gradient) this.#move(feature, pull);
  }

  #score(features: Int32Array): number {
    let sum = 0;
    for (const feature of features) sum += this.#weights[feature] as number;
    return sum;
  }

  #move(feature: number, pull: number): void {
    const squares = (this.#squares[feature] as number) + pull * pull;
    this.#squares[feature] = squares;
    this.#weights[feature] = (this.#weights[feature] as number) + (rate * pull) / Math.sqrt(squares + epsilon);
  }
}

/** The index of the greatest; the first of equals. */
export function greatest(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if ((values[i] as number) > (values[best] as number)) best = i;
  return best;
}

/** An index drawn with these probabilities. */
export function draw(probabilities: ArrayLike<number>, rng: Rng): number {
  let rest = rng.next();
  for (let i = 0; i < probabilities.length; i++) {
    rest -= probabilities[i] as number;
    if (rest < 0) return i;
  }
  return probabilities.length - 1;
}
