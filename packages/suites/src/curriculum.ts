import type { EpisodeRecord, Task } from '@backlot/protocol';

/** Work at which an agent never or always succeeds stays in, so that what it forgets or comes to master is seen. */
const least = 0.02;

/**
 * How much each workflow is wanted next, given an agent's episodes: most where it succeeds in half of them, where there is most to learn;
 * as much where it was not tried. The share of successes is estimated with one success and one failure added (Laplace), so that one
 * episode does not decide. Episodes that were not scored do not count; composed work counts for each of its parts.
 */
export function wantedAfter(
  tasks: readonly Pick<Task, 'id' | 'workflow'>[],
  episodes: readonly Pick<EpisodeRecord, 'task' | 'reward'>[],
): Readonly<Record<string, number>> {
  const workflowsOf = new Map(tasks.map(({ id, workflow }) => [id, workflow.split('+')]));
  const tried = new Map<string, { readonly wins: number; readonly all: number }>();
  for (const { task, reward } of episodes) {
    if (reward === null) continue;
    for (const workflow of workflowsOf.get(task) ?? []) {
      const { wins, all } = tried.get(workflow) ?? { wins: 0, all: 0 };
      tried.set(workflow, { wins: wins + reward, all: all + 1 });
    }
  }
  return Object.fromEntries(
    [...tried].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([id, { wins, all }]) => [id, wantOf((wins + 1) / (all + 2))]),
  );
}

/** The variance of success, 1 where it is even. */
const wantOf = (share: number): number => Math.max(least, 4 * share * (1 - share));
