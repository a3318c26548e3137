import type { Value } from '@backlot/protocol';
import type { Fn } from './values.ts';
import { finite, toNumber, toText } from './values.ts';

const listOf = (value: Value | undefined): readonly Value[] =>
  Array.isArray(value) ? (value as readonly Value[]) : value === null || value === undefined || value === '' ? [] : [value];

/** Items of a text, separated by any of the characters (a blank stands for all white space); blanks around and blank items are dropped. */
function items(value: Value | undefined, separators: string): readonly Value[] {
  const parts = Array.isArray(value) ? (value as readonly Value[]).map(toText) : splitAtAny(toText(value), separators);
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

function splitAtAny(text: string, separators: string): readonly string[] {
  const parts: string[] = [];
  let part = '';
  for (const sign of text) {
    if (separators.includes(sign) || (separators.includes(' ') && /\s/.test(sign))) {
      parts.push(part);
      part = '';
    } else part += sign;
  }
  return [...parts, part];
}

const signature = (value: Value): string => (typeof value === 'string' ? `"${value}` : JSON.stringify(value));

function unique(list: readonly Value[]): readonly Value[] {
  const seen = new Map<string, Value>();
  for (const item of list) if (!seen.has(signature(item))) seen.set(signature(item), item);
  return [...seen.values()];
}

function sorted(list: readonly Value[]): readonly Value[] {
  const numbers = list.every((item) => typeof item === 'number');
  const by = (a: Value, b: Value): number => {
    if (numbers) return toNumber(a) - toNumber(b);
    const [x, y] = [toText(a), toText(b)];
    return x < y ? -1 : x > y ? 1 : 0;
  };
  return [...list].sort(by);
}

/** By letters, whatever their case. */
function sortedTexts(list: readonly Value[]): readonly Value[] {
  const spelled = list.map((item) => [toText(item).toLowerCase(), item] as const);
  return spelled.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, item]) => item);
}

function byCount(list: readonly Value[]): readonly Value[] {
  const counts = new Map<string, number>();
  for (const item of list) counts.set(signature(item), (counts.get(signature(item)) ?? 0) + 1);
  return sortedTexts(unique(list)).toSorted((a, b) => (counts.get(signature(b)) ?? 0) - (counts.get(signature(a)) ?? 0));
}

/** A name that is none of those given. */
function fresh(taken: readonly Value[]): string {
  const names = new Set(taken.map(toText));
  let n = names.size + 1;
  while (names.has(`n${n}`)) n++;
  return `n${n}`;
}

/** The value that stands with a name in a list of pairs; null where none does. */
function lookup(pairs: readonly Value[], name: string): Value {
  for (const pair of pairs) {
    const [key = null, value = null] = Array.isArray(pair) ? (pair as readonly Value[]) : [pair];
    if (toText(key) === name) return value;
  }
  return null;
}

function toggled(text: string, item: string, by: string): string {
  const all = text.split(by).filter((each) => each !== '');
  return (all.includes(item) ? all.filter((each) => each !== item) : [...all, item]).join(by);
}

/** The list with an item at its end, where it stands once, told by its first part: the last so many of what was come to. */
function recent(list: readonly Value[], most: number, item: readonly Value[]): readonly Value[] {
  const nameOf = (value: Value | undefined): string => toText((Array.isArray(value) ? (value as readonly Value[])[0] : value) ?? null);
  const others = list.filter((other) => nameOf(other) !== nameOf(item));
  const all = [...others, item];
  return most > 0 ? all.slice(-most) : all;
}

/** Functions on lists. What is no list is a list of one; null and empty text are the empty list. */
export const listFunctions: Readonly<Record<string, Fn>> = {
  items: (a, by) => items(a, toText(by)),
  unique: (a) => unique(listOf(a)),
  sorted: (a) => sorted(listOf(a)),
  reversed: (a) => [...listOf(a)].reverse(),
  lowerItems: (a) => listOf(a).map((item) => toText(item).toLowerCase()),
  // Every item followed by the separator, the last one too.
  joinEach: (a, by) =>
    listOf(a)
      .map((item) => toText(item) + toText(by))
      .join(''),
  // A text of items with one more, at the end, or without it where it has it.
  toggled: (a, item, by) => toggled(toText(a ?? null), toText(item ?? null), toText(by ?? null)),
  maxOf: (a) => listOf(a).reduce<number>((most, item) => Math.max(most, toNumber(item)), 0),
  flat: (a) => listOf(a).flatMap((item) => (Array.isArray(item) ? (item as readonly Value[]) : [item])),
  sortedTexts: (a) => sortedTexts(listOf(a)),
  // Each item once, the commonest first, then by its text.
  byCount: (a) => byCount(listOf(a)),
  firsts: (a) => listOf(a).map((item) => (Array.isArray(item) ? ((item as readonly Value[])[0] ?? null) : item)),
  // Yes and no read the same as texts: nothing.
  countOf: (a, b) => listOf(a).filter((item) => (typeof item === 'boolean' ? item === b : toText(item) === toText(b))).length,
  fresh: (a) => fresh(listOf(a)),
  allButLast: (a) => listOf(a).slice(0, -1),
  recent: (a, most, ...item) => recent(listOf(a), toNumber(most), item),
  lookup: (a, name) => lookup(listOf(a), toText(name ?? null)),
  sumOf: (a) => finite(listOf(a).reduce<number>((sum, item) => sum + toNumber(item), 0)),
};
