import type { Fn } from './values.ts';
import { text1, text2, toNumber, toText } from './values.ts';

const capitalise = (t: string): string => t.slice(0, 1).toUpperCase() + t.slice(1);

/** Text up to (or from) a delimiter; what is up to a missing one is everything, what is from it nothing. */
const upTo = (t: string, at: number): string => (at < 0 ? t : t.slice(0, at));
const from = (t: string, at: number, length: number): string => (at < 0 ? '' : t.slice(at + length));

function excerpt(t: string, [keep, ellipsis, longest]: readonly [number, string, number]): string {
  return t.length <= longest ? t : t.slice(0, Math.max(0, keep)) + ellipsis;
}

/** As many whole words as fit into `longest` characters, white space as it was. */
function excerptWords(t: string, longest: number, ellipsis: string): string {
  if (t.length <= longest) return t;
  const head = /\s/.test(t.charAt(longest)) ? t.slice(0, Math.max(0, longest)) : t.slice(0, Math.max(0, longest)).replace(/\S*$/, '');
  return head.trimEnd() + ellipsis;
}

function firstWords(t: string, count: number, ellipsis: string): string {
  const words = t.split(/\s+/).filter((word) => word !== '');
  return words.length <= count ? t : words.slice(0, Math.max(0, count)).join(' ') + ellipsis;
}

/** Texts longer than this are not made: a number that a page holds may be huge. */
const longestPadding = 10_000;

/** Functions that give parts and forms of a text. */
export const textFunctions: Readonly<Record<string, Fn>> = {
  capitalise: text1(capitalise),
  title: text1((t) => t.replace(/(^|\s)(\S)/g, (_all, gap: string, letter: string) => gap + letter.toUpperCase())),
  firstLine: text1((t) => t.split(/\r\n|\r|\n/)[0] ?? ''),
  // excerpt(text, kept, ellipsis, longest uncut = kept)
  excerpt: (...[a, n, e, most]) => excerpt(toText(a), [toNumber(n), toText(e), toNumber(most ?? n)]),
  excerptWords: (a, n, e) => excerptWords(toText(a), toNumber(n), toText(e)),
  firstWords: (a, n, e) => firstWords(toText(a), toNumber(n), toText(e)),
  before: text2((t, by) => upTo(t, by === '' ? -1 : t.indexOf(by))),
  beforeLast: text2((t, by) => upTo(t, by === '' ? -1 : t.lastIndexOf(by))),
  after: text2((t, by) => from(t, by === '' ? -1 : t.indexOf(by), by.length)),
  afterLast: text2((t, by) => from(t, by === '' ? -1 : t.lastIndexOf(by), by.length)),
  between: (a, open, close) => {
    const rest = toText(open) === '' ? '' : from(toText(a), toText(a).indexOf(toText(open)), toText(open).length);
    const end = toText(close) === '' ? -1 : rest.indexOf(toText(close));
    return end < 0 ? '' : rest.slice(0, end);
  },
  initials: text1((t) =>
    t
      .split(/[\s\-_]+/)
      .map((word) => (/[\p{L}\p{N}]/u.exec(word)?.[0] ?? '').toUpperCase())
      .join(''),
  ),
  mask: (a, by) => (toText(by) === '' ? '' : toText(by).repeat(Math.min(toText(a).length, longestPadding))),
  pad: (a, n, by) => toText(a).padStart(Math.min(toNumber(n), longestPadding), toText(by)),
  // Lower case, runs of anything but letters and digits to the separator, none at the ends.
  slug: text2((t, by) =>
    t
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word !== '')
      .join(by),
  ),
  // The same with what is neither letter, digit nor space left out: "children's" is one word.
  slugBare: text2((t, by) =>
    t
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .split(/[\s_-]+/)
      .filter((word) => word !== '')
      .join(by),
  ),
};
