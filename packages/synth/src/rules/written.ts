import type { Expr, Grammar } from '@backlot/protocol';
import { evaluate, readMarkupValue, toText } from '@backlot/world';
import { commonest } from '../explain/commonest.ts';
import { knownValue } from '../explain/known-values.ts';
import type { LearnedMarkup, MarkupPair } from '../markup/learn.ts';
import { exactOf, learnMarkup } from '../markup/learn.ts';
import type { ColumnModel } from '../state/columns.ts';
import { composed, isSpoken } from './composed.ts';
import type { Given } from './given.ts';
import { learnCondition } from './value.ts';

/** Share of the sightings that a grammar must render exactly. */
const enough = 0.8;
const fewest = 2;

/** What lays out written text is a grammar or nothing: no other derivation of it holds for texts never seen. */
export const isDocument = ({ source }: ColumnModel): boolean => source?.kind === 'prose';

/** What written text may be made of. */
export interface WrittenTerms {
  readonly inputs: readonly Expr[];
  readonly tests: readonly Expr[];
  /** How pages were seen to lay out other texts. */
  readonly known?: LearnedMarkup | null;
  /** What the record held before, where there was one. */
  readonly own?: Expr;
}

const sourceIn = (term: Expr, { scope }: Given): string => toText(knownValue(term, scope));

/** Share of the sightings that a grammar known from other texts must render exactly. */
const enoughKnown = 0.5;

/** The grammar by which pages lay out the texts, the one that is known already where it does. */
function grammarOf(pairs: readonly MarkupPair[], known: LearnedMarkup | null): Grammar | null {
  if (known && exactOf(known.grammar, pairs) >= enoughKnown * pairs.length) return known.grammar;
  const learned = learnMarkup(pairs);
  return learned && learned.exact >= enough * pairs.length ? learned.grammar : null;
}

/** How a page renders the text in an argument; null where no grammar says how. */
function rendering(term: Expr, changed: readonly Given[], known: LearnedMarkup | null): Expr | null {
  const isBlank = (one: Given): boolean => sourceIn(term, one).trim() === '';
  const blank = changed.filter(isBlank);
  const said = changed.filter((one) => !isBlank(one));
  if (said.length < (known ? 1 : fewest) || said.length * 2 < changed.length) return null;
  const grammar = grammarOf(
    said.map((one) => ({ source: sourceIn(term, one), rendered: readMarkupValue(toText(one.value)) })),
    known,
  );
  if (!grammar) return null;
  const rich: Expr = { fn: 'richText', args: [term, { lit: JSON.stringify(grammar) }] };
  if (blank.length === 0) return rich;
  return { fn: 'if', args: [{ fn: 'isBlank', args: [term] }, { lit: commonest(blank.map(({ value }) => value)) }, rich] };
}

/** What is rendered, on the occasions on which it is: a form may also be left, or only tried. Null where nothing tells them. */
function onOccasion(
  written: Expr,
  changed: readonly Given[],
  { given, tests, own }: WrittenTerms & { readonly given: readonly Given[] },
): Expr | null {
  if (!own) return written;
  const idle = given.filter((one) => !changed.includes(one) && evaluate(written, one.scope) !== one.value);
  if (idle.length === 0) return written;
  const cases = [...changed.map((one) => ({ ...one, value: true })), ...idle.map((one) => ({ ...one, value: false }))];
  const when = learnCondition(cases, tests);
  if (when && !('lit' in when)) return { fn: 'if', args: [when, written, own] };
  return idle.length <= (1 - enough) * given.length ? written : null;
}

/** Written text that an action gave the source of: the grammar by which the page renders it; null where no argument is its source. */
export function learnWritten(given: readonly Given[], terms: WrittenTerms): Expr | null {
  const { inputs, own, known = null } = terms;
  const changed = own ? given.filter(({ scope, value }) => evaluate(own, scope) !== value) : given;
  for (const input of inputs.filter((each) => 'arg' in each && isSpoken(each, changed))) {
    const written = rendering(composed(input, changed, inputs), changed, known);
    const learned = written && onOccasion(written, changed, { ...terms, given });
    if (learned) return learned;
  }
  return null;
}
