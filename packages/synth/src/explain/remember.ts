import type { Value } from '@backlot/protocol';
import type { Instance } from '../template/pattern.ts';
import type { Hole } from '../template/holes.ts';
import type { SessionViews, View } from '../views.ts';
import { commonest } from './commonest.ts';
import type { Spot } from './layout.ts';
import type { Mode } from './memory.ts';
import { modedKey } from './memory.ts';

/** What remembering is judged by. */
export interface RememberInputs {
  readonly sessions: readonly SessionViews[];
  readonly isHeld: (hole: Hole, instance: Instance) => boolean;
  readonly modes: readonly Mode[];
}

interface Moment {
  readonly view: View;
  readonly value: Value;
  readonly account: string;
  readonly key: string;
}

function momentsOf(spot: Spot, { sessions, isHeld, modes }: RememberInputs): readonly Moment[] {
  const moments = spot.holes.flatMap((hole) =>
    [...hole.values].flatMap(([instance, value]): Moment[] => {
      const { view } = instance;
      if (isHeld(hole, instance)) return [];
      return [{ view, value, account: sessions[view.session]?.session.account ?? '', key: modedKey(view, modes) }];
    }),
  );
  return moments.toSorted((a, b) => a.view.index - b.view.index);
}

/** How often the value that other sessions of the account saw at the same address would have been right. */
function rightByAddress(moments: readonly Moment[]): number {
  const bySession = new Map<string, Map<number, Value[]>>();
  for (const { account, key, view, value } of moments) {
    const name = `${account} ${key}`;
    const seen = bySession.get(name) ?? new Map<number, Value[]>();
    bySession.set(name, seen.set(view.session, [...(seen.get(view.session) ?? []), value]));
  }
  return moments.filter(({ account, key, view, value }) => {
    const others = [...(bySession.get(`${account} ${key}`) ?? [])].filter(([session]) => session !== view.session).flatMap(([, values]) => values);
    return others.length > 0 && commonest(others) === value;
  }).length;
}

/** How often the value shown last in the session, wherever that was, would have been right. */
function rightByHabit(moments: readonly Moment[]): number {
  const last = new Map<number, Value>();
  let right = 0;
  for (const { view, value } of moments) {
    if (last.has(view.session) ? last.get(view.session) === value : true) right++;
    last.set(view.session, value);
  }
  return right;
}

/** True where a value hangs on the address rather than on what happened before. */
export function belongsToAddress(spot: Spot, inputs: RememberInputs): boolean {
  const moments = momentsOf(spot, inputs);
  return rightByAddress(moments) > rightByHabit(moments);
}
