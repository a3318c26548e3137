import type { Action, State } from '@backlot/protocol';
import type { ActResult, Engine, Episode, OpenOptions } from '@backlot/sandbox';
import { objectionTo } from './objection.ts';

/**
 * An engine whose actions are tried in the clone before they are carried out (action verification): what the clone has something against
 * comes back as refused, with the reason, and is not done. The clone starts from what the episode believes to be the state, so over a real
 * application that is what its pages have shown. It never sees more of a task than its instruction.
 */
export function verifyingEngine(engine: Engine, onObjection?: (action: Action, why: string) => void): Engine {
  return {
    name: engine.name,
    open: async (options) => new VerifiedEpisode(await engine.open(options), options, onObjection),
    close: () => engine.close(),
  };
}

class VerifiedEpisode implements Episode {
  readonly #episode: Episode;
  readonly #options: OpenOptions;
  readonly #onObjection: ((action: Action, why: string) => void) | undefined;

  constructor(episode: Episode, options: OpenOptions, onObjection?: (action: Action, why: string) => void) {
    this.#episode = episode;
    this.#options = options;
    this.#onObjection = onObjection;
  }

  observe(): ReturnType<Episode['observe']> {
    return this.#episode.observe();
  }

  async act(action: Action): Promise<ActResult> {
    const { clone, task } = this.#options;
    const refused = objectionTo(clone.world, { state: await this.state(), action, instruction: task?.instruction ?? '' });
    if (refused === null) return this.#episode.act(action);
    this.#onObjection?.(action, refused);
    const explanation = { rules: [], certainty: 'certain', refused, note: refused } as const;
    return { observation: await this.observe(), explanation, refused, dialogs: [] };
  }

  state(): Promise<State> {
    return this.#episode.state();
  }

  restore(state: State): Promise<void> {
    return this.#episode.restore(state);
  }

  close(): Promise<void> {
    return this.#episode.close();
  }
}
