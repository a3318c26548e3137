import type { Action, Observation, Task } from '@backlot/protocol';
import { verify } from '@backlot/reward';
import { openTask, SetupError, type Clone, type Engine } from '@backlot/sandbox';

/** Work that was done before the learner's eyes, in a clone or anywhere else. */
export interface Shown {
  readonly task: Pick<Task, 'instruction' | 'oracle'>;
  /** What was seen before each action, and at the end. */
  readonly observations: readonly Observation[];
}

/** A task that was solved before the learner's eyes. */
export interface Demonstration extends Shown {
  readonly task: Task;
}

/** Where tasks are demonstrated and practised. */
export interface School {
  readonly engine: Engine;
  readonly clone: Clone;
  readonly signal?: AbortSignal;
}

/** Lets the oracle solve a task. Null where the task teaches nothing: its oracle is refused or earns no reward, or nothing has to be done. */
export async function demonstrate(task: Task, school: School): Promise<Demonstration | null> {
  const { clone } = school;
  const { verifier } = task;
  const episode = await openTask({ ...school, task }).catch((error: unknown) => {
    if (error instanceof SetupError) return null;
    throw error;
  });
  if (episode === null) return null;
  try {
    const start = await episode.state();
    const rewardNow = async (): Promise<number> => verify(verifier, { world: clone.world, start, end: await episode.state() }).reward;
    const observations: Observation[] = [await episode.observe()];
    if ((await rewardNow()) === 1) return null;
    for (const action of task.oracle) {
      const { observation, refused } = await episode.act(action);
      if (refused !== undefined) return null;
      observations.push(observation);
    }
    return (await rewardNow()) === 1 ? { task, observations } : null;
  } finally {
    await episode.close();
  }
}

/** The demonstrated actions with the end, which is a choice too. */
export function movesOf({ task }: Shown): readonly (Action | 'done')[] {
  return [...task.oracle, 'done'];
}
