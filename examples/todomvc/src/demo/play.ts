import { runEpisode, type Agent } from '@backlot/agents';
import type { EpisodeRecord, Task } from '@backlot/protocol';
import type { Clone, Engine } from '@backlot/sandbox';

/** One agent on one engine over all tasks, in their order. */
export interface AgentRun {
  readonly agent: string;
  readonly engine: Engine['name'];
  readonly episodes: readonly EpisodeRecord[];
}

/** Who plays what. */
export interface PlayOptions {
  readonly clone: Clone;
  readonly tasks: readonly Task[];
  readonly agent: Agent;
  readonly engine: Engine;
  readonly signal: AbortSignal;
  readonly onEpisode: () => void;
}

const atATime = 2;

/** Lets an agent attempt every task, two episodes at a time. */
export async function play({ clone, tasks, agent, engine, signal, onEpisode }: PlayOptions): Promise<AgentRun> {
  const episodes: EpisodeRecord[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < tasks.length) {
      const place = next++;
      episodes[place] = await runEpisode({ clone, task: tasks[place] as Task, agent, engine, signal });
      onEpisode();
    }
  };
  await Promise.all(Array.from({ length: atATime }, work));
  return { agent: agent.name, engine: engine.name, episodes };
}
