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

/** How often either memory would have been right, on coming to an address that was seen before. */
interface Score {
  readonly address: number;
  readonly habit: number;
}

/**
 * Compares the two on arrivals only: while one stays at an address both say the same. What the address showed to other sessions, or
 * earlier in this one, against what was shown last wherever that was.
 */
function score(moments: readonly Moment[]): Score {
  const elsewhere = new Map<string, Map<number, Value[]>>();
  for (const { account, key, view, value } of moments) {
    const name = `${account} ${key}`;
    const seen = elsewhere.get(name) ?? new Map<number, Value[]>();
    elsewhere.set(name, seen.set(view.session, [...(seen.get(view.session) ?? []), value]));
  }
  const last = new Map<number, Moment>();
  const here = new Map<string, Value>();
  let [address, habit] = [0, 0];
  for (const moment of moments) {
    const { account, key, view, value } = moment;
    const before = last.get(view.session);
    last.set(view.session, moment);
    const own = `${view.session} ${key}`;
    const known = here.get(own);
    here.set(own, value);
    if (!before || before.key === key) continue;
    const others = [...(elsewhere.get(`${account} ${key}`) ?? [])]
      .filter(([session]) => session !== view.session)
      .flatMap(([, values]) => values);
    if (known === undefined && others.length === 0) continue;
    if ((known ?? commonest(others)) === value) address++;
    if (before.value === value) habit++;
  }
  return { address, habit };
}

/** True where a value hangs on the address rather than on what happened before. */
export function belongsToAddress(spot: Spot, inputs: RememberInputs): boolean {
  const { address, habit } = score(momentsOf(spot, inputs));
  return address > habit;
}
