import type { Expr } from '@backlot/protocol';
import { parseAddress, toText } from '@backlot/world';
import { knownValue } from './known-values.ts';
import type { Example, Learned } from './learn-expr.ts';

/** Share of the occasions that may be off: recorders catch pages in the middle of a change. */
const slack = 0.02;
/** With fewer names that tell, naming them says as much. */
const fewestTelling = 2;

const call = (fn: string, ...args: readonly Expr[]): Expr => ({ fn, args });

/** A page's own address, as an expression. */
export const ownAddress: Expr = call('concat', { loc: 'path' }, { lit: '?' }, { loc: 'search' });

/** Names of what the query of an address asks for. */
export function askedNames(url: string): readonly string[] {
  const { query } = parseAddress(url);
  return Object.keys(query).filter((name) => query[name] !== '');
}

/**
 * A part that is there whenever the address asks for something, a few names aside that change nothing about it: the way back from any
 * filter, seen or not. Null where the names do not tell, or too few of them are known.
 */
export function asAskedMore(examples: readonly Example[]): Learned | null {
  if (typeof examples[0]?.value !== 'boolean') return null;
  const asked = examples.map(({ scope }) => askedNames(toText(knownValue(ownAddress, scope))));
  const silent = new Set(asked.filter((_, i) => examples[i]?.value !== true).flat());
  const telling = new Set(asked.flat().filter((name) => !silent.has(name)));
  if (telling.size < fewestTelling) return null;
  const misses = asked.flatMap((names, i) => (names.some((name) => telling.has(name)) === (examples[i]?.value === true) ? [] : [i]));
  if (misses.length > slack * examples.length) return null;
  const rest = [...silent].sort().reduce<Expr>((to, name) => call('withQuery', to, { lit: name }, { lit: '' }), ownAddress);
  return { expr: call('not', call('isBlank', call('queryOf', rest))), size: 1, misses };
}
