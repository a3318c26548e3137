import type { Action, State, Task } from '@backlot/protocol';
import { verify, type Judgement } from '@backlot/reward';
import type { Clone, Engine } from '@backlot/sandbox';

/** A task opened in an engine, to be played again and again from its start or from any state reached. */
export interface Playing {
  /** Carries out actions from the start, or from another state; goes on after a refused one. */
  play(actions: readonly Action[], from?: State): Promise<Run>;
  /** What the task gives for ending in a state. */
  judge(end: State): Judgement;
  close(): Promise<void>;
}

/** The state before each action, and the last one. */
interface Run {
  readonly states: readonly State[];
}

/** Opens a task in an episode of its own. Throws what the engine throws, `SetupError` above all. */
export async function openTask(engine: Engine, clone: Clone, task: Task): Promise<Playing> {
  const episode = await engine.open({ clone, account: task.account, setup: task.setup });
  const start = await episode.state();
  return {
    judge: (end) => verify(task.verifier, { world: clone.world, start, end }),
    play: async (actions, from = start) => {
      await episode.restore(from);
      const states: State[] = [from];
      for (const action of actions) {
        await episode.act(action);
        states.push(await episode.state());
      }
      return { states };
    },
    close: () => episode.close(),
  };
}
