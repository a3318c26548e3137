import type { Outcome, PeekResult, PlayOptions, Snapshot, Task, TaskChoice } from '@backlot/protocol';
import { createTextEngine, type Engine } from '@backlot/sandbox';
import { withoutTrial } from '@backlot/world';
import { EpisodeError } from './errors.ts';
import type { Eyes } from './eyes.ts';
import { openTasks, type TaskPlaces } from './open-tasks.ts';
import { TaskEpisode } from './task-episode.ts';
import type { TaskSource } from './task-source.ts';

/** What an environment is made of. */
export interface EnvOptions extends TaskPlaces, PlayOptions {
  /** Tasks that are open already, instead of `suite` and `clone`. */
  readonly tasks?: TaskSource;
  /** The interpreter in process where none is given. The caller closes it. */
  readonly engine?: Engine;
  readonly eyes?: Eyes;
}

/** Episodes one after the other, in the manner of Gymnasium. Calls must not overlap. */
export interface Env {
  /** The task of the episode that is played; null before the first reset. */
  readonly task: Task | null;
  /** Begins an episode. */
  reset(choice?: TaskChoice): Promise<Outcome>;
  /** Does what an agent says, in any dialect; see `TaskEpisode.step`. */
  step(move: unknown): Promise<Outcome>;
  /** What a move would lead to. */
  peek(move: unknown): Promise<PeekResult>;
  snapshot(): Snapshot;
  restore(snapshot: Snapshot): Promise<Outcome>;
  /** Another environment that goes on from here; both are closed on their own. */
  fork(): Promise<Env>;
  close(): Promise<void>;
}

/**
 * Makes an environment of the tasks of a suite, or of tasks drawn from a clone's work.
 * @throws an error that says which file can't be used, and why
 */
export async function makeEnv(options: EnvOptions): Promise<Env> {
  return envOver(options.tasks ?? (await openTasks(options)), options, null);
}

function envOver(source: TaskSource, options: EnvOptions, begun: TaskEpisode | null): Env {
  let episode = begun;
  const { engine = createTextEngine(), eyes } = options;
  const clone = { ...source.clone, world: withoutTrial(source.clone.world) };
  const playing = (): TaskEpisode => {
    if (episode === null) throw new EpisodeError('No episode was begun: reset the environment first.');
    return episode;
  };
  return {
    get task() {
      return episode?.task ?? null;
    },
    async reset(choice = {}) {
      const task = await source.choose(choice);
      await episode?.close();
      episode = null;
      episode = await TaskEpisode.open({ engine, clone, task, play: options, ...(eyes === undefined ? {} : { eyes }) });
      return episode.look();
    },
    step: async (move) => playing().step(move),
    peek: async (move) => playing().peek(move),
    snapshot: () => playing().snapshot(),
    async restore(snapshot) {
      await playing().restore(snapshot);
      return playing().look();
    },
    fork: async () => envOver(source, { ...options, engine }, await playing().fork()),
    async close() {
      await episode?.close();
      episode = null;
    },
  };
}
