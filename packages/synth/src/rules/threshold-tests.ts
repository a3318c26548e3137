import type { Expr } from '@backlot/protocol';
import type { Scope } from '@backlot/world';
import { knownValue } from '../explain/known-values.ts';
import { sumTerms } from '../explain/sums.ts';
import type { TableModel } from '../state/tables.ts';

/** More different sums than this tell nothing apart. */
const mostSums = 24;
const grids = [1000, 500, 100, 50, 10, 5, 1];

/** The roundest number above one and not above another: what people set as a bound. */
function roundest(below: number, upTo: number): number {
  for (const grid of grids) {
    const bound = Math.floor(upTo / grid) * grid;
    if (bound > below) return bound;
  }
  return upTo;
}

/** Whether what lists that scripts keep add up to has reached a round bound between two sums that were seen: delivery is free from there on. */
export function thresholdTests(scopes: readonly Scope[], tables: readonly TableModel[]): readonly Expr[] {
  const sums = tables.filter(({ whole }) => whole === true).flatMap(sumTerms);
  return sums.flatMap((sum) => {
    const values = scopes.map((scope) => Number(knownValue(sum, scope)));
    const seen = [...new Set(values)].filter((value) => value > 0).sort((a, b) => a - b);
    if (seen.length < 2 || seen.length > mostSums) return [];
    const bounds = new Set(seen.slice(1).map((value, i) => roundest(seen[i] as number, value)));
    return [...bounds].map((bound): Expr => ({ fn: 'ge', args: [sum, { lit: bound }] }));
  });
}
