import type { Action, EpisodeRecord, Task } from '@backlot/protocol';
import { sayAnswer } from '@backlot/reward';
import type { Agent, LastMove } from './agent.ts';

/** Plays a list of actions, whatever it sees, and ends as told. A refused action does not stop it. */
export function replayAgent(actions: readonly Action[], end: LastMove = 'done'): Agent {
  return scripted('replay', () => ({ actions, end }));
}

/** How an agent ended an episode, to end another in the same way. */
export function endOf({ ending, answer }: Pick<EpisodeRecord, 'ending' | 'answer'>): LastMove {
  if (ending === 'gave_up') return 'gave_up';
  return answer === undefined ? 'done' : { answer };
}

/** Plays again what an agent did in each task of a run. */
export function replayRunAgent(episodes: readonly Pick<EpisodeRecord, 'task' | 'steps' | 'ending' | 'answer'>[]): Agent {
  const scripts = new Map(episodes.map((each) => [each.task, { actions: each.steps.map(({ action }) => action), end: endOf(each) }]));
  return scripted('replay', ({ id }) => scripts.get(id) ?? { actions: [], end: 'done' });
}

/** Plays the task's own solution, with the answer that is asked for: the proof that it can be solved. */
export const oracleAgent: Agent = scripted('oracle', (task) => ({ actions: task.oracle, end: rightEnd(task) }));

/** Plays the solution with another value or record, and ends as the oracle does: it must earn 0. */
export const wrongAgent: Agent = scripted('wrong', (task) => ({ actions: task.wrong, end: rightEnd(task) }));

/** Does nothing: a task that it solves was solved before it began. */
export const noopAgent: Agent = scripted('no-op', () => ({ actions: [], end: 'done' }));

/** How an agent ends a task that it solves. */
function rightEnd({ verifier: { answer } }: Task): LastMove {
  if (answer === undefined) return 'done';
  const said = sayAnswer(answer);
  return said === undefined ? 'gave_up' : { answer: said };
}

interface Script {
  readonly actions: readonly Action[];
  readonly end: LastMove;
}

function scripted(name: string, scriptOf: (task: Task) => Script): Agent {
  return {
    name,
    start(task) {
      const { actions, end } = scriptOf(task);
      let at = 0;
      return { next: () => actions[at++] ?? end };
    },
  };
}
