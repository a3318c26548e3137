import { SupervisedEpisode, type Supervision } from './supervised-episode.ts';
import type { Engine } from '../engine/port.ts';

/**
 * An engine whose episodes stand under policies and are recorded. It keeps the port's promises: a denied action comes back as `refused`
 * and changes nothing; `decision` says which rule spoke. Every action is judged before it is carried out, on a fork of the state.
 */
export function superviseEngine(engine: Engine, supervision: Supervision): Engine {
  return {
    name: engine.name,
    async open(options) {
      const episode = await engine.open(options);
      try {
        return await SupervisedEpisode.begin(episode, { options, supervision });
      } catch (error) {
        await episode.close();
        throw error;
      }
    },
    close: () => engine.close(),
  };
}
