import type { Action, State, World } from '@backlot/protocol';
import { currentUrl } from '@backlot/world';
import { changeText } from './effect.ts';
import { playActions } from './replay.ts';

/** The actions less each that can be spared: the rest leads to the same net change, or, where nothing changes, to the same address. */
export function spareActions(world: World, start: State, actions: readonly Action[]): readonly Action[] {
  const end = playActions(world, start, actions);
  if (!end) return actions;
  const wanted = changeText(world, start, end);
  const looks = wanted === changeText(world, start, start);
  const suffices = (fewer: readonly Action[]): boolean => {
    const reached = playActions(world, start, fewer);
    if (!reached || changeText(world, start, reached) !== wanted) return false;
    return !looks || currentUrl(reached) === currentUrl(end);
  };
  let needed = actions;
  for (const action of actions) {
    const fewer = needed.filter((each) => each !== action);
    if (suffices(fewer)) needed = fewer;
  }
  return needed;
}
