import type { Expr } from '@backlot/protocol';
import { parseAddress, toText } from '@backlot/world';
import { call } from '../call.ts';
import { knownValue } from './known-values.ts';
import type { Example, Learned } from './learn-expr.ts';
import { ownAddress } from './own-address.ts';

/** Share of the occasions that may be off: recorders catch pages in the middle of a change. */
const slack = 0.02;
/** With fewer ways of asking that tell, naming them says as much. */
const fewestWays = 2;

/** An address, and whether a part was there. */
export interface Asked {
  readonly url: string;
  readonly isThere: boolean;
}

function askedNames(url: string): readonly string[] {
  const { query } = parseAddress(url);
  return Object.keys(query).filter((name) => query[name] !== '');
}

/**
 * The names that change nothing about a part which is there whenever its address asks for anything else, and the occasions on which
 * that is off. Null where the names do not tell, or too few ways of asking are known.
 */
export function silentNames(occasions: readonly Asked[]): { readonly names: readonly string[]; readonly misses: readonly number[] } | null {
  const asked = occasions.map(({ url }) => askedNames(url));
  const silent = new Set(asked.filter((_, i) => occasions[i]?.isThere !== true).flat());
  const telling = asked.map((names) => names.filter((name) => !silent.has(name)));
  const ways = new Set(telling.map((names) => names.join('&')).filter((way) => way !== ''));
  const misses = telling.flatMap((names, i) => (names.length > 0 === (occasions[i]?.isThere === true) ? [] : [i]));
  return ways.size < fewestWays || misses.length > slack * occasions.length ? null : { names: [...silent].sort(), misses };
}

/**
 * A part that is there whenever the address asks for something, a few names aside that change nothing about it: the way back from any
 * filter, seen or not.
 */
export function asAskedMore(examples: readonly Example[]): Learned | null {
  if (typeof examples[0]?.value !== 'boolean') return null;
  const silent = silentNames(examples.map(({ scope, value }) => ({ url: toText(knownValue(ownAddress, scope)), isThere: value === true })));
  if (!silent) return null;
  const rest = silent.names.reduce<Expr>((to, name) => call('withQuery', to, { lit: name }, { lit: '' }), ownAddress);
  return { expr: call('not', call('isBlank', call('queryOf', rest))), size: 1, misses: silent.misses };
}
