import type { Value } from '@backlot/protocol';
import { usualBy } from '../explain/commonest.ts';
import type { Hole } from '../template/holes.ts';
import { changesInLoad, isOutOfSight, loadOf } from '../template/holes.ts';
import type { View } from '../views.ts';
import { habit } from './habit.ts';

/** How the addresses of pages name records. */
export interface RecordNaming {
  readonly nameAt: (view: View) => string;
  readonly accountOf: (session: number) => string;
}

/** Holes of a whole page that hang on the record that its address names, not on what happened elsewhere. */
export function holesByRecord(holes: readonly Hole[], { nameAt, accountOf }: RecordNaming): readonly Hole[] {
  return holes.filter((hole) => {
    if (hole.frame.list || hole.kind === 'token' || (!hole.live && changesInLoad(hole))) return false;
    if (isOutOfSight(hole) && hole.name !== 'href') return false;
    const seen = [...hole.values].map(([{ view }, value]) => ({ name: `${accountOf(view.session)} ${nameAt(view)}`, view, value }));
    const pairsOf = (some: typeof seen): readonly (readonly [string, Value])[] => some.map(({ name, value }) => [name, value]);
    if (seen.length === 0 || !differsInAccount(usualBy(pairsOf(seen)).usual)) return false;
    // What was seen once agrees with itself and tells nothing.
    const groups = [...Map.groupBy(seen, ({ name }) => name).values()];
    const again = groups.filter((group) => new Set(group.map(({ view }) => loadOf(view))).size > 1).flat();
    const judged = pairsOf(again.length > 0 ? again : seen);
    const share = usualBy(judged).right / judged.length;
    return share >= 0.7 && share >= habit(hole, nameAt);
  });
}

/** True where two records of one account usually show different values. */
function differsInAccount(usual: ReadonlyMap<Value, Value>): boolean {
  const byAccount = Map.groupBy(usual, ([name]) => String(name).split(' ', 1)[0]);
  return [...byAccount.values()].some((records) => new Set(records.map(([, value]) => value)).size > 1);
}
