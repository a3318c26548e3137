import { joinPieces, writeTexts } from './concat.ts';
import { dateForms } from './dates.ts';
import { excerpts } from './excerpts.ts';
import type { Goal } from './goal.ts';
import { counterexample, fitting, samplesOf, varies } from './goal.ts';
import { joinedLists } from './lists.ts';
import { writtenNumbers } from './number-texts.ts';
import { numericTerms } from './numbers.ts';
import type { Term } from './term.ts';
import { call, textAt } from './term.ts';
import { inContext, letters, recased, reshaped, textParts } from './text-parts.ts';

const wantedText = (goal: Goal, row: number): string => String(goal.want[row] ?? '');

/** Shorter texts that never change stand in others by chance. */
const shortestFixed = 3;

interface Sample {
  readonly rows: readonly number[];
  readonly wanted: readonly string[];
  readonly lowered: readonly string[];
}

function isWithin(term: Term, sample: Sample): boolean {
  return sample.rows.every((row, i) => {
    const text = textAt(term, row);
    return text !== '' && (sample.wanted[i] as string).includes(text);
  });
}

/** Letters and digits only, in lower case: what stays of a text whatever form it is shown in. */
const core = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

function isLooselyWithin(term: Term, sample: Sample): boolean {
  return sample.rows.every((row, i) => {
    const text = textAt(term, row).trim().toLowerCase().replace(/\s+/g, ' ');
    return text !== '' && (sample.lowered[i] as string).includes(text);
  });
}

/** An input that is empty on some rows may still stand in what is wanted on others. */
const isSometimesWithin = (input: Term, sample: Sample): boolean =>
  sample.rows.some((row) => textAt(input, row) !== '') &&
  sample.rows.every((row, i) => (sample.wanted[i] as string).includes(textAt(input, row)));

function formsOf(input: Term, sample: Sample): readonly Term[] {
  const parts = textParts(input, sample.rows);
  const loose = [input, ...parts].filter((term) => isLooselyWithin(term, sample));
  const strict = (terms: readonly Term[]): readonly Term[] => terms.filter((term) => isWithin(term, sample));
  const cased = loose.flatMap((term) => [...(isWithin(term, sample) && term !== input ? [term] : []), ...strict(recased(term))]);
  return [...cased, ...strict(reshaped(input, sample.rows)), ...strict(dateForms(input, sample.rows))];
}

const isText = (input: Term, rows: readonly number[]): boolean =>
  rows.every((row) => ['string', 'number'].includes(typeof (input.at(row) ?? '')));

function atomsOf(goal: Goal, sample: Sample): readonly Term[] {
  const texts = goal.inputs.filter((input) => isText(input, sample.rows));
  const whole = texts.filter((input) => isSometimesWithin(input, sample));
  const forms = texts.flatMap((input) => formsOf(input, sample));
  const numbers = numericTerms(goal, sample.rows).filter((term) => !goal.inputs.includes(term) && isWithin(term, sample));
  const lists = joinedLists(goal.inputs, sample.rows, sample.wanted).filter((term) =>
    sample.rows.every((row, i) => (sample.wanted[i] as string).includes(textAt(term, row))),
  );
  const lines = texts
    .filter((input) => sample.rows.some((row) => /[\r\n]/.test(textAt(input, row))))
    .map((input) => call('firstLine', [input]));
  const cutBases = [
    ...texts,
    ...lines,
    ...texts
      .filter((input) => sample.rows.some((row) => /^\s|\s$|\s\s|\n/.test(textAt(input, row))))
      .map((input) => call('collapse', [input])),
  ];
  const cut = excerpts(cutBases, sample.rows, sample.wanted).filter((term) => isWithin(term, sample));
  const derived = [...forms, ...numbers, ...lists, ...cut].filter((term) => varies(term, sample.rows));
  return [
    ...whole.filter((input) => varies(input, sample.rows) || textAt(input, sample.rows[0] as number).length >= shortestFixed),
    ...derived,
  ];
}

function pluralCounts(goal: Goal, rows: readonly number[]): readonly Term[] {
  return numericTerms(goal, rows).filter((term) => rows.some((row) => term.at(row) === 1) && rows.some((row) => term.at(row) !== 1));
}

/** Texts that have nothing in common with any input cannot be written from them. */
function shares(goal: Goal, sample: Sample): readonly Term[] {
  return goal.inputs.filter(
    (input) =>
      isText(input, sample.rows) && sample.rows.some((row, i) => textAt(input, row).length > 2 && core(sample.wanted[i] as string) !== ''),
  );
}

function writtenFrom(goal: Goal, start: readonly number[]): Term | null {
  let rows = start;
  for (let round = 0; round < 5; round++) {
    const wanted = rows.map((row) => wantedText(goal, row));
    const sample = { rows, wanted, lowered: wanted.map((want) => want.toLowerCase().replace(/\s+/g, ' ')) };
    const atoms = atomsOf(goal, sample);
    const bases = shares(goal, sample);
    const counts = pluralCounts(goal, rows);
    const basic = { rows, wanted, atoms, bases, counts, maxCost: goal.maxCost };
    const numbers = writtenNumbers(goal, rows);
    const pieces = writeTexts(numbers.length === 0 ? basic : { ...basic, atoms: [...atoms, ...numbers] });
    if (!pieces || pieces.every((piece) => typeof piece === 'string')) return null;
    const term = joinPieces(pieces);
    const wrong = counterexample(goal, term);
    if (wrong === null) return term;
    if (goal.allowed > 0) return null;
    rows = [...rows, wrong];
  }
  return null;
}

/** Whole texts in another form: these may also be empty on some rows. */
function wholes(goal: Goal, rows: readonly number[]): readonly Term[] {
  const wanted = rows.map((row) => wantedText(goal, row));
  const texts = goal.inputs.filter((input) => isText(input, rows));
  const related = texts.filter((input) =>
    rows.every((row, i) => {
      const [a, b] = [core(textAt(input, row)), core(wanted[i] as string)];
      return b === '' || a.includes(b) || b.includes(a) || /%/.test(textAt(input, row) + wanted[i]);
    }),
  );
  const shaped = related.flatMap((input) => [
    ...recased(input),
    ...reshaped(input, rows),
    ...textParts(input, rows),
    ...letters(input, rows, wanted),
    ...inContext(input, rows, wanted),
  ]);
  const lists = joinedLists(goal.inputs, rows, wanted);
  const cut = excerpts(texts, rows, wanted);
  const first = rows[0] as number;
  return fitting(
    goal,
    [...shaped, ...lists, ...cut].filter((term) => textAt(term, first) === wanted[0] && varies(term, rows)),
  );
}

/** Terms that give the wanted texts: forms of one input, or several joined with constants. */
export function textSearch(goal: Goal): readonly Term[] {
  const found: Term[] = [];
  for (const rows of samplesOf(goal)) {
    if (rows.length < 2) continue;
    const whole = wholes(goal, rows);
    found.push(...whole);
    const written = writtenFrom({ ...goal, maxCost: Math.min(goal.maxCost, whole[0]?.cost ?? Infinity) }, rows);
    if (written) found.push(written);
  }
  return found.sort((a, b) => a.cost - b.cost);
}
