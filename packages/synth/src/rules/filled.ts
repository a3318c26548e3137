import type { Expr, Value } from '@backlot/protocol';
import { evaluate, toText } from '@backlot/world';
import { commonest } from '../explain/commonest.ts';
import type { Given, LearnedValue } from './given.ts';
import { it } from './terms.ts';
import { learnCondition } from './value.ts';

/** Records that must have been given something where they had nothing. */
const fewest = 2;

const isBlank = (value: Value): boolean => toText(value).trim() === '';

/**
 * What a blank cell is given, where nothing says what becomes of cells in general: a new record has some such text, as others got it, and
 * one that has a text already keeps it. Null where blank cells stay so.
 */
export function learnFilled(given: readonly Given[], own: Expr, tests: readonly Expr[]): LearnedValue | null {
  const blank = given.filter(({ scope }) => isBlank(evaluate(own, scope)));
  const filled = blank.filter(({ value }) => typeof value === 'string' && !isBlank(value));
  if (filled.length < fewest) return null;
  const when = learnCondition(
    blank.map((one) => ({ ...one, value: filled.includes(one) })),
    tests,
  );
  if (!when) return null;
  const isEmpty: Expr = { fn: 'isBlank', args: [own] };
  const isMade: Expr = 'lit' in when ? isEmpty : { fn: 'and', args: [isEmpty, when] };
  const expr: Expr = { fn: 'if', args: [isMade, { lit: commonest(filled.map(({ value }) => value)) }, own] };
  const misses = given.flatMap(({ scope, value }, i) => (isBlank(evaluate(own, scope)) || evaluate(own, scope) === value ? [] : [i]));
  return { expr, misses };
}

interface Cell {
  readonly column: string;
  readonly tests: readonly Expr[];
}

/** What was found to become of a cell, or what blank ones are given where that is nothing. */
export function orFilled(found: LearnedValue | null, given: readonly Given[], { column, tests }: Cell): LearnedValue | null {
  const isKept = found !== null && 'col' in found.expr && found.expr.col === column;
  return found === null || isKept ? learnFilled(given, it(column), tests) : found;
}
