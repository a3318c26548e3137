import type { Action, State, World } from '@backlot/protocol';
import { act, currentUrl } from '@backlot/world';
import { changeText } from './effect.ts';
import { isLeaving, showsMore } from './leaving.ts';
import { playActions } from './replay.ts';

/**
 * The actions less each that can be spared: the rest leads to the same net change, or, where nothing changes, to the same address. A key
 * that closes something is not spared while more is done on the page: what stays open may cover it.
 */
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
    if (suffices(fewer) && !closes(world, start, { actions: needed, action })) needed = fewer;
  }
  return needed;
}

interface Closing {
  readonly actions: readonly Action[];
  readonly action: Action;
}

/** True for a key after which less is shown to the element that is used next. */
function closes(world: World, start: State, { actions, action }: Closing): boolean {
  const at = actions.indexOf(action);
  if (!isLeaving(action) || actions[at + 1]?.target === undefined) return false;
  const before = playActions(world, start, actions.slice(0, at));
  return before !== null && showsMore(world, before, act(world, before, action).state);
}
