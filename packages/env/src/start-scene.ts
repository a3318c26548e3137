import type { State, World } from '@backlot/protocol';
import { sceneOf, type Scene } from '@backlot/dialects';

/** How many beginnings are kept as they were seen: about as many as a suite that is trained on has tasks. */
const mostKept = 256;

const kept = new WeakMap<World, Map<State, Scene>>();

/** The page with which an episode begins. Many episodes begin with the same state: what was worked out of it for one serves all. */
export function startScene(world: World, state: State): Scene {
  const scenes = kept.get(world) ?? new Map<State, Scene>();
  kept.set(world, scenes);
  const scene = scenes.get(state) ?? sceneOf(world, state);
  // The one used last stands last, and the first is forgotten.
  scenes.delete(state);
  scenes.set(state, scene);
  const [oldest] = scenes.keys();
  if (scenes.size > mostKept && oldest !== undefined) scenes.delete(oldest);
  return scene;
}
