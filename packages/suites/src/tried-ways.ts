import type { State, Task, World } from '@backlot/protocol';
import { createTextEngine, type Clone } from '@backlot/sandbox';
import { otherWays } from './other-ways.ts';
import { openPlaying, type Playing } from './playing.ts';

/** Another right way that exists, what it earned, and why not more. */
export interface TriedWay {
  readonly way: string;
  readonly reward: number;
  readonly feedback: string;
}

/** Goes every other right way of a task that exists: none of its actions is refused. */
export async function triedWays(task: Task, world: World, playing: Playing): Promise<readonly TriedWay[]> {
  const tried: TriedWay[] = [];
  for (const { name, actions } of otherWays(task, world)) {
    const { states, refused } = await playing.play(actions);
    if (refused !== undefined) continue;
    const { reward, feedback } = playing.judge(states.at(-1) as State);
    tried.push({ way: name, reward, feedback: feedback.join(' ') });
  }
  return tried;
}

/** The same for a task of its own. @throws SetupError where an action of its set-up is refused */
export async function tryOtherWays(task: Task, clone: Clone): Promise<readonly TriedWay[]> {
  const playing = await openPlaying(createTextEngine(), clone, task);
  try {
    return await triedWays(task, clone.world, playing);
  } finally {
    await playing.close();
  }
}
