import type { Expr, Value } from '@backlot/protocol';
import { booleanSearch } from './booleans.ts';
import { branchSearch } from './branches.ts';
import { joinPieces, writeTexts } from './concat.ts';
import type { Goal } from './goal.ts';
import { fitting, memoryCost, orderRows, varies } from './goal.ts';
import { listSearch } from './lists.ts';
import { numberSearch } from './numbers.ts';
import type { Term } from './term.ts';
import { agrees, call, constantTerm, inputTerm, same, textAt } from './term.ts';
import { textSearch } from './texts.ts';

/** An occasion on which a value was seen, with the values of the inputs that it may have come from. */
export interface DeriveExample {
  readonly inputs: readonly Value[];
  readonly output: Value;
}

/** An expression that gives what was seen. */
export interface Derived {
  readonly expr: Expr;
  /** Bits: fewer is more likely. */
  readonly cost: number;
  /** Examples that it gets wrong. */
  readonly misses: readonly number[];
  /** Others that fit as well, are about as likely, and give other values on other inputs. */
  readonly alternatives: readonly Expr[];
}

export interface DeriveOptions {
  /** Share of the examples that may be got wrong; 0 by default. */
  readonly slack?: number;
  /** Bits beyond which an explanation is no better than remembering; 160 by default. */
  readonly maxCost?: number;
  /** Whether a constant alone may be the answer; true by default. It must hold for all examples. */
  readonly constantsAllowed?: boolean;
}

interface Distinct {
  readonly rows: readonly (readonly Value[])[];
  readonly want: readonly Value[];
  readonly weights: readonly number[];
  /** The distinct row behind each example. */
  readonly rowOf: readonly number[];
  /** Whether equal inputs had different outputs. */
  readonly contradictory: boolean;
}

function distinct(examples: readonly DeriveExample[]): Distinct {
  const places = new Map<string, number>();
  const [rows, want, weights, rowOf]: [(readonly Value[])[], Value[], number[], number[]] = [[], [], [], []];
  const byInputs = new Set<string>();
  for (const { inputs, output } of examples) {
    const key = JSON.stringify(inputs);
    const place = places.get(`${key}${JSON.stringify(output)}`) ?? rows.length;
    if (place === rows.length) {
      places.set(`${key}${JSON.stringify(output)}`, place);
      byInputs.add(key);
      rows.push(inputs);
      want.push(output);
    }
    weights[place] = (weights[place] ?? 0) + 1;
    rowOf.push(place);
  }
  return { rows, want, weights, rowOf, contradictory: byInputs.size < rows.length };
}

/** Rows that never were: every input with the value of another row, so that expressions which differ show it. */
function probes(rows: readonly (readonly Value[])[]): readonly (readonly Value[])[] {
  const mutate = (value: Value | undefined, by: number): Value => {
    if (typeof value === 'string') return `${value}${'xyzw'.charAt(by % 4)}${by}`;
    if (typeof value === 'number') return value + by + 1;
    return typeof value === 'boolean' ? by % 2 === 0 : (value ?? null);
  };
  const mixed = [1, 2, 3].map((k) => (rows[0] ?? []).map((_, i) => rows[(k + i * (k + 1)) % rows.length]?.[i] ?? null));
  const changed = rows.slice(0, 3).map((row, k) => row.map((value, i) => mutate(value, 3 * i + k)));
  return [...mixed, ...changed];
}

function ofType(goal: Goal): (goal: Goal) => readonly Term[] {
  const values = goal.rows.map((row) => goal.want[row] ?? null);
  const all = (type: string): boolean => values.every((value) => typeof value === type);
  if (all('boolean')) return booleanSearch;
  if (all('number')) return numberSearch;
  if (values.every((value) => Array.isArray(value))) return listSearch;
  return values.every((value) => typeof value === 'string' || value === null) ? textSearch : () => [];
}

function converted(goal: Goal): readonly Term[] {
  const isNumber = typeof goal.want[goal.rows[0] as number] === 'number';
  return isNumber
    ? goal.inputs.filter((input) => goal.rows.every((row) => typeof input.at(row) === 'string')).map((input) => call('number', [input]))
    : [];
}

/** One row alone: the input itself, or inputs that make up most of a text. */
function fromOneRow(goal: Goal, row: number): readonly Term[] {
  const want = goal.want[row];
  if (typeof want !== 'string') return [];
  const atoms = goal.inputs.filter((input) => textAt(input, row).length >= 3 && !Array.isArray(input.at(row)));
  const pieces = writeTexts({ rows: [row], wanted: [want], atoms, bases: [], counts: [], maxCost: goal.maxCost });
  const written = (pieces ?? []).reduce((sum, piece) => sum + (typeof piece === 'string' ? 0 : textAt(piece, row).length), 0);
  return pieces && written * 2 >= want.length && written > 0 ? [joinPieces(pieces)] : [];
}

function unconditional(goal: Goal): readonly Term[] {
  const first = goal.want[goal.rows[0] as number] ?? null;
  const constant = goal.constants && goal.rows.every((row) => same(goal.want[row] ?? null, first)) ? [constantTerm(first)] : [];
  const alone = goal.rows.length === 1 ? fromOneRow(goal, goal.rows[0] as number) : [];
  const direct = fitting(goal, [...goal.inputs, ...converted(goal), ...constant, ...alone]);
  return direct.length > 0 || goal.rows.length === 1 ? direct : ofType(goal)(goal);
}

/** Bits that an expression may cost more than remembering, so that few examples of small numbers still give one. */
const leniency = 8;

/** An expression that says more than what it explains fits by chance. Conditions are exempt: each example of one is a single bit. */
function isCredible(goal: Goal, term: Term): boolean {
  const values = goal.rows.map((row) => goal.want[row] ?? null);
  return values.every((value) => typeof value === 'boolean') || term.cost <= memoryCost(values) + leniency;
}

/** Bits within which two forms count as equally likely. */
const tie = 0.5;

function differs(a: Term, b: Term, rows: readonly number[]): boolean {
  return rows.some((row) => !same(a.at(row), b.at(row)));
}

function alternativesTo(
  best: Term,
  found: readonly Term[],
  context: { readonly all: readonly number[]; readonly sure: boolean },
): readonly Expr[] {
  const kept: Term[] = [best];
  for (const term of found) {
    const near = term.form <= best.form + tie || ('lit' in term.expr && !context.sure);
    if (near && kept.every((other) => differs(other, term, context.all))) kept.push(term);
  }
  return kept.slice(1, 9).map((term) => term.expr);
}

/** What could stand in place of an input within the expression: inputs that had the same values throughout, or a value that never changed. */
function swapped(best: Term, goal: Goal): readonly Term[] {
  const made: Term[] = [];
  for (const input of goal.inputs) {
    if (!mentions(best.expr, input.expr)) continue;
    if (goal.constants && !varies(input, goal.rows)) made.push(replaced(best, input, constantTerm(input.at(goal.rows[0] as number))));
    for (const other of goal.inputs) {
      if (other === input || !goal.rows.every((row) => same(input.at(row), other.at(row)))) continue;
      made.push(replaced(best, input, other));
    }
  }
  return made;
}

const mentions = (expr: Expr, part: Expr): boolean => expr === part || ('fn' in expr && expr.args.some((arg) => mentions(arg, part)));

function substitute(expr: Expr, part: Expr, other: Expr): Expr {
  if (expr === part) return other;
  return 'fn' in expr ? { ...expr, args: expr.args.map((arg) => substitute(arg, part, other)) } : expr;
}

/** The same expression over another input. It gives the same on all rows seen, and its own value is never asked. */
const replaced = (term: Term, input: Term, other: Term): Term => ({
  ...term,
  expr: substitute(term.expr, input.expr, other.expr),
  cost: term.cost - input.cost + other.cost,
});

/**
 * The cheapest expression over the inputs that gives every example its output, up to the slack; null where there is none.
 * `inputs[i]` of an example is the value of the expression `inputs[i]` then. Earlier inputs are preferred.
 */
export function derive(inputs: readonly Expr[], examples: readonly DeriveExample[], options: DeriveOptions = {}): Derived | null {
  const { rows, want, weights, rowOf, contradictory } = distinct(examples);
  const allowed = Math.floor((options.slack ?? 0) * examples.length);
  if (rows.length === 0 || (contradictory && allowed === 0)) return null;
  const extended = [...rows, ...probes(rows)];
  const at = orderRows(
    rows.map((_, i) => i),
    want,
  );
  const goal: Goal = {
    inputs: inputs.map((expr, place) => inputTerm(expr, place, extended)),
    rows: at,
    want,
    weights,
    allowed,
    constants: options.constantsAllowed ?? true,
    maxCost: options.maxCost ?? 160,
  };
  const credible = (part: Goal): readonly Term[] => unconditional(part).filter((term) => isCredible(part, term));
  const flat = credible(goal);
  const found = flat.length > 0 ? flat : branchSearch({ ...goal, constants: true }, credible);
  const [best] = found;
  if (!best) return null;
  const misses = rowOf.flatMap((row, i) => (agrees(want[row] ?? null, best.at(row)) ? [] : [i]));
  const everywhere = extended.map((_, row) => row);
  const others = alternativesTo(best, found, { all: everywhere, sure: rows.length > 1 });
  const exchanged = swapped(best, goal).map((term) => term.expr);
  const seen = new Set(others.map((expr) => JSON.stringify(expr)));
  const alternatives = [...others, ...exchanged.filter((expr) => !seen.has(JSON.stringify(expr)))].slice(0, 8);
  return { expr: best.expr, cost: best.cost, misses, alternatives };
}
