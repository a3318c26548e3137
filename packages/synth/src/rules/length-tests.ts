import type { Expr } from '@backlot/protocol';
import { textOf } from '@backlot/world';
import { knownValue } from '../explain/known-values.ts';
import type { Case } from './cases.ts';

/** An occasion of an action. */
export interface Acted {
  readonly of: Case;
  readonly scope: Case['scope'];
}

/** Texts are asked to be no longer and no shorter than this. */
const longest = 256;
const mostBounds = 4;
const mostOccasions = 40;

const numbersIn = (text: string): ReadonlySet<number> => new Set((text.match(/\d+/g) ?? []).map(Number));

/** Numbers that pages say only after the action: a complaint names the bound that was missed. */
function boundsIn(occasions: readonly Acted[]): readonly number[] {
  const told = new Set<number>();
  for (const { of } of occasions.slice(0, mostOccasions)) {
    const [before, after] = [of.before.view, of.after.view];
    if (of.origin.event === 'input' || before.url !== after.url) continue;
    const known = numbersIn(textOf(before.root));
    for (const number of numbersIn(textOf(after.root))) if (!known.has(number) && number > 1 && number <= longest) told.add(number);
  }
  return [...told].sort((a, b) => a - b);
}

/** Whether a field holds fewer signs than a number that the page complains with, as far as occasions differ in it. */
export function lengthTests(occasions: readonly Acted[], inputs: readonly Expr[]): readonly Expr[] {
  const fields = inputs.filter((term) => 'field' in term);
  if (fields.length === 0) return [];
  return boundsIn(occasions)
    .slice(0, mostBounds)
    .flatMap((bound) =>
      fields.flatMap((field): Expr[] => {
        const length: Expr = { fn: 'len', args: [field] };
        const isShort = occasions.map(({ scope }) => Number(knownValue(length, scope)) < bound);
        return new Set(isShort).size > 1 ? [{ fn: 'lt', args: [length, { lit: bound }] }] : [];
      }),
    );
}
