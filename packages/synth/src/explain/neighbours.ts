import type { Expr, Value } from '@backlot/protocol';
import type { Hole } from '../template/holes.ts';
import type { Pattern } from '../template/pattern.ts';
import { usualBy } from './commonest.ts';

/** More different values than this are no matter of a few cases. */
const mostCases = 4;
/** Share of views on which what an element shows must tell the rest of it. */
const enough = 0.98;

/** The element that a hole is part of. */
export const elementOf = ({ pattern }: Hole): Pattern | null => (pattern.kind === 'element' ? pattern : pattern.parent);

/** For each value of one hole, what the other shows with it; null where that is not always the same. */
function casesOf(hole: Hole, lead: Hole): ReadonlyMap<Value, Value> | null {
  const shown = new Map([...lead.values].map(([{ view }, value]) => [view, value]));
  const pairs = [...hole.values].flatMap(([{ view }, value]) => (shown.has(view) ? [[shown.get(view) as Value, value] as const] : []));
  const { usual: cases, right } = usualBy(pairs);
  const isTold = pairs.length >= enough * hole.values.size && right >= enough * pairs.length;
  return isTold && cases.size > 1 && cases.size <= mostCases && new Set(cases.values()).size > 1 ? cases : null;
}

/**
 * What an element holds out of sight in terms of what it shows: where a link leads goes by what it is called. `peers` are the holes of
 * the element. Null where none of them that is explained tells.
 */
export function byNeighbour(hole: Hole, peers: readonly Hole[], exprs: ReadonlyMap<Hole, Expr>): Expr | null {
  for (const lead of peers) {
    const expr = exprs.get(lead);
    if (lead === hole || !expr || 'lit' in expr || lead.live) continue;
    const cases = casesOf(hole, lead);
    if (!cases) continue;
    const [last, ...others] = [...cases].toReversed();
    return others.reduce<Expr>(
      (otherwise, [value, shown]) => ({ fn: 'if', args: [{ fn: 'eq', args: [expr, { lit: value }] }, { lit: shown }, otherwise] }),
      { lit: (last as readonly [Value, Value])[1] },
    );
  }
  return null;
}
