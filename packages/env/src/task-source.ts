import type { Suite, Task, TaskChoice } from '@backlot/protocol';
import type { Clone } from '@backlot/sandbox';
import { buildSuite } from '@backlot/suites';
import { createRng, type WorkModel } from '@backlot/workflow';
import { EpisodeError } from './errors.ts';

/** Where the tasks of episodes come from. */
export interface TaskSource {
  readonly name: string;
  readonly clone: Clone;
  /** The frozen tasks, in order; empty where tasks are drawn. */
  readonly tasks: readonly Task[];
  /**
   * The task that is meant.
   * @throws EpisodeError where there is none
   */
  choose(choice: TaskChoice): Promise<Task>;
}

/** The tasks of a suite. A seed draws one of them; with no choice they come one after the other, from the first again after the last. */
export function suiteTasks({ name, tasks }: Suite, clone: Clone): TaskSource {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  let turn = 0;
  return {
    name,
    clone,
    tasks,
    async choose({ task: id, index, seed }) {
      if (tasks.length === 0) throw new EpisodeError(`The suite ${name} holds no task: build one with backlot tasks.`);
      const place = index ?? (seed === undefined ? turn++ % tasks.length : createRng(seed).int(tasks.length));
      const task = id === undefined ? tasks.at(place) : byId.get(id);
      if (task !== undefined) return task;
      throw new EpisodeError(
        id === undefined
          ? `The suite ${name} has ${tasks.length} tasks: there is none at ${place}.`
          : `The suite ${name} has no task ${JSON.stringify(id)}.`,
      );
    },
  };
}

/** How many drawn tasks are kept, so that an episode can be begun again without drawing anew. */
const mostKept = 1000;

/** Tasks drawn from the learned work, each proven as those of a suite: the same seed gives the same task. With no choice, seeds count up. */
export function sampledTasks(clone: Clone, work: WorkModel): TaskSource {
  const kept = new Map<number, Promise<Task>>();
  let turn = 0;
  const draw = (seed: number): Promise<Task> => {
    const known = kept.get(seed);
    if (known !== undefined) return known;
    const drawn = drawTask(clone, work, seed);
    kept.set(seed, drawn);
    drawn.catch(() => kept.delete(seed));
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    return drawn;
  };
  return {
    name: clone.world.app,
    clone,
    tasks: [],
    async choose({ task: id, index, seed }) {
      const wanted = seed ?? index ?? (id === undefined ? turn++ : Number(/^(\d+)-/.exec(id)?.[1] ?? Number.NaN));
      if (!Number.isSafeInteger(wanted) || wanted < 0) throw new EpisodeError('These tasks are drawn: choose one by a seed, 0 or more.');
      const task = await draw(wanted);
      if (id === undefined || task.id === id) return task;
      throw new EpisodeError(`The seed ${wanted} draws the task ${task.id}, not ${id}.`);
    },
  };
}

async function drawTask(clone: Clone, work: WorkModel, seed: number): Promise<Task> {
  const { tasks } = await buildSuite(clone.world, work, { n: 1, seed, cloneDir: clone.dir ?? '', hash: clone.hash });
  if (tasks[0] !== undefined) return tasks[0];
  throw new EpisodeError(`The seed ${seed} draws no task that stands the controls: take another.`);
}
