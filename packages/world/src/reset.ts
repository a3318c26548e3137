import type { State, World } from '@backlot/protocol';
import { currentUrl } from './evaluate.ts';
import { own } from './own.ts';
import { seeded } from './state.ts';
import { transition } from './transition.ts';

const opened = new WeakMap<World, Map<string, State>>();

/**
 * The state in which an account's episode begins: its seed, with the world's start page opened. What opening a page does by itself
 * (it is among the pages come to last, say) is done; a replay that opens the page itself begins with `seeded`.
 */
export function reset(world: World, account: string = world.defaultAccount): State {
  if (own(world.seeds, account) === undefined) return open(world, account);
  const states = opened.get(world) ?? new Map<string, State>();
  opened.set(world, states);
  const state = states.get(account) ?? open(world, account);
  states.set(account, state);
  return state;
}

function open(world: World, account: string): State {
  const { state, explanation } = transition(world, seeded(world, account), { type: 'goto', url: world.start });
  if (explanation.rules.length === 0) return seeded(world, account);
  return { ...state, history: { entries: [currentUrl(state)], index: 0 } };
}
