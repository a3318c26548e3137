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

/** A function of the language: total and pure. */
export type Fn = (...args: Value[]) => Value;

/** A function of one text. */
export const text1 =
  (f: (text: string) => Value): Fn =>
  (a) =>
    f(toText(a ?? null));

/** A function of two texts. */
export const text2 =
  (f: (a: string, b: string) => Value): Fn =>
  (a, b) =>
    f(toText(a ?? null), toText(b ?? null));

/** A function of two numbers, 0 where the result is none. */
export const number2 =
  (f: (a: number, b: number) => number): Fn =>
  (a, b) =>
    finite(f(toNumber(a), toNumber(b)));

/** The number, or 0 where it is none. */
export const finite = (n: number): number => (Number.isFinite(n) ? n : 0);
