import type { Goal } from './goal.ts';
import { counterexample, samplesOf, varies } from './goal.ts';
import { decimalsOf, simplestBetween } from './simplest.ts';
import type { Term } from './term.ts';
import { call, constantTerm, parameter } from './term.ts';

const plainNumber = /^\s*-?\d+(\.\d+)?\s*$/;
const someNumber = /\d/;

function numbersOf(input: Term, rows: readonly number[]): readonly Term[] {
  const values = rows.map((row) => input.at(row));
  const is = (type: string): boolean =>
    values.every((value) => typeof value === type || value === null) && values.some((value) => value !== null);
  if (is('number')) return [input];
  if (is('boolean')) return [call('number', [input], 3)];
  if (values.every((value) => Array.isArray(value))) return [call('len', [input]), call('sumOf', [input], 2)];
  const made: Term[] = [];
  const texts = values.filter((value) => typeof value === 'string');
  if (texts.length < values.filter((value) => value !== null).length || texts.length === 0) return [];
  if (texts.every((text) => plainNumber.test(text))) return [call('number', [input])];
  if (texts.every((text) => someNumber.test(text))) made.push(call('amount', [input]));
  made.push(call('len', [input], 2), ...[' ', ',', ';', '\n'].map((by) => call('len', [call('items', [input, parameter(by)])])));
  return made;
}

/** Terms that are numbers: inputs first, then numbers in texts and lengths. */
export function numericTerms(goal: Goal, rows: readonly number[]): readonly Term[] {
  return goal.inputs.flatMap((input) => numbersOf(input, rows)).sort((a, b) => a.form - b.form || a.cost - b.cost);
}

const num = (term: Term, row: number): number => Number(term.at(row));

interface Numbers {
  readonly goal: Goal;
  readonly sample: readonly number[];
  readonly y: readonly number[];
  /** Decimals of the wanted values at most. */
  readonly decimals: number;
}

const close = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));

/** The term, or the term rounded as the wanted values are, if that gives the sample. */
function settled(task: Numbers, term: Term): readonly Term[] {
  const fits = (within: number): boolean => task.sample.every((row, i) => Math.abs(num(term, row) - (task.y[i] as number)) <= within);
  if (fits(0)) return [term];
  if (!fits(0.5001 * 10 ** -task.decimals)) return [];
  const rounded = call('round', [term, parameter(task.decimals)], -2);
  const exact = task.sample.every((row, i) => num(rounded, row) === task.y[i]);
  if (exact) return [rounded];
  const cut = (['floor', 'ceil'] as const).map((fn) => call(fn, [term]));
  return cut.filter((made) => task.sample.every((row, i) => num(made, row) === task.y[i]));
}

/** Number by which the term must be multiplied: the simplest that gives every value after rounding. */
function factor(task: Numbers, term: Term, slackBits: number): number | null {
  let [low, high] = [-Infinity, Infinity];
  const half = slackBits === 0 ? 1e-9 : 0.5 * 10 ** -task.decimals;
  for (const [i, row] of task.sample.entries()) {
    const x = num(term, row);
    const y = task.y[i] as number;
    if (x === 0) {
      if (Math.abs(y) > half) return null;
      continue;
    }
    const [a, b] = [(y - half) / x, (y + half) / x];
    low = Math.max(low, Math.min(a, b));
    high = Math.min(high, Math.max(a, b));
    if (low > high) return null;
  }
  return Number.isFinite(low) && Number.isFinite(high) ? simplestBetween(low, high) : null;
}

/** A rate is rarely written with more digits than this; a longer one is chance. */
const mostDigits = 5;
const isPlain = (k: number): boolean =>
  k !== 0 &&
  String(Math.abs(k))
    .replace(/\.|^0+|0+$/g, '')
    .replace(/^0+/, '').length <= mostDigits;

function scaled(task: Numbers, term: Term): readonly Term[] {
  for (const slack of task.decimals > 6 ? [0] : [0, 1]) {
    const k = factor(task, term, slack);
    if (k === null || k === 1 || !isPlain(k)) continue;
    const inverse = 1 / k;
    const whole = Math.abs(k) < 1 && close(Math.round(inverse), inverse);
    const made =
      k === -1
        ? call('mul', [term, constantTerm(-1)])
        : whole
          ? call('div', [term, constantTerm(Math.round(inverse))])
          : call('mul', [term, constantTerm(k)]);
    const fits = settled(task, made);
    if (fits.length > 0) return fits;
  }
  return [];
}

const plus = (term: Term, k: number): Term => (k > 0 ? call('add', [term, constantTerm(k)]) : call('sub', [term, constantTerm(-k)]));

function shifted(task: Numbers, term: Term): readonly Term[] {
  const k = Number(((task.y[0] as number) - num(term, task.sample[0] as number)).toFixed(8));
  if (k === 0 || !isPlain(k) || !task.sample.every((row, i) => close(num(term, row) + k, task.y[i] as number))) return [];
  return settled(task, plus(term, k));
}

function linear(task: Numbers, term: Term): readonly Term[] {
  const [a, b] = [task.sample[0] as number, task.sample.find((row) => num(term, row) !== num(term, task.sample[0] as number))];
  if (b === undefined || new Set(task.sample.map((row) => num(term, row))).size < 3) return [];
  const yOf = (row: number): number => task.y[task.sample.indexOf(row)] as number;
  const k = Number(((yOf(b) - yOf(a)) / (num(term, b) - num(term, a))).toPrecision(8));
  const c = Number((yOf(a) - k * num(term, a)).toFixed(8));
  if (k === 0 || k === 1 || c === 0 || !isPlain(k) || !isPlain(c)) return [];
  return settled({ ...task, decimals: 9 }, plus(call('mul', [term, constantTerm(k)]), c));
}

const operations: readonly [string, boolean, (a: number, b: number) => number][] = [
  ['add', true, (a, b) => a + b],
  ['sub', false, (a, b) => a - b],
  ['mul', true, (a, b) => a * b],
  ['div', false, (a, b) => (b === 0 ? 0 : a / b)],
  ['min', true, Math.min],
  ['max', true, Math.max],
  ['mod', false, (a, b) => (b === 0 ? 0 : a % b)],
];

/** Most numbers that are combined with one another: the pairs are their square. */
const mostPaired = 24;

function* pairs(task: Numbers, terms: readonly Term[]): Iterable<Term> {
  const used = terms.slice(0, mostPaired);
  const [first, second] = task.sample as [number, number];
  const half = 0.5001 * 10 ** -task.decimals;
  for (const [i, a] of used.entries()) {
    for (const [j, b] of used.entries()) {
      if (i === j) continue;
      for (const [fn, commutes, f] of operations) {
        if (commutes && j < i) continue;
        if (Math.abs(f(num(a, first), num(b, first)) - (task.y[0] as number)) > half) continue;
        if (Math.abs(f(num(a, second), num(b, second)) - (task.y[1] as number)) > half) continue;
        yield* settled(task, call(fn, [a, b]));
      }
    }
  }
}

/** Of two examples, three numbers explain anything. */
const fewestForThree = 3;
/** Most numbers of which three are combined. */
const mostTripled = 10;

/** Two numbers combined, then scaled or with a third added: totals with a fee, percentages of a ratio. */
function* composed(task: Numbers, terms: readonly Term[]): Iterable<Term> {
  const used = terms.slice(0, mostTripled);
  const combined = operations.slice(0, 4);
  for (const [i, a] of used.entries()) {
    for (const [j, b] of used.entries()) {
      const ways = combined.filter(([, commutes]) => i !== j && (!commutes || i < j));
      for (const [fn] of ways)
        yield* extended(
          task,
          call(fn, [a, b]),
          used.filter((c) => c !== a && c !== b),
        );
    }
  }
}

function* extended(task: Numbers, joined: Term, others: readonly Term[]): Iterable<Term> {
  const [first, second] = task.sample as [number, number];
  const [p, q] = [(task.y[0] as number) - num(joined, first), (task.y[1] as number) - num(joined, second)];
  if (close(p, q)) yield* shifted(task, joined);
  yield* scaled(task, joined);
  for (const c of others) {
    const [u, v] = [num(c, first), num(c, second)];
    if (close(p, u) && close(q, v)) yield* settled(task, call('add', [joined, c]));
    if (close(-p, u) && close(-q, v)) yield* settled(task, call('sub', [joined, c]));
  }
}

function* simple(task: Numbers, terms: readonly Term[]): Iterable<Term> {
  for (const term of terms) {
    yield* settled(task, term);
    if (!varies(term, task.sample)) continue;
    yield* shifted(task, term);
    yield* scaled(task, term);
    yield* linear(task, term);
  }
}

function taskOf(goal: Goal, sample: readonly number[]): Numbers {
  const y = sample.map((row) => Number(goal.want[row]));
  const decimals = Math.max(...goal.rows.slice(0, 50).map((row) => decimalsOf(Number(goal.want[row]))));
  return { goal, sample, y, decimals };
}

/** Ways to combine numbers, with the bits that the next one costs at least. */
const stages = [
  { propose: simple, next: 7 },
  { propose: pairs, next: 12 },
  { propose: composed, next: Infinity },
];

interface Search {
  readonly found: readonly Term[];
  /** Rows that proposed terms got wrong. */
  readonly wrong: readonly number[];
}

function searchFrom(goal: Goal, sample: readonly number[]): Search {
  const found: Term[] = [];
  const wrong = new Set<number>();
  const task = taskOf(goal, sample);
  const terms = numericTerms(goal, sample);
  for (const { propose, next } of stages) {
    if (propose === composed && goal.rows.length < fewestForThree) break;
    for (const term of propose(task, terms)) {
      const row = counterexample(goal, term);
      if (row === null && term.cost <= goal.maxCost) found.push(term);
      if (row !== null) wrong.add(row);
    }
    if (found.some((term) => term.cost <= next) || (propose === pairs && found.length > 0)) break;
  }
  return { found, wrong: [...wrong] };
}

/** How often rows that went wrong are added to those from which terms are proposed. */
const mostRounds = 3;

/** Terms that give the wanted numbers: one input, then two, then three. */
export function numberSearch(goal: Goal): readonly Term[] {
  const all: Term[] = [];
  for (const start of samplesOf(goal)) {
    let sample = start;
    for (let round = 0; round < mostRounds && new Set(sample.map((row) => goal.want[row])).size > 1; round++) {
      const { found, wrong } = searchFrom(goal, sample);
      all.push(...found);
      if (found.length > 0 || wrong.length === 0 || goal.allowed > 0) break;
      sample = [...sample, ...wrong.filter((row) => !sample.includes(row)).slice(0, 3)];
    }
  }
  return all.sort((a, b) => a.cost - b.cost);
}
