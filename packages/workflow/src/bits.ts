import { ContextCounts, lastActions, type Sequence } from './contexts.ts';
import { learnMixed } from './mixed-model.ts';

/** Mean bits that a model needs for one action of sessions that it was not learned from. */
export interface Bits {
  readonly actions: number;
  /** Actions that training never showed. */
  readonly unseen: number;
  readonly uniform: number;
  /** Every symbol that the world offers is as likely as any other. */
  readonly mask: number;
  readonly unigram: number;
  readonly bigram: number;
  readonly trigram: number;
  readonly fourgram: number;
  readonly model: number;
  /** Share by which the model is below the best n-gram. */
  readonly gain: number;
}

type Predict = (sequence: Sequence, i: number) => Float64Array;

/**
 * Codes held-out sessions with each model. The opening of a session is given. All models know the same symbols, and give one more to what
 * they never saw.
 */
export function heldOutBits(train: readonly Sequence[], test: readonly Sequence[], symbols: number): Bits {
  const places = test.flatMap((sequence) =>
    sequence.symbols.slice(1).map((symbol, k) => ({ sequence, i: k + 1, symbol: symbol < 0 ? symbols : symbol })),
  );
  const bitsOf = (predict: Predict): number =>
    places.length === 0
      ? 0
      : places.reduce((sum, { sequence, i, symbol }) => sum - Math.log2(predict(sequence, i)[symbol] as number), 0) / places.length;
  const gram = (order: number): number => {
    const counts = new ContextCounts(lastActions(order), symbols);
    for (const sequence of train) counts.add(sequence);
    return bitsOf((sequence, i) => counts.predict(sequence, i));
  };
  const size = symbols + 1;
  const grams = { unigram: gram(0), bigram: gram(1), trigram: gram(2), fourgram: gram(3) };
  const model = bitsOf(learnMixed(train, symbols).predict);
  return {
    actions: places.length,
    unseen: places.filter(({ symbol }) => symbol === symbols).length,
    uniform: Math.log2(size),
    mask: bitsOf((sequence, i) => maskOnly(sequence, i, size)),
    ...grams,
    model,
    gain: 1 - model / Math.min(...Object.values(grams)),
  };
}

/** A hundredth of all probability goes to what the world does not offer. */
function maskOnly({ offered }: Sequence, i: number, size: number): Float64Array {
  const shown = offered[i] ?? new Set<number>();
  const [inside, outside] = [0.99 / Math.max(1, shown.size), 0.01 / Math.max(1, size - shown.size)];
  return Float64Array.from({ length: size }, (_, s) => (shown.has(s) ? inside : outside));
}
