import type { DomElement, Observation, State, World } from '@backlot/protocol';
import { ariaSnapshot, currentUrl, render, titleOf } from '@backlot/world';

/** What a state shows, made once for each state: tree and observation share the styles computed for the tree. */
interface View {
  readonly world: World;
  readonly root: DomElement;
  observation?: Observation;
}

const views = new WeakMap<State, View>();

function viewOf(world: World, state: State): View {
  let view = views.get(state);
  if (view === undefined || view.world !== world) {
    view = { world, root: render(world, state).root };
    views.set(state, view);
  }
  return view;
}

/** The tree that a state shows. */
export function rootOf(world: World, state: State): DomElement {
  return viewOf(world, state).root;
}

/** What can be seen of a state; equal to `observe` of the world package. */
export function observationOf(world: World, state: State): Observation {
  const view = viewOf(world, state);
  view.observation ??= {
    aria: ariaSnapshot(view.root, world.styles, { hover: state.hover, focus: state.focus }),
    url: currentUrl(state),
    title: titleOf(world, state),
    dialog: state.dialog && { type: state.dialog.type, message: state.dialog.message },
    clock: state.clock,
  };
  return view.observation;
}
