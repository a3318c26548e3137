import type { Observation, State, World } from '@backlot/protocol';
import { ariaSnapshot } from './aria/index.ts';
import { currentUrl } from './evaluate.ts';
import { render, titleOf } from './render.ts';

/** What can be seen of a state: the accessibility snapshot as Playwright prints it for the body, address, title and waiting dialog. */
export function observe(world: World, state: State): Observation {
  const { root } = render(world, state);
  const { dialog } = state;
  return {
    aria: ariaSnapshot(root, world.styles, { hover: state.hover, focus: state.focus }),
    url: currentUrl(state),
    title: titleOf(world, state),
    dialog: dialog && { type: dialog.type, message: dialog.message },
    clock: state.clock,
  };
}
