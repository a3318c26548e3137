import type { Perturbation, Task, World } from '@backlot/protocol';
import type { Clone, Engine, Episode } from '../engine/port.ts';
import { enterPerturbed, perturbWorld } from './perturb-world.ts';

/** A task to be begun. */
export interface TaskOpening {
  readonly engine: Engine;
  readonly clone: Clone;
  readonly task: Pick<Task, 'id' | 'instruction' | 'account' | 'setup' | 'perturbation'>;
  readonly signal?: AbortSignal | undefined;
}

const known = new WeakMap<World, Map<string, Clone>>();

/** The clone in which a task is done: its own one, or the same with other surroundings. */
export function cloneOfTask(clone: Clone, perturbation: Perturbation | undefined): Clone {
  if (perturbation === undefined || clone.variant !== undefined) return clone;
  const variants = known.get(clone.world) ?? new Map<string, Clone>();
  known.set(clone.world, variants);
  const variant = `${perturbation.kind} ${perturbation.seed}`;
  const made = variants.get(variant) ?? { ...clone, world: perturbWorld(clone.world, perturbation) ?? clone.world, variant };
  variants.set(variant, made);
  return made;
}

/**
 * Opens an episode at a task's start. Where its surroundings are perturbed, they are so from there on: the set-up is carried out without.
 * @throws SetupError where an action of the set-up is refused; InfraError where the engine failed
 */
export async function openTask({ engine, clone, task, signal }: TaskOpening): Promise<Episode> {
  const { account, setup, id, instruction, perturbation } = task;
  const common = { account, task: { id, instruction }, ...(signal === undefined ? {} : { signal }) };
  const first = await engine.open({ ...common, clone, setup });
  if (perturbation === undefined) return first;
  const start = await first.state();
  await first.close();
  const own = cloneOfTask(clone, perturbation);
  const episode = await engine.open({ ...common, clone: own });
  await episode.restore(enterPerturbed(own.world, start));
  return episode;
}
