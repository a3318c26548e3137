import type { Value } from '@backlot/protocol';
import type { Hole } from '../template/holes.ts';
import type { View } from '../views.ts';

/** Share of the pages of another record than the one before that show the same all the same: who looks decides it, not the record. */
export function habit(hole: Hole, nameAt: (view: View) => string): number {
  const last = new Map<number, { readonly name: string; readonly value: Value }>();
  let [same, all] = [0, 0];
  for (const [{ view }, value] of [...hole.values].sort(([a], [b]) => a.view.index - b.view.index)) {
    const name = nameAt(view);
    const before = last.get(view.session);
    last.set(view.session, { name, value });
    if (!before || before.name === name) continue;
    all++;
    if (before.value === value) same++;
  }
  return all === 0 ? 0 : same / all;
}
