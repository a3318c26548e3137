import type { Term } from './term.ts';
import { call, constantTerm, parameter, textAt } from './term.ts';

const delimiters = [
  ' ',
  ',',
  ', ',
  '-',
  ' - ',
  '/',
  '@',
  '.',
  ':',
  ': ',
  '_',
  '|',
  ';',
  '\n',
  '=',
  '?',
  '&',
  '#',
  '(',
  ')',
  '[',
  ']',
  '<',
  '>',
  '"',
  '+',
];
const brackets = ['()', '[]', '<>', '{}', '""', '//'];
const mostParts = 4;

function delimited(input: Term, texts: readonly string[]): readonly Term[] {
  const made: Term[] = [];
  for (const by of delimiters) {
    if (!texts.every((text) => text.includes(by))) continue;
    const at = parameter(by);
    made.push(call('before', [input, at]), call('after', [input, at]));
    const counts = texts.map((text) => text.split(by).length);
    if (Math.max(...counts) < 3) continue;
    made.push(call('beforeLast', [input, at]), call('afterLast', [input, at]));
    for (let i = 1; i < Math.min(mostParts, ...counts); i++) made.push(call('at', [call('split', [input, at]), constantTerm(i)], -2));
  }
  return made;
}

function enclosed(input: Term, texts: readonly string[]): readonly Term[] {
  const pairs = brackets.map((pair) => [pair.charAt(0), pair.charAt(1)] as const);
  const used = delimiters.filter((by) => by.length === 1 && texts.every((text) => text.includes(by)));
  const mixed = used.slice(0, 6).flatMap((a) =>
    used
      .slice(0, 6)
      .filter((b) => b !== a)
      .map((b) => [a, b] as const),
  );
  const fit = [...pairs, ...mixed].filter(([a, b]) => texts.every((text) => text.includes(a) && text.indexOf(b, text.indexOf(a) + 1) > 0));
  return fit.map(([a, b]) => call('between', [input, parameter(a), parameter(b)]));
}

function pieces(input: Term, texts: readonly string[]): readonly Term[] {
  const longest = Math.max(...texts.map((text) => text.length));
  const ends = [1, 2, 3, 4].filter((n) => n < longest);
  return [
    ...ends.map((n) => call('slice', [input, parameter(0), constantTerm(n)], -1)),
    ...ends.slice(1).map((n) => call('slice', [input, constantTerm(-n)])),
    ...ends.slice(0, 3).map((n) => call('slice', [input, constantTerm(n)])),
  ];
}

function addressParts(input: Term, texts: readonly string[]): readonly Term[] {
  if (!texts.every((text) => text.includes('/'))) return [];
  const names = [...(texts[0] as string).matchAll(/[?&]([^=&#]+)=/g)].map((found) => found[1] as string);
  return [
    ...['host', 'site', 'pathOf', 'queryOf'].map((fn) => call(fn, [input])),
    ...names.map((name) => call('queryValue', [input, parameter(name)])),
  ];
}

/** Parts of an input that is a text: between delimiters, at its ends, of an address. */
export function textParts(input: Term, rows: readonly number[]): readonly Term[] {
  const texts = rows.map((row) => textAt(input, row)).filter((text) => text !== '');
  if (texts.length === 0 || (texts[0] as string).length < 2) return [];
  const lines = texts.some((text) => /[\r\n]/.test(text)) ? [call('firstLine', [input])] : [];
  return [...lines, ...delimited(input, texts), ...enclosed(input, texts), ...pieces(input, texts), ...addressParts(input, texts)];
}

const lettersCased = ['lower', 'upper', 'capitalise', 'title'];

/** More letters than this are a part that something sets off. */
const mostLetters = 3;

/** A few letters that always stand at the same place of a text, in whatever case: "AN" of "@anna". */
export function letters(input: Term, rows: readonly number[], wanted: readonly string[]): readonly Term[] {
  const width = wanted[0]?.length ?? 0;
  if (width === 0 || width > mostLetters || wanted.some((want) => want.length !== width)) return [];
  const lowered = rows.map((row) => textAt(input, row).toLowerCase());
  const at = (lowered[0] as string).indexOf((wanted[0] as string).toLowerCase());
  if (at < 0 || !lowered.every((text, i) => text.slice(at, at + width) === (wanted[i] as string).toLowerCase())) return [];
  const part = call('slice', [input, constantTerm(at), constantTerm(at + width)]);
  return [part, ...recased(part)];
}

/** The same letters in another case, or without blanks. */
export function recased(term: Term): readonly Term[] {
  const lower = call('lower', [term]);
  return [
    ...lettersCased.map((fn) => (fn === 'lower' ? lower : call(fn, [term]))),
    call('capitalise', [lower], -1),
    call('title', [lower], -1),
    call('trim', [term]),
    call('collapse', [term]),
  ];
}

function substituted(input: Term, texts: readonly string[]): readonly Term[] {
  const made: Term[] = [];
  for (const [a, b] of [
    ['-', ' '],
    ['_', ' '],
    ['+', ' '],
    [' ', '-'],
    [' ', '_'],
    [' ', '+'],
    [' ', ''],
    ['-', ''],
    ['\n', ' '],
    [':', '/'],
    ['/', ':'],
    ['.', '/'],
    ['/', '.'],
  ] as const) {
    if (!texts.some((text) => text.includes(a))) continue;
    const plain = call('replace', [input, parameter(a), parameter(b)]);
    made.push(plain, call('lower', [plain]));
    if (b === ' ') made.push(call('capitalise', [plain]), call('title', [plain]));
  }
  return made;
}

/** Whole inputs in another form: slugs, encodings, initials, masks, fixed width. */
export function reshaped(input: Term, rows: readonly number[]): readonly Term[] {
  const texts = rows.map((row) => textAt(input, row));
  const some = (pattern: RegExp): boolean => texts.some((text) => pattern.test(text));
  const made: Term[] = [
    call('slug', [input, parameter('-')], 1),
    call('slug', [input, parameter('_')], 1),
    ...(some(/[\p{L}\p{N}][^\p{L}\p{N}\s_-]+[\p{L}\p{N}]/u) ? [call('slugBare', [input, parameter('-')], 1)] : []),
    call('initials', [input]),
    call('mask', [input, parameter('*')]),
    call('mask', [input, parameter('•')]),
    ...['http://', 'https://'].map((scheme) => call('withScheme', [input, parameter(scheme)], -8)),
    ...substituted(input, texts),
  ];
  if (some(/[^\w\-.!~*'()]/)) made.push(call('encode', [input]), call('encodeQuery', [input], 1));
  if (some(/[%+]/)) made.push(call('decode', [input]), call('decodeQuery', [input], 1));
  if (texts.every((text) => text.length < 6))
    made.push(...[2, 3, 4, 5, 6].map((n) => call('pad', [input, constantTerm(n), parameter('0')], -1)));
  return made;
}

const commonEnd = (texts: readonly string[]): string => {
  const first = texts[0] as string;
  let length = 0;
  while (length < first.length && texts.every((text) => text.charAt(text.length - 1 - length) === first.charAt(first.length - 1 - length)))
    length++;
  return length === 0 ? '' : first.slice(-length);
};

const mostContext = 24;

/** The shortest end of a context that leads to the place in every text. */
function leading(texts: readonly string[], places: readonly number[]): string | null {
  const context = commonEnd(texts.map((text, i) => text.slice(0, places[i])));
  for (let length = 1; length <= Math.min(context.length, mostContext); length++) {
    const end = context.slice(-length);
    if (texts.every((text, i) => text.indexOf(end) === (places[i] as number) - length)) return end;
  }
  return null;
}

/** The shortest beginning of what follows that stands nowhere in the wanted texts. */
function trailing(rests: readonly string[], wanted: readonly string[]): string | null {
  const first = rests[0] as string;
  for (let length = 1; length <= Math.min(first.length, mostContext); length++) {
    const start = first.slice(0, length);
    if (!rests.every((rest) => rest.startsWith(start))) return null;
    if (wanted.every((want) => (want + start).indexOf(start) === want.length)) return start;
  }
  return null;
}

/** A part of the input that stands after, before or between constants which all rows share (the context of the wanted text). */
export function inContext(input: Term, rows: readonly number[], wanted: readonly string[]): readonly Term[] {
  const texts = rows.map((row) => textAt(input, row));
  const places = texts.map((text, i) => text.indexOf(wanted[i] as string));
  if (wanted.some((want, i) => want === '' || (places[i] as number) < 0)) return [];
  const left = leading(texts, places);
  const rests = texts.map((text, i) => text.slice((places[i] as number) + (wanted[i] as string).length));
  const right = rests.every((rest) => rest !== '') ? trailing(rests, wanted) : null;
  const lit = (text: string): Term => parameter(text);
  const made: Term[] = [];
  if (left !== null && rests.every((rest) => rest === '')) made.push(call('after', [input, lit(left)]));
  if (right !== null && places.every((place) => place === 0)) made.push(call('before', [input, lit(right)]));
  if (left !== null && right !== null) made.push(call('between', [input, lit(left), lit(right)]));
  if (left !== null && right === null) made.push(call('trim', [call('after', [input, lit(left)])]));
  return made;
}
