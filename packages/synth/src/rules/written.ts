import type { Expr } from '@backlot/protocol';
import { readMarkupValue, toText } from '@backlot/world';
import { knownValue } from '../explain/known-values.ts';
import { learnMarkup } from '../markup/learn.ts';
import type { Given } from './value.ts';

/** Share of the sightings that a grammar must render exactly. */
const enough = 0.8;
const fewest = 2;

/** Written text that an action gave the source of: the grammar by which the page renders it; null where no argument is its source. */
export function learnWritten(given: readonly Given[], inputs: readonly Expr[]): Expr | null {
  const raw = inputs.filter((term) => 'arg' in term);
  for (const term of raw) {
    const pairs = given.map(({ scope, value }) => ({ source: toText(knownValue(term, scope)), rendered: readMarkupValue(toText(value)) }));
    const telling = pairs.filter(({ source }) => source.trim() !== '');
    if (telling.length < fewest || telling.length * 2 < pairs.length) continue;
    const learned = learnMarkup(pairs);
    if (learned && learned.exact >= enough * pairs.length)
      return { fn: 'richText', args: [term, { lit: JSON.stringify(learned.grammar) }] };
  }
  return null;
}
