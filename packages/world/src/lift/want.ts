import type { Column, Value } from '@backlot/protocol';
import { compareValues, functions, toBoolean, toText } from '../functions.ts';

/** What a page says of an expression: its text, an attribute (null where there is none), its truth, or the very value. */
export type Want = { readonly text: string } | { readonly attr: string | null } | { readonly truth: boolean } | { readonly value: Value };

/** True where a value comes out on the page as wanted. */
export function shows(value: Value, want: Want): boolean {
  if ('text' in want) return toText(value) === want.text;
  if ('truth' in want) return toBoolean(value) === want.truth;
  if ('value' in want) return functions['eq']?.(value, want.value) === true;
  const absent = value === null || value === false;
  return want.attr === null ? absent : !absent && (value === true ? '' : toText(value)) === want.attr;
}

/** What is wanted as text; undefined where no text is. */
export function textOfWant(want: Want): string | undefined {
  if ('text' in want) return want.text;
  if ('attr' in want) return want.attr ?? undefined;
  return 'value' in want && (typeof want.value === 'string' || typeof want.value === 'number') ? toText(want.value) : undefined;
}

/** What is wanted as true or false; undefined where it says neither. */
export function truthOfWant(want: Want): boolean | undefined {
  if ('truth' in want) return want.truth;
  if ('attr' in want) return want.attr === null ? false : want.attr === '' ? true : undefined;
  return 'value' in want && typeof want.value === 'boolean' ? want.value : undefined;
}

/** The value of a type that comes out as wanted; undefined where there is none, or where many would. */
export function valueFor(want: Want, type: Column['type']): Value | undefined {
  const value = candidate(want, type);
  return value !== undefined && shows(value, want) ? value : undefined;
}

function candidate(want: Want, type: Column['type']): Value | undefined {
  if (type === 'boolean') return truthOfWant(want);
  if ('value' in want && (type === 'list') === Array.isArray(want.value)) return ofType(want.value, type);
  if ('truth' in want) return want.truth ? undefined : type === 'text' ? '' : type === 'number' ? 0 : [];
  if ('attr' in want && want.attr === null) return null;
  const text = textOfWant(want);
  if (text === undefined || type === 'list') return undefined;
  return ofType(text, type);
}

function ofType(value: Value, type: Column['type']): Value | undefined {
  if (type === 'text') return typeof value === 'number' ? toText(value) : value;
  if (type !== 'number' || typeof value === 'number') return value;
  const number = Number(value);
  return toText(value).trim() !== '' && Number.isFinite(number) && compareValues(toText(number), toText(value)) === 0 ? number : undefined;
}

/** The type that a value has. */
export function typeOfValue(value: Value | undefined): Column['type'] {
  if (Array.isArray(value)) return 'list';
  return typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'text';
}
