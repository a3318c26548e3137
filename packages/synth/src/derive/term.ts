import type { Expr, Value } from '@backlot/protocol';
import { functions, toText } from '@backlot/world';

/** An expression with what it costs and what it gives on every row. */
export interface Term {
  readonly expr: Expr;
  /** Bits. */
  readonly cost: number;
  /** Bits without the choice of inputs: terms of one form are equally likely. */
  readonly form: number;
  readonly at: (row: number) => Value;
}

const cached = (give: (row: number) => Value): ((row: number) => Value) => {
  const cells: (Value | undefined)[] = [];
  return (row) => {
    const cell = cells[row];
    return cell === undefined ? (cells[row] = give(row)) : cell;
  };
};

/** The input of that place; those listed earlier are cheaper. */
export function inputTerm(expr: Expr, place: number, rows: readonly (readonly Value[])[]): Term {
  return { expr, cost: 2 + Math.log2(1 + place), form: 2, at: (row) => rows[row]?.[place] ?? null };
}

const textBits = 5;

/** Bits of a constant: by length for texts, by digits for numbers. */
export function constantCost(value: Value): number {
  if (value === null || typeof value === 'boolean') return 1;
  if (typeof value === 'string') return 2 + textBits * value.length;
  if (typeof value === 'number') return 1.5 + 3 * String(Math.abs(value)).replace(/\.|0+$/g, '').length + (value < 0 ? 1 : 0);
  return value.reduce<number>((sum, item) => sum + constantCost(item), 2);
}

/** A constant. */
export function constantTerm(value: Value): Term {
  return { expr: { lit: value }, cost: constantCost(value), form: constantCost(value), at: () => value };
}

const callBits = 3;
/** Functions that are rarer than others cost more, so that the plain explanation wins where both fit. */
const extraBits: Readonly<Record<string, number>> = {
  trim: -1,
  number: -2,
  text: -1,
  len: -1,
  eq: -1,
  collapse: 0.5,
  mask: 2,
  initials: 2,
  site: 2,
  mod: 3,
  floor: 1,
  ceil: 1,
  reversed: 2,
  beforeLast: 1,
  afterLast: 1,
  concat: -1,
};

/** A function of the language applied to terms. Constants among its arguments may cost less than their length says: `parameters`. */
export function call(fn: string, args: readonly Term[], parameters = 0): Term {
  const own = callBits + (extraBits[fn] ?? 0) + parameters;
  return {
    expr: { fn, args: args.map((arg) => arg.expr) },
    cost: args.reduce((sum, arg) => sum + arg.cost, own),
    form: args.reduce((sum, arg) => sum + arg.form, own),
    at: cached((row) => functions[fn]?.(...args.map((arg) => arg.at(row))) ?? null),
  };
}

/** A constant that is part of a function's usual use, like the separator of a list. */
export const parameter = (value: Value): Term => {
  const bits = typeof value === 'string' ? 1 + 2 * value.length : constantCost(value);
  return { ...constantTerm(value), cost: bits, form: bits };
};

/** One of two terms. */
export function choose(test: Term, yes: Term, no: Term): Term {
  return {
    expr: { fn: 'if', args: [test.expr, yes.expr, no.expr] },
    cost: 6 + test.cost + yes.cost + no.cost,
    form: 6 + test.form + yes.form + no.form,
    at: (row) => (test.at(row) === true ? yes.at(row) : no.at(row)),
  };
}

export const textAt = (term: Term, row: number): string => toText(term.at(row));

/** Whether two values are the same, lists item by item. */
export function same(a: Value, b: Value): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => same(item as Value, b[i] as Value));
  return a === b;
}

/** Whether a term's value is what was seen. A text agrees with the number that reads the same, and empty text with nothing: pages show both alike. */
export function agrees(seen: Value, got: Value): boolean {
  if (typeof seen === 'string') return typeof got !== 'boolean' && !Array.isArray(got) && toText(got) === seen;
  return same(seen, got);
}
