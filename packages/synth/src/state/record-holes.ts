import type { Value } from '@backlot/protocol';
import type { Hole } from '../template/holes.ts';
import { changesInLoad, isOutOfSight, loadOf } from '../template/holes.ts';
import type { View } from '../views.ts';
import { habit } from './habit.ts';

/** How the addresses of pages name records. */
export interface RecordNaming {
  readonly nameAt: (view: View) => string;
  readonly accountOf: (session: number) => string;
}

function usualShare(groups: readonly ReadonlyMap<Value, number>[]): number {
  const counts = groups.map((group) => [...group.values()]);
  const sum = (of: readonly number[]): number => of.reduce((total, count) => total + count, 0);
  return sum(counts.map((group) => Math.max(...group))) / sum(counts.flat());
}

/** Holes of a whole page that hang on the record that its address names, not on what happened elsewhere. */
export function holesByRecord(holes: readonly Hole[], { nameAt, accountOf }: RecordNaming): readonly Hole[] {
  return holes.filter((hole) => {
    if (hole.frame.list || hole.kind === 'token' || (!hole.live && changesInLoad(hole))) return false;
    if (isOutOfSight(hole) && hole.name !== 'href') return false;
    const byKey = new Map<string, Map<Value, number>>();
    const loads = new Map<string, Set<string>>();
    for (const [{ view }, value] of hole.values) {
      const name = `${accountOf(view.session)} ${nameAt(view)}`;
      const counts = byKey.get(name) ?? new Map<Value, number>();
      byKey.set(name, counts.set(value, (counts.get(value) ?? 0) + 1));
      loads.set(name, (loads.get(name) ?? new Set<string>()).add(loadOf(view)));
    }
    if (hole.values.size === 0 || !differsInAccount(byKey)) return false;
    // What was seen once agrees with itself and tells nothing.
    const again = [...byKey].filter(([name]) => (loads.get(name) as ReadonlySet<string>).size > 1).map(([, counts]) => counts);
    const share = usualShare(again.length > 0 ? again : [...byKey.values()]);
    return share >= 0.7 && share >= habit(hole, nameAt);
  });
}

/** True where two records of one account usually show different values. */
function differsInAccount(byKey: ReadonlyMap<string, ReadonlyMap<Value, number>>): boolean {
  const byAccount = new Map<string, Set<Value>>();
  for (const [name, counts] of byKey) {
    const account = name.slice(0, name.indexOf(' '));
    const usual = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
    byAccount.set(account, (byAccount.get(account) ?? new Set<Value>()).add(usual));
  }
  return [...byAccount.values()].some((values) => values.size > 1);
}
