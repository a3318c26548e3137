import type { Answer } from '@backlot/protocol';
import type { Said, Verdict } from './goals.ts';

/**
 * True where an answer says what is wanted: exactly one number or one day is in it and is the right one; a record by its name; a set by
 * all of its names, in any order, and nothing else. Case, spaces, quotation marks and a full stop at the end do not count.
 */
export function matchesAnswer(text: string, wanted: Exclude<Answer, { kind: 'impossible' }>): boolean {
  switch (wanted.kind) {
    case 'number':
      return isOnly(numbersIn(text), wanted.value);
    case 'date':
      return isOnly(daysIn(text), wanted.value);
    case 'record':
      return plain(text) === plain(wanted.value);
    case 'set':
      return isSet(text, wanted.values);
  }
}

const isOnly = <T>(found: readonly T[], wanted: T): boolean => new Set(found).size === 1 && found[0] === wanted;

/** A text for comparison. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[“”"'‘’«»„]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\.$/, '');
}

function numbersIn(text: string): readonly number[] {
  return (text.match(/-?\d+(?:,\d{3})*(?:\.\d+)?/g) ?? []).map((number) => Number(number.replaceAll(',', '')));
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Days named in a text, as `YYYY-MM-DD`: written so, with the month in English letters, or as `12.11.2026`. */
export function daysIn(text: string): readonly string[] {
  const day = (year = '', month: number | string = 0, date = ''): string =>
    `${year}-${String(month).padStart(2, '0')}-${date.padStart(2, '0')}`;
  const monthOf = (name = ''): number => 1 + months.indexOf(name.slice(0, 3).toLowerCase());
  const names = `(${months.join('|')})[a-z]*\\.?`;
  const all = (form: RegExp, read: (parts: readonly string[]) => string): readonly string[] => [...text.matchAll(form)].map(read);
  return [
    ...all(/\b(\d{4})-(\d\d)-(\d\d)\b/g, ([, year, month, date]) => day(year, month, date)),
    ...all(new RegExp(`\\b${names} (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})\\b`, 'gi'), ([, month, date, year]) =>
      day(year, monthOf(month), date),
    ),
    ...all(new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?\\.? ${names},? (\\d{4})\\b`, 'gi'), ([, date, month, year]) =>
      day(year, monthOf(month), date),
    ),
    ...all(/\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b/g, ([, date, month, year]) => day(year, month, date)),
  ];
}

/** All names are in the text, and between them nothing but what parts a list. */
function isSet(text: string, values: readonly string[]): boolean {
  let rest = plain(text);
  for (const value of values.map(plain).toSorted((a, b) => b.length - a.length)) {
    const at = rest.indexOf(value);
    if (at < 0) return false;
    rest = `${rest.slice(0, at)}\n${rest.slice(at + value.length)}`;
  }
  return rest.replace(/\band\b|[\s,;•*.\-[\]]/g, '') === '';
}

/** Judges what was said. Before the end nothing was. */
export function judgeAnswer(wanted: Answer, { answer, gaveUp = false }: Said = {}): Verdict {
  const verdict = (held: number, feedback: readonly string[]): Verdict => ({ held, wanted: 1, excess: 0, feedback });
  if (wanted.kind === 'impossible') return gaveUp ? verdict(1, []) : verdict(0, ['Missing: that this can’t be done was not said.']);
  if (gaveUp) return verdict(0, ['Missing: there is an answer, but it was given up.']);
  if (answer === undefined || answer.trim() === '') return verdict(0, ['Missing: the answer.']);
  return matchesAnswer(answer, wanted) ? verdict(1, []) : verdict(0, [`Broken: the answer “${answer}” is not the right ${wanted.kind}.`]);
}

/** The right answer as an agent would say it; undefined where it is to give up. */
export function sayAnswer(wanted: Answer): string | undefined {
  if (wanted.kind === 'impossible') return undefined;
  return wanted.kind === 'set' ? wanted.values.join('; ') : String(wanted.value);
}
