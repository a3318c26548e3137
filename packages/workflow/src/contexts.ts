/**
 * One session as a context model sees it: symbols by number (-1: never seen in training), what was shown before each, and which symbols
 * the world offered there.
 */
export interface Sequence {
  readonly account: string;
  readonly symbols: readonly number[];
  readonly pages: readonly string[];
  readonly offered: readonly ReadonlySet<number>[];
  /** Whether each step ended a piece of work by a change that lasts. */
  readonly commits: readonly boolean[];
}

/** A family of contexts, from the most general to the most special: the names of what is known before position `i`. */
export type Chain = (sequence: Sequence, i: number) => readonly string[];

const past = ({ symbols }: Sequence, i: number, back: number): string => String(i - back < 0 ? '^' : symbols[i - back]);

/** What was done since the last change that lasts: in the same order, and only as a set. */
function sinceCommit({ symbols, commits }: Sequence, i: number): readonly number[] {
  const last = commits.slice(0, i).lastIndexOf(true);
  return symbols.slice(last + 1, i);
}

const setOf = (symbols: readonly number[]): string => [...new Set(symbols)].toSorted((a, b) => a - b).join(',');

/** The last `order` actions, as n-grams have it. */
export const lastActions =
  (order: number): Chain =>
  (sequence, i) =>
    Array.from({ length: order + 1 }, (_, n) => Array.from({ length: n }, (__, k) => past(sequence, i, k + 1)).join(' '));

/** What the mixed model looks at. */
export const chains: readonly Chain[] = [
  lastActions(3),
  (sequence, i) => [
    '',
    at(sequence, i),
    `${at(sequence, i)} ${past(sequence, i, 1)}`,
    `${at(sequence, i)} ${past(sequence, i, 1)} ${past(sequence, i, 2)}`,
  ],
  (sequence, i) => ['', at(sequence, i), `${at(sequence, i)} ${setOf(sinceCommit(sequence, i))}`],
  (sequence, i) => [
    '',
    sequence.account,
    `${sequence.account} ${at(sequence, i)}`,
    `${sequence.account} ${at(sequence, i)} ${past(sequence, i, 1)}`,
  ],
  (sequence, i) => ['', at(sequence, i), `${at(sequence, i)} ${lastCommit(sequence, i)} ${sinceCommit(sequence, i).length === 0}`],
  (sequence, i) => [
    '',
    at(sequence, i),
    `${at(sequence, i)} ${setOf(doneHere(sequence, i))}`,
    `${at(sequence, i)} ${setOf(doneHere(sequence, i))} ${past(sequence, i, 1)}`,
  ],
];

const at = ({ pages }: Sequence, i: number): string => `@${pages[i] ?? ''}`;

function lastCommit({ symbols, commits }: Sequence, i: number): string {
  const last = commits.slice(0, i).lastIndexOf(true);
  return last < 0 ? '^' : String(symbols[last]);
}

/** What was done since the page was last come to. */
function doneHere({ symbols, pages }: Sequence, i: number): readonly number[] {
  const away = pages.slice(0, i).findLastIndex((page) => page !== pages[i]);
  return symbols.slice(away + 1, i);
}

/** Counts of symbols by context, over some sequences. */
export class ContextCounts {
  readonly #chain: Chain;
  readonly #symbols: number;
  readonly #counts = new Map<string, Map<number, number>>();

  /** `symbols`: how many there are; one more stands for all that was never seen. */
  constructor(chain: Chain, symbols: number) {
    this.#chain = chain;
    this.#symbols = symbols;
  }

  /** Counts a sequence; with a `times` of -1 it is taken out again. */
  add(sequence: Sequence, times = 1): void {
    for (const [i, symbol] of sequence.symbols.entries()) {
      for (const [order, context] of this.#chain(sequence, i).entries()) {
        const key = `${order} ${context}`;
        const counts = this.#counts.get(key) ?? new Map<number, number>();
        this.#counts.set(key, counts);
        const now = (counts.get(symbol) ?? 0) + times;
        if (now === 0) counts.delete(symbol);
        else counts.set(symbol, now);
      }
    }
  }

  /** Probabilities of what comes at `i`, backing off from special to general contexts (Witten and Bell 1991, interpolated). */
  predict(sequence: Sequence, i: number): Float64Array {
    const size = this.#symbols + 1;
    const probabilities = new Float64Array(size).fill(1 / size);
    for (const [order, context] of this.#chain(sequence, i).entries()) {
      const counts = this.#counts.get(`${order} ${context}`);
      if (!counts || counts.size === 0) continue;
      let total = 0;
      for (const n of counts.values()) total += n;
      const kinds = counts.size;
      for (let s = 0; s < size; s++) probabilities[s] = (((probabilities[s] as number) * kinds) / (total + kinds)) as number;
      for (const [symbol, n] of counts) {
        const s = symbol < 0 ? this.#symbols : symbol;
        probabilities[s] = (probabilities[s] as number) + n / (total + kinds);
      }
    }
    return probabilities;
  }
}
