import type { State, World } from '@backlot/protocol';
import { currentUrl } from './evaluate.ts';
import { own } from './own.ts';
import { remembered } from './remembered.ts';
import { seeded } from './state.ts';
import { transition } from './transition.ts';

const opened = new WeakMap<World, Map<string, State>>();

/**
 * The state in which an account's episode begins: its seed, with the world's start page opened. What opening a page does by itself
 * (it is among the pages come to last, say) is done; a replay that opens the page itself begins with `seeded`.
 */
export function reset(world: World, account: string = world.defaultAccount): State {
  if (own(world.seeds, account) === undefined) return open(world, account);
  const states = remembered(opened, world, () => new Map<string, State>());
  return remembered(states, account, () => open(world, account));
}

function open(world: World, account: string): State {
  const before = seeded(world, account);
  const { state, explanation } = transition(world, before, { type: 'goto', url: world.start });
  if (explanation.rules.length === 0) return before;
  return { ...state, history: { entries: [currentUrl(state)], index: 0 } };
}
