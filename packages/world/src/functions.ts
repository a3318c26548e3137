import type { Value } from '@backlot/protocol';
import { addressFunctions } from './functions/addresses.ts';
import { dateFunctions } from './functions/dates.ts';
import { listFunctions } from './functions/lists.ts';
import { numberFunctions } from './functions/numbers.ts';
import { queryFunctions } from './functions/queries.ts';
import { richTextFunctions } from './functions/rich-text.ts';
import { suggestionFunctions } from './functions/suggestions.ts';
import { textFunctions } from './functions/texts.ts';
import type { Fn } from './functions/values.ts';
import { number2, text1, text2, toBoolean, toNumber, toText } from './functions/values.ts';

export { toBoolean, toNumber, toText };

/** True for equal values; lists are equal where their items are. A missing one reads as null. */
export function equal(a: Value | undefined, b: Value | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((x, i) => equal(x as Value, b[i] as Value));
  return (a ?? null) === (b ?? null);
}

/** Compares for ordering: numbers by size, anything else by code units of its text. */
export function compareValues(a: Value | undefined, b: Value | undefined): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const x = toText(a);
  const y = toText(b);
  return x < y ? -1 : x > y ? 1 : 0;
}

/** Every function that an expression may name. All are total: missing or odd arguments read as empty, 0 or false. */
export const functions: Readonly<Record<string, Fn>> = {
  eq: (a, b) => equal(a, b),
  ne: (a, b) => !equal(a, b),
  lt: (a, b) => compareValues(a, b) < 0,
  le: (a, b) => compareValues(a, b) <= 0,
  gt: (a, b) => compareValues(a, b) > 0,
  ge: (a, b) => compareValues(a, b) >= 0,
  and: (...all) => all.every(toBoolean),
  or: (...all) => all.some(toBoolean),
  not: (a) => !toBoolean(a),
  add: number2((a, b) => a + b),
  sub: number2((a, b) => a - b),
  mul: number2((a, b) => a * b),
  concat: (...all) => all.map(toText).join(''),
  trim: text1((t) => t.trim()),
  collapse: text1((t) => t.trim().replace(/\s+/g, ' ')),
  lower: text1((t) => t.toLowerCase()),
  upper: text1((t) => t.toUpperCase()),
  len: (a) => (Array.isArray(a) ? a.length : toText(a ?? null).length),
  isBlank: text1((t) => t.trim() === ''),
  contains: (a, b) => (Array.isArray(a) ? a.some((x) => equal(x as Value, b)) : toText(a ?? null).includes(toText(b ?? null))),
  containsText: text2((a, b) => a.toLowerCase().includes(b.toLowerCase())),
  startsWith: text2((a, b) => a.startsWith(b)),
  endsWith: text2((a, b) => a.endsWith(b)),
  plural: (n, one, many) => (toNumber(n) === 1 ? (one ?? '') : (many ?? '')),
  replace: (a, b, c) => toText(a ?? null).replaceAll(toText(b ?? null), toText(c ?? null)),
  slice: (a, from, to) => toText(a ?? null).slice(toNumber(from), to === undefined || to === null ? undefined : toNumber(to)),
  split: (a, by) => toText(a ?? null).split(toText(by ?? null)),
  join: (a, by) => (Array.isArray(a) ? a.map((x) => toText(x as Value)).join(toText(by ?? null)) : toText(a ?? null)),
  at: (a, i) => (Array.isArray(a) ? ((a[toNumber(i)] as Value | undefined) ?? null) : (toText(a ?? null)[toNumber(i)] ?? null)),
  number: (a) => toNumber(a),
  text: (a) => toText(a ?? null),
  encode: text1((t) => encodeURIComponent(t.toWellFormed())),
  mark: (a) => (typeof a === 'boolean' ? (a ? '1' : '0') : toText(a ?? null)),
  ...richTextFunctions,
  ...suggestionFunctions,
  ...textFunctions,
  ...listFunctions,
  ...numberFunctions,
  ...addressFunctions,
  ...dateFunctions,
  ...queryFunctions,
};
