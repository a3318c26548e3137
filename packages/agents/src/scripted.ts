import type { Action, EpisodeRecord, Task } from '@backlot/protocol';
import type { Agent } from './agent.ts';

/** Plays a list of actions, whatever it sees, and is done. A refused action does not stop it. */
export function replayAgent(actions: readonly Action[], name = 'replay'): Agent {
  return scripted(name, () => actions);
}

/** Plays again what an agent did in each task of a run. */
export function replayRunAgent(episodes: readonly Pick<EpisodeRecord, 'task' | 'steps'>[]): Agent {
  const scripts = new Map(episodes.map(({ task, steps }) => [task, steps.map(({ action }) => action)]));
  return scripted('replay', ({ id }) => scripts.get(id) ?? []);
}

/** Plays the task's own solution: the proof that it can be solved. */
export const oracleAgent: Agent = scripted('oracle', (task) => task.oracle);

/** Plays the solution with another value or record: it must earn 0. */
export const wrongAgent: Agent = scripted('wrong', (task) => task.wrong);

/** Does nothing: a task that it solves was solved before it began. */
export const noopAgent: Agent = scripted('no-op', () => []);

function scripted(name: string, scriptOf: (task: Task) => readonly Action[]): Agent {
  return {
    name,
    start(task) {
      const script = scriptOf(task);
      let at = 0;
      return { next: () => script[at++] ?? 'done' };
    },
  };
}
