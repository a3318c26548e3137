import { oracleAgent, runEpisode } from '@backlot/agents';
import type { EpisodeRecord, Task } from '@backlot/protocol';
import { createTextEngine, type Clone } from '@backlot/sandbox';
import type { CloneRun } from './w2r.ts';

/** An episode as it is to be done again in the real application: the way to the task's start, then what the agent did. */
export function runOfEpisode(start: string, task: Task, episode: EpisodeRecord): CloneRun {
  const taken = episode.steps.filter(({ refused }) => refused === undefined).map(({ action }) => action);
  return {
    id: task.id,
    account: task.account,
    start,
    actions: [...task.setup, ...taken],
    aria: episode.steps.at(-1)?.aria ?? '',
  };
}

/** Lets the oracle solve tasks in the text engine, as runs for `measureW2R`. */
export async function oracleRuns(clone: Clone, tasks: readonly Task[], signal?: AbortSignal): Promise<CloneRun[]> {
  const engine = createTextEngine();
  const runs: CloneRun[] = [];
  for (const task of tasks) {
    const episode = await runEpisode({ engine, clone, task, agent: oracleAgent, ...(signal === undefined ? {} : { signal }) });
    runs.push(runOfEpisode(clone.world.start, task, episode));
  }
  return runs;
}
