import type { Value } from '@backlot/protocol';
import type { Term } from './term.ts';
import { agrees, constantCost } from './term.ts';

/** What is to be derived: the wanted value on each of some rows. */
export interface Goal {
  readonly inputs: readonly Term[];
  /** The rows in question, those first that tell most. */
  readonly rows: readonly number[];
  readonly want: readonly Value[];
  /** How often each row was seen. */
  readonly weights: readonly number[];
  /** Occasions that may be got wrong. */
  readonly allowed: number;
  readonly constants: boolean;
  readonly maxCost: number;
}

const sampleSize = 5;

/** Rows that tell most: two with different values, the shortest and the longest. */
export function orderRows(rows: readonly number[], want: readonly Value[]): readonly number[] {
  const length = (row: number): number => JSON.stringify(want[row] ?? null).length;
  const first = rows.find((row) => want[row] !== '' && want[row] !== null) ?? rows[0];
  if (first === undefined) return rows;
  const key = JSON.stringify(want[first] ?? null);
  const other = rows.find((row) => JSON.stringify(want[row] ?? null) !== key);
  const bySize = [...rows].sort((a, b) => length(a) - length(b) || a - b);
  const head = [first, other, bySize[0], bySize.at(-1), rows[rows.length >> 1]].filter((row) => row !== undefined);
  return [...new Set([...head, ...rows])];
}

/** Rows from which terms are proposed. Where misses are allowed some of these may be wrong, so several samples are tried. */
export function samplesOf(goal: Goal): readonly (readonly number[])[] {
  if (goal.allowed === 0) return [goal.rows.slice(0, sampleSize)];
  const starts = [0, 1, 2, 3].map((i) => Math.floor((i * goal.rows.length) / 4));
  return starts.map((start) => [...goal.rows.slice(start), ...goal.rows.slice(0, start)].slice(0, 3));
}

/** A row that the term gets wrong, once it gets more wrong than allowed. */
export function counterexample(goal: Goal, term: Term): number | null {
  let missed = 0;
  for (const row of goal.rows) {
    if (agrees(goal.want[row] ?? null, term.at(row))) continue;
    missed += goal.weights[row] ?? 1;
    if (missed > goal.allowed) return row;
  }
  return null;
}

/** The fitting terms among those proposed, cheapest first. */
export function fitting(goal: Goal, terms: Iterable<Term>): readonly Term[] {
  const found: Term[] = [];
  for (const term of terms) if (term.cost <= goal.maxCost && counterexample(goal, term) === null) found.push(term);
  return found.sort((a, b) => a.cost - b.cost);
}

/** The same search for other values. */
export const wanting = (goal: Goal, rows: readonly number[], want: readonly Value[]): Goal => ({
  ...goal,
  rows: orderRows(rows, want),
  want,
});

/** Whether a term's value differs between the rows. */
export function varies(term: Term, rows: readonly number[]): boolean {
  const first = JSON.stringify(term.at(rows[0] as number));
  return rows.some((row) => JSON.stringify(term.at(row)) !== first);
}

/** Bits that remembering the values would cost: what all have at their ends once, the rest of each different one. */
export function memoryCost(values: readonly Value[]): number {
  const different = [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
  if (!different.every((value) => typeof value === 'string')) return different.reduce<number>((sum, value) => sum + constantCost(value), 0);
  const [first = '', ...others] = different;
  let start = 0;
  while (start < first.length && others.every((text) => text.charAt(start) === first.charAt(start))) start++;
  let end = 0;
  while (end < first.length - start && others.every((text) => end < text.length - start && text.at(-1 - end) === first.at(-1 - end))) end++;
  const shared = constantCost(first.slice(0, start + end));
  return different.reduce((sum, text) => sum + constantCost(text.slice(0, text.length - start - end)), shared);
}
