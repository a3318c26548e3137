import type { Expr } from '@backlot/protocol';
import { derive } from '../derive/derive.ts';
import { knownValue } from '../explain/known-values.ts';
import { learnExpr } from '../explain/learn-expr.ts';
import type { Given, LearnedValue } from './given.ts';
import { learnItems } from './items.ts';

export type { Given, LearnedValue } from './given.ts';

/** What a value may be made of. */
export interface ValueTerms {
  readonly terms: readonly Expr[];
  readonly tests: readonly Expr[];
  /** Terms that texts may be derived from, the nearest first. */
  readonly sources: readonly Expr[];
}

const depth = 2;
/** Share of occasions that may be explained otherwise: recorders catch pages in the middle of a change. */
const slack = 0.04;
/** The share that may go wrong where nothing better is found: what mostly happens is nearer than nothing. */
const rough = 0.3;
const mostSources = 24;
const mostExamples = 60;

const mostChoices = 3;
const fewestOccasions = 4;

/** Whether a register holds a certain text, or a field one of those that are known to pass. */
function isChosen(test: Expr): boolean {
  if (!('fn' in test)) return false;
  if (test.fn === 'hasItem') return 'lit' in (test.args[0] as Expr);
  if (test.fn !== 'eq') return false;
  const [held, text] = test.args as readonly [Expr, Expr];
  return 'reg' in held && 'lit' in text && typeof text.lit === 'string';
}

function isChoice(given: readonly Given[]): boolean {
  const values = new Set(given.map(({ value }) => value));
  return given.length >= fewestOccasions && values.size > 1 && values.size <= mostChoices;
}

/** The simplest expression that gives all values: a term, a decision between terms, or a derivation. */
export function learnValue(given: readonly Given[], known: ValueTerms): LearnedValue | null {
  if (given.length === 0) return null;
  const { terms, tests, sources } = known;
  const plain = learnExpr(given, { terms, tests: [], depth: 0, slack: 0 });
  if (plain && !('lit' in plain.expr)) return plain;
  // What was chosen, or a password, decides before a number that happens to part the occasions.
  const choice = isChoice(given) ? learnExpr(given, { terms, tests: tests.filter(isChosen), depth: 1, slack: 0 }) : null;
  if (choice) return choice;
  const inputs = sources.slice(0, mostSources);
  const derived =
    inputs.length === 0 || new Set(given.map(({ value }) => value)).size < 2
      ? null
      : derive(
          inputs,
          given
            .slice(0, mostExamples)
            .map(({ scope, value }) => ({ inputs: inputs.map((term) => knownValue(term, scope)), output: value })),
          { slack, constantsAllowed: false },
        );
  if (derived && derived.misses.length === 0) return derived;
  const isList = given.every(({ value }) => Array.isArray(value));
  const itemwise = isList ? learnItems(given, (part) => learnValue(part, known)) : null;
  if (itemwise) return itemwise;
  return plain ?? learnExpr(given, { terms, tests, depth, slack }) ?? derived ?? learnRoughly(given, known);
}

/** What mostly happens; a condition that halves what it gets wrong is worth saying. */
function learnRoughly(given: readonly Given[], { terms, tests }: ValueTerms): LearnedValue | null {
  const learned = learnExpr(given, { terms, tests, depth: 1, slack: rough });
  if (!learned || learned.size > 0) return learned;
  return learnExpr(given, { terms, tests, depth: 1, slack: learned.misses.length / 2 / given.length }) ?? learned;
}

/** A condition that halves at least what its absence gets wrong; null where none does. */
export function learnRoughCondition(cases: readonly Given[], tests: readonly Expr[]): Expr | null {
  const no = cases.filter(({ value }) => value !== true).length;
  const learned = learnExpr(cases, { terms: [], tests, depth: 1, slack: no / 2 / cases.length });
  return !learned || 'lit' in learned.expr ? null : learned.expr;
}

/** A condition that is true on just the given occasions; null where none of moderate size is. */
export function learnCondition(cases: readonly Given[], tests: readonly Expr[]): Expr | null {
  if (cases.every(({ value }) => value === true)) return { lit: true };
  const yes = cases.filter(({ value }) => value === true).length;
  const learned = learnExpr(cases, { terms: [], tests, depth, slack });
  if (!learned || 'lit' in learned.expr) return null;
  return learned.size <= Math.max(1, yes) ? learned.expr : null;
}
