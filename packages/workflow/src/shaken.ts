import type { State, World } from '@backlot/protocol';
import { netChange } from '@backlot/reward';
import { act, currentUrl } from '@backlot/world';

/**
 * Registers and columns (`table.column`) that change in these states by looking at the first page or at the page shown: the application
 * itself changes them, so no task can ask for them, and nobody is blamed for them.
 */
export function shakenByLooking(world: World, states: readonly State[]): readonly string[] {
  const shaken = new Set(states.flatMap((state) => [world.start, currentUrl(state)].flatMap((url) => shakenBy(world, state, url))));
  return [...shaken].toSorted();
}

function shakenBy(world: World, state: State, url: string): readonly string[] {
  const { state: after } = act(world, state, { kind: 'goto', value: url });
  return netChange(world, state, after).flatMap((change) => {
    if (change.kind === 'register') return [change.name];
    return change.kind === 'updated' ? change.columns.map((column) => `${change.table}.${column}`) : [];
  });
}
