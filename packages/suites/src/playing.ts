import type { Action, State, Task } from '@backlot/protocol';
import { sayAnswer, verify, type Judgement, type Said } from '@backlot/reward';
import { openTask, type Clone, type Engine } from '@backlot/sandbox';

/** A task opened in an engine, to be played again and again from its start or from any state reached. */
export interface Playing {
  readonly start: State;
  /** Carries out actions from the start, or from another state; goes on after a refused one. */
  play(actions: readonly Action[], from?: State): Promise<Run>;
  /** What the task gives for ending in a state, with what its oracle would say there, or with something else said. */
  judge(end: State, other?: { readonly said?: Said; readonly start?: State }): Judgement;
  close(): Promise<void>;
}

/** The state before each action, and the last one; and why the first action that was refused was. */
interface Run {
  readonly states: readonly State[];
  readonly refused: string | undefined;
}

/** Opens a task in an episode of its own. Throws what the engine throws, `SetupError` above all. */
export async function openPlaying(engine: Engine, clone: Clone, task: Task): Promise<Playing> {
  const episode = await openTask({ engine, clone, task });
  const start = await episode.state();
  const right = rightWords(task);
  return {
    start,
    judge: (end, other = {}) => verify(task.verifier, { world: clone.world, start: other.start ?? start, end, said: other.said ?? right }),
    play: async (actions, from = start) => {
      await episode.restore(from);
      const states: State[] = [from];
      let refused: string | undefined;
      for (const action of actions) {
        refused ??= (await episode.act(action)).refused;
        states.push(await episode.state());
      }
      return { states, refused };
    },
    close: () => episode.close(),
  };
}

/** What the oracle says in the end. */
function rightWords({ verifier: { answer } }: Task): Said {
  if (answer === undefined) return {};
  const said = sayAnswer(answer);
  return said === undefined ? { gaveUp: true } : { answer: said };
}
