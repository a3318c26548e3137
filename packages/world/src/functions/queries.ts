import type { Value } from '@backlot/protocol';
import { dateFunctions } from './dates.ts';
import { numberFunctions } from './numbers.ts';
import type { Fn } from './values.ts';
import { text2, toText } from './values.ts';
import { own } from '../own.ts';
import { remembered } from '../remembered.ts';

const secondsIn: Readonly<Record<string, number>> = {
  second: 1,
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 604_800,
  month: 2_629_746,
  year: 31_556_952,
};

const asNumber = (value: Value | undefined): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null);

/** A plain number or an amount of money, possibly with a unit after it. */
function quantity(text: string): number | null {
  const plain = text.replace(/\p{Sc}|%|^[A-Z]{3}\s|\s[A-Z]{3}$/gu, '').trim();
  if (!/^[-+−]?\(?[\d.,'\s ]*\d\)?(\s*[\p{L}]{1,12}){0,2}$/u.test(plain)) return null;
  const digits = plain.replace(/(\s*\p{L}{1,12})+$/u, '');
  return /^[-+]?\d+(\.\d+)?$/.test(digits) ? Number(digits) : asNumber(numberFunctions['amount']?.(digits));
}

function ago(text: string): number | null {
  const found = /^(?:about |almost |over )?(an?|\d+) (second|minute|hour|day|week|month|year)s? ago$/i.exec(text);
  if (!found) return null;
  const [, many = '', unit = ''] = found;
  return -(/^\d/.test(many) ? Number(many) : 1) * (own(secondsIn, unit.toLowerCase()) ?? 0);
}

/** Numbers in a text are padded, so that code units order them by size. */
const natural = (text: string): string => text.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(12, '0'));

/** What a text is ordered by: dates, ages and quantities as numbers, anything else in lower case with its numbers padded. */
function sortKey(text: string): Value {
  const trimmed = text.trim();
  if (!/\d|ago$/.test(trimmed)) return trimmed.toLowerCase();
  const date = toText(dateFunctions['date']?.(trimmed, 'yyyyMMddHHmmss'));
  return date === '' ? (ago(trimmed) ?? quantity(trimmed) ?? natural(trimmed)) : Number(date);
}

const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');

/** A word with a leading minus must not hold. */
const holds = (word: string, test: (plain: string) => boolean): boolean =>
  word.length > 1 && word.startsWith('-') ? !test(word.slice(1)) : test(word);

const textsOfLists = new WeakMap<readonly Value[], readonly string[]>();

/** Texts of a list's items in lower case; of an item that is a list itself, its first part. Lists never change, so theirs are made once. */
function itemTexts(list: Value | undefined): readonly string[] {
  return Array.isArray(list) ? remembered(textsOfLists, list as readonly Value[], textsOf) : textsOf([list ?? null]);
}

function textsOf(items: readonly Value[]): readonly string[] {
  const first = (item: Value): Value => (Array.isArray(item) ? ((item as readonly Value[])[0] ?? null) : item);
  return items.map((item) => toText(first(item)).trim().toLowerCase()).filter((item) => item !== '');
}

const plain = (value: Value | undefined): string => toText(value).trim().toLowerCase();

/**
 * What lists are filtered and ordered by; letter case never counts.
 * - `sortKey` a value to compare: numbers, money, dates and ages as numbers, else text with its numbers in order of size;
 * - `containsWords` every word is in the text, `matchesWords` the same where a word with a leading `-` must not be;
 * - `hasItem` a list holds the text as an item, `hasItems` every word (after white space, `,` or `+`) so, with `-` likewise,
 *   `hasItemPrefix` some item begins so. Of an item that is a list itself, the first part counts.
 */
export const queryFunctions: Readonly<Record<string, Fn>> = {
  sortKey: (a) => (typeof a === 'number' ? a : a === true ? 1 : sortKey(toText(a))),
  containsWords: text2((a, b) => wordsOf(b).every((word) => a.toLowerCase().includes(word))),
  matchesWords: text2((a, b) => wordsOf(b).every((word) => holds(word, (w) => a.toLowerCase().includes(w)))),
  hasItem: (a, b) => itemTexts(a).includes(plain(b)),
  hasItems: (a, b) => wordsOf(toText(b).replace(/[,+]/g, ' ')).every((word) => holds(word, (w) => itemTexts(a).includes(w))),
  hasItemPrefix: (a, b) => itemTexts(a).some((item) => item.startsWith(plain(b))),
};
