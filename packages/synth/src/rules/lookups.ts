import type { Expr, Value } from '@backlot/protocol';
import { toText } from '@backlot/world';
import { knownValue } from '../explain/known-values.ts';
import type { Given } from './value.ts';

/** How many keys must have been seen more than once for a table of them to be trusted. */
const fewestKept = 2;
/** Longer texts are no names. */
const longestKey = 40;

/** A value that hangs on what one input says, each time it says it: a table of names and values. Null where no input is enough. */
export function learnLookup(given: readonly Given[], inputs: readonly Expr[]): Expr | null {
  for (const input of inputs) {
    const table = tableOf(given, input);
    if (table) return { fn: 'lookup', args: [{ lit: [...table].map(([key, value]): Value => [key, value]) }, input] };
  }
  return null;
}

function tableOf(given: readonly Given[], input: Expr): ReadonlyMap<string, Value> | null {
  const table = new Map<string, Value>();
  const kept = new Set<string>();
  for (const { scope, value } of given) {
    const key = toText(knownValue(input, scope));
    if (key === '' || key.length > longestKey) return null;
    if (table.has(key) && table.get(key) !== value) return null;
    if (table.has(key)) kept.add(key);
    table.set(key, value);
  }
  return kept.size >= fewestKept && table.size > 1 ? table : null;
}
