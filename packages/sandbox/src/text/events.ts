import type { Action, State, World, WorldEvent } from '@backlot/protocol';
import { pathToKey, render, resolveAction } from '@backlot/world';
import { refusedBy, refusedOutright, waitOf } from '../engine/legality.ts';
import { actedElement } from './acted-element.ts';

/** The event that an action is in this state, or why it cannot be done. */
export type Plan = { readonly event: WorldEvent } | { readonly refused: string };

/** Reads an action as an event of the world, refusing what a browser would not let a user do. */
export function planAction(world: World, state: State, action: Action): Plan {
  const outright = refusedOutright(action);
  if (outright !== null) return { refused: outright };
  if (action.kind === 'wait') return { event: { type: 'advance', ms: waitOf(action) ?? 0 } };
  const event = resolveAction(world, state, action);
  if ('refused' in event) return event;
  const key = 'key' in event ? event.key : event.type === 'press' ? (state.focus ?? undefined) : undefined;
  const path = key === undefined ? [] : pathToKey(render(world, state).root, key);
  const refused = path.length === 0 ? null : refusedBy(actedElement(path), action);
  return refused === null ? { event } : { refused };
}
