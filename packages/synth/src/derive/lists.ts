import type { Value } from '@backlot/protocol';
import { toText } from '@backlot/world';
import type { Goal } from './goal.ts';
import { fitting, samplesOf } from './goal.ts';
import type { Term } from './term.ts';
import { call, parameter, same } from './term.ts';

const separators = [' ', ',', ', ', ';', '\n', '|'];
const listAt = (term: Term, row: number): readonly Value[] => {
  const value = term.at(row);
  return Array.isArray(value) ? (value as readonly Value[]) : [];
};

/** Lists that inputs are or hold. */
function plainLists(input: Term, rows: readonly number[]): readonly Term[] {
  const values = rows.map((row) => input.at(row));
  if (values.every((value) => Array.isArray(value) || value === null)) return values.some((value) => value !== null) ? [input] : [];
  if (!values.every((value) => typeof value === 'string' || value === null)) return [];
  const used = separators.filter((by) => values.some((value) => [...by].every((sign) => toText(value).includes(sign))));
  return (used.length > 0 ? used : [' ']).map((by) => call('items', [input, parameter(by)]));
}

/** The same items in another order, each once, in lower case. */
function arranged(list: Term): readonly Term[] {
  return [list, call('lowerItems', [list])].flatMap((each) => {
    const unique = call('unique', [each]);
    return [each, unique, call('sorted', [each]), call('sorted', [unique]), call('reversed', [each])];
  });
}

/** Terms that give the wanted lists. */
export function listSearch(goal: Goal): readonly Term[] {
  const found: Term[] = [];
  for (const sample of samplesOf(goal)) {
    const bases = goal.inputs.flatMap((input) => [...plainLists(input, sample), ...rawSplits(input, sample)]);
    const first = sample[0] as number;
    const terms = bases.flatMap(arranged).filter((term) => same(term.at(first), goal.want[first] ?? null));
    found.push(...fitting(goal, terms));
  }
  return found.sort((a, b) => a.cost - b.cost);
}

function rawSplits(input: Term, rows: readonly number[]): readonly Term[] {
  const texts = rows.map((row) => input.at(row)).filter((value) => typeof value === 'string');
  return ['\n', ',', ', ', ' ', ';', '|', '/']
    .filter((by) => texts.some((text) => text.includes(by)))
    .map((by) => call('split', [input, parameter(by)], 1));
}

const longestSeparator = 12;

/** True where a text goes on, from a place, with texts one after the other and a separator between them. */
function namesFrom(want: string, start: number, { texts, by }: { readonly texts: readonly string[]; readonly by: string }): boolean {
  let at = start;
  for (const [i, text] of texts.entries()) {
    if (i > 0 && !want.startsWith(by, at)) return false;
    if (i > 0) at += by.length;
    if (!want.startsWith(text, at)) return false;
    at += text.length;
  }
  return true;
}

/** The least that stands between the items where the wanted text names them one after the other. */
function separatorIn(items: readonly Value[], want: string): string | null {
  const texts = items.map(toText);
  const [a, b] = texts as [string, string];
  let best: string | null = null;
  let end = -1;
  for (let start = want.indexOf(a); start >= 0 && a !== ''; start = want.indexOf(a, start + 1)) {
    if (end < start + a.length) end = want.indexOf(b, start + a.length);
    if (end < 0) break;
    const length = end - start - a.length;
    if (length > longestSeparator || (best !== null && length >= best.length)) continue;
    const by = want.slice(start + a.length, end);
    if (namesFrom(want, start, { texts, by })) best = by;
  }
  return best;
}

/** Lists written out as text: with a separator between items, or after each. */
export function joinedLists(inputs: readonly Term[], rows: readonly number[], wanted: readonly string[]): readonly Term[] {
  const made: Term[] = [];
  const lowered = wanted.map((want) => want.toLowerCase());
  for (const input of inputs) {
    for (const list of plainLists(input, rows)) {
      const place = rows.findIndex((row) => listAt(list, row).length > 1);
      const row = rows[place];
      if (row === undefined || !listAt(list, row).every((item) => lowered[place]?.includes(toText(item).toLowerCase()))) continue;
      for (const term of arranged(list)) {
        const by = separatorIn(listAt(term, row), wanted[place] as string);
        if (by !== null) made.push(call('join', [term, parameter(by)]), call('joinEach', [term, parameter(by)]));
      }
    }
  }
  return made;
}
