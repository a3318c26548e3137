import type { Value } from '@backlot/protocol';

/** Text as a page shows it: booleans and null are empty, lists are joined by a space. */
export function toText(value: Value | undefined): string {
  if (value === null || value === undefined || typeof value === 'boolean') return '';
  return typeof value === 'object' ? value.map(toText).join(' ') : String(value);
}

/** A number, 0 where there is none. */
export function toNumber(value: Value | undefined): number {
  const number = typeof value === 'number' ? value : value === true ? 1 : Number.parseFloat(toText(value));
  return Number.isFinite(number) ? number : 0;
}

/** False for null, false, 0, empty text and empty lists. */
export function toBoolean(value: Value | undefined): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

function equal(a: Value | undefined, b: Value | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((x, i) => equal(x as Value, b[i] as Value));
  return (a ?? null) === (b ?? null);
}

type Fn = (...args: Value[]) => Value;

const text1 =
  (f: (text: string) => Value): Fn =>
  (a) =>
    f(toText(a ?? null));
const text2 =
  (f: (a: string, b: string) => Value): Fn =>
  (a, b) =>
    f(toText(a ?? null), toText(b ?? null));
const number2 =
  (f: (a: number, b: number) => Value): Fn =>
  (a, b) =>
    f(toNumber(a), toNumber(b));

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
  encode: text1((t) => encodeURIComponent(t)),
};
