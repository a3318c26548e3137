import type { Action, State, World } from '@backlot/protocol';
import { resolveAction } from '@backlot/world';

/** The same action on the neighbour of the same role and name: the next one, else the one before; null where there is none. */
export function namesakeOf(world: World, state: State, action: Action): Action | null {
  const { target } = action;
  if (target === undefined || target.name === '') return null;
  for (const nth of [target.nth + 1, target.nth - 1]) {
    if (nth < 0) continue;
    const other: Action = { ...action, target: { ...target, nth } };
    if (!('refused' in resolveAction(world, state, other))) return other;
  }
  return null;
}
