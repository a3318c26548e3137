import type { Value } from '@backlot/protocol';
import { compareValues, toText } from '@backlot/world';
import type { Goal } from './goal.ts';
import { fitting, samplesOf } from './goal.ts';
import { numericTerms } from './numbers.ts';
import { simplestBetween } from './simplest.ts';
import type { Term } from './term.ts';
import { call, constantTerm } from './term.ts';

interface Sides {
  readonly yes: readonly number[];
  readonly no: readonly number[];
}

const fewestOnEitherSide = 2;

/** Limits at the simplest value between what was seen on either side. */
function thresholds(term: Term, { yes, no }: Sides): readonly Term[] {
  const of = (rows: readonly number[]): readonly number[] => rows.map((row) => Number(term.at(row)));
  const range = (values: readonly number[]): readonly [number, number] => [Math.min(...values), Math.max(...values)];
  const [[yesLow, yesHigh], [noLow, noHigh]] = [range(of(yes)), range(of(no))];
  const limit = (low: number, high: number): number => simplestBetween(low, high);
  if (noHigh < yesLow) {
    const k = limit(noHigh, yesLow);
    return [k < yesLow ? call('gt', [term, constantTerm(k)]) : call('ge', [term, constantTerm(k)])];
  }
  if (yesHigh < noLow) {
    const k = limit(yesHigh, noLow);
    return [k > yesHigh ? call('lt', [term, constantTerm(k)]) : call('le', [term, constantTerm(k)])];
  }
  return [];
}

const commonest = (values: readonly Value[]): readonly Value[] => {
  const counts = new Map<Value, number>();
  for (const value of values) if (!Array.isArray(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 3)
    .map(([value]) => value);
};

function equalities(input: Term, { yes, no }: Sides): readonly Term[] {
  const values = (rows: readonly number[]): readonly Value[] => rows.map((row) => input.at(row));
  const is = commonest(values(yes))
    .filter((value) => typeof value !== 'boolean')
    .map((value) => call('eq', [input, constantTerm(value)]));
  const isNot = commonest(values(no))
    .filter((value) => typeof value !== 'boolean')
    .map((value) => call('ne', [input, constantTerm(value)]));
  return [...is, ...isNot];
}

const pieces = (value: Value | undefined): readonly Value[] =>
  Array.isArray(value)
    ? (value as readonly Value[])
    : toText(value)
        .split(/(?<=[^\p{L}\p{N}])|(?=[^\p{L}\p{N}])/u)
        .filter((part) => part.trim() !== '');

/** A part that all of one side have and none of the other. */
function parts(input: Term, yes: readonly number[], no: readonly number[]): readonly Term[] {
  const [first, ...others] = yes.map((row) => input.at(row));
  const distinct = new Set(yes.map((row) => JSON.stringify(input.at(row))));
  if (distinct.size < 2 || (typeof first !== 'string' && !Array.isArray(first))) return [];
  const has = (value: Value, part: Value): boolean =>
    Array.isArray(value) ? value.includes(part as never) : toText(value).includes(toText(part));
  const found = pieces(first).filter((part) => others.every((value) => has(value, part)) && !no.some((row) => has(input.at(row), part)));
  return [...new Set(found)].slice(0, 3).map((part) => call('contains', [input, constantTerm(part)]));
}

function ofOne(input: Term, sides: Sides): readonly Term[] {
  const values = [...sides.yes, ...sides.no].map((row) => input.at(row));
  const made: Term[] = [...equalities(input, sides)];
  if (values.every((value) => typeof value === 'boolean')) return [input, call('not', [input])];
  if (values.every((value) => typeof value === 'string' || value === null || Array.isArray(value))) {
    const blank = call('isBlank', [input], -2);
    made.push(blank, call('not', [blank], -2), ...parts(input, sides.yes, sides.no));
    made.push(...parts(input, sides.no, sides.yes).map((part) => call('not', [part], -1)));
  }
  return made;
}

const comparisons = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const;

function* ofTwo(goal: Goal, numbers: readonly Term[], first: readonly [number, number]): Iterable<Term> {
  for (const a of goal.inputs) {
    for (const b of goal.inputs) {
      if (a === b) continue;
      const [x, y] = [a.at(first[0]), b.at(first[0])];
      if (a.cost < b.cost && typeof x === typeof y) yield* [call('eq', [a, b]), call('ne', [a, b])];
      const inside = typeof y === 'string' && (typeof x === 'string' || Array.isArray(x));
      if (inside) yield* ['contains', 'startsWith', 'containsText'].map((fn) => call(fn, [a, b], fn === 'contains' ? 0 : 2));
      if (inside && typeof x === 'string') yield call('not', [call('contains', [a, b])], -1);
    }
  }
  const used = numbers.slice(0, 20);
  for (const a of used)
    for (const b of used)
      if (a.cost < b.cost && compareValues(a.at(first[0]), b.at(first[0])) !== null) yield* comparisons.map((fn) => call(fn, [a, b]));
}

/** Conditions that hold where true is wanted and nowhere else. A limit needs two values on either side. */
export function booleanSearch(goal: Goal): readonly Term[] {
  const yes = goal.rows.filter((row) => goal.want[row] === true);
  const no = goal.rows.filter((row) => goal.want[row] === false);
  if (yes.length === 0 || no.length === 0) return [];
  const sides = { yes, no };
  const single = fitting(
    goal,
    goal.inputs.flatMap((input) => ofOne(input, sides)),
  );
  if (single.length > 0 && (single[0] as Term).cost < 8) return single;
  const numbers = numericTerms(goal, samplesOf(goal).flat());
  const enough = yes.length >= fewestOnEitherSide && no.length >= fewestOnEitherSide;
  const limits = enough ? numbers.flatMap((term) => thresholds(term, sides)) : [];
  const two = quick(goal, ofTwo(goal, numbers, [yes[0] as number, no[0] as number]), [yes[0] as number, no[0] as number]);
  return [...single, ...fitting(goal, [...limits, ...two])].sort((a, b) => a.cost - b.cost);
}

function* quick(goal: Goal, terms: Iterable<Term>, [yes, no]: readonly [number, number]): Iterable<Term> {
  for (const term of terms) if (goal.allowed > 0 || (term.at(yes) === true && term.at(no) === false)) yield term;
}
