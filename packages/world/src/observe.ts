import type { Observation, State, World } from '@backlot/protocol';
import { ariaSnapshot } from './aria/index.ts';
import { currentUrl } from './evaluate.ts';
import { render, titleOf } from './render.ts';

/**
 * What can be seen of a state: the accessibility snapshot as Playwright prints it for the body, address, title and waiting dialog. The
 * snapshot is made when it is first read: whoever looks at pages in another form does without.
 */
export function observe(world: World, state: State): Observation {
  const { dialog } = state;
  let aria: string | undefined;
  return {
    get aria() {
      return (aria ??= snapshotOf(world, state));
    },
    url: currentUrl(state),
    title: titleOf(world, state),
    dialog: dialog && { type: dialog.type, message: dialog.message },
    clock: state.clock,
  };
}

function snapshotOf(world: World, state: State): string {
  return ariaSnapshot(render(world, state).root, world.styles, { hover: state.hover, focus: state.focus });
}
