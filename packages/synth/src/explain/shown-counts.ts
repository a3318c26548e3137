import type { Expr } from '@backlot/protocol';
import { evaluate, toNumber } from '@backlot/world';
import { mapLeaves } from '../map-leaves.ts';
import type { Belief } from '../state/belief.ts';
import { scopeOf } from '../state/belief.ts';
import type { View } from '../views.ts';
import { knownValue, noteValue } from './known-values.ts';
import type { ListQuery } from './list-queries.ts';
import { shownLists, type Shown } from './shown-lists.ts';

/** How many records a list finds, on all of its pages, and what is worked out from it. */
export interface Counted {
  readonly found: Expr;
  readonly worked: readonly Expr[];
}

/**
 * Takes how many records a list finds from the page that shows them all: its query, which may be wrong there, is not asked. What a
 * page says of its list is so learned from that list.
 */
export function countAsShown({ binding, query }: ListQuery, { found, worked }: Counted, belief: (view: View) => Belief | undefined): void {
  for (const shown of shownLists(binding, belief)) {
    if (!isAll(query, shown)) continue;
    const scope = scopeOf(shown.belief, null);
    const count: Expr = { lit: shown.ids.length };
    const counted = (expr: Expr): Expr => mapLeaves(expr, (leaf) => (leaf === found ? count : leaf));
    for (const expr of [found, ...worked]) noteValue(expr, scope, evaluate(counted(expr), scope));
  }
}

/** True where a list shows all that it finds: it is not cut into pages, or this one is the first and not full. One without records may be out of sight. */
function isAll({ limit, offset }: ListQuery['query'], { ids, belief }: Shown): boolean {
  const numberOf = (expr: Expr | undefined): number | null => (expr ? toNumber(knownValue(expr, scopeOf(belief, null))) : 0);
  if (ids.length === 0) return false;
  return limit === undefined || (numberOf(offset) === 0 && ids.length < (numberOf(limit) ?? 0));
}
