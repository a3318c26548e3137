import type { State } from '@backlot/protocol';
import type { Clone, Engine, Episode, Look, Point } from '@backlot/sandbox';

/** What sees pages as pixels: an episode's own browser, or one that stands by for engines without. */
export interface Eyes {
  /** Key of the element that a click at the point would reach; null where there is none. */
  at(state: State, look: Look, point: Point): Promise<string | null>;
  /** PNG. */
  picture(state: State, look: Look): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** The eyes of an episode that has pixels itself; null for others. It is always asked about the state that it is in. */
export function ownEyes(episode: Episode): Eyes | null {
  if (episode.picture === undefined || episode.elementAt === undefined) return null;
  const { picture, elementAt } = episode as Required<Episode>;
  return {
    at: (_state, look, point) => elementAt.call(episode, point, look),
    picture: (_state, look) => picture.call(episode, look),
    close: () => Promise.resolve(),
  };
}

/** How many answers about pages are kept. */
const mostKept = 500;

/**
 * Eyes for engines without pixels: one episode in a browser stands by, is put into the state that is asked about, and looks. What was seen
 * once is remembered by all that the page may look like.
 * @param engine makes the engine when pixels are asked for first; whoever gives it closes it
 */
export function standbyEyes(engine: () => Promise<Engine>, clone: Clone): Eyes {
  let standing: Promise<{ episode: Required<Episode>; state: State | null }> | null = null;
  let last: Promise<unknown> = Promise.resolve();
  const seen = new Map<string, Promise<unknown>>();

  const open = async (): Promise<{ episode: Required<Episode>; state: State | null }> => {
    const episode = await (await engine()).open({ clone, account: clone.world.defaultAccount });
    if (ownEyes(episode) === null) throw new Error('The engine that was to see pages has no pixels.');
    return { episode: episode as Required<Episode>, state: null };
  };
  const look = async <T>(state: State, work: (episode: Required<Episode>) => Promise<T>): Promise<T> => {
    standing ??= open();
    const mine = standing;
    try {
      const stand = await mine;
      if (stand.state !== state) await stand.episode.restore(state);
      stand.state = state;
      return await work(stand.episode);
    } catch (error) {
      // A browser that was lost is opened anew the next time.
      if (standing === mine) standing = null;
      throw error;
    }
  };
  const remembered = <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const known = seen.get(key) as Promise<T> | undefined;
    if (known !== undefined) return known;
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    seen.set(key, mine);
    mine.catch(() => seen.delete(key));
    const [oldest] = seen.keys();
    if (seen.size > mostKept && oldest !== undefined) seen.delete(oldest);
    return mine;
  };
  return {
    at: (state, how, point) => remembered(keyOf(state, [how, point]), () => look(state, (episode) => episode.elementAt(point, how))),
    picture: (state, how) => remembered(keyOf(state, [how]), () => look(state, (episode) => episode.picture(how))),
    async close() {
      await last;
      await (await standing)?.episode.close();
      standing = null;
    },
  };
}

/** All that a page may look like: time and the way that led there leave no trace. */
function keyOf({ tables, registers, drafts, focus, hover, history, posted }: State, more: readonly unknown[]): string {
  return JSON.stringify([tables, registers, drafts, focus, hover, history.entries[history.index], posted ?? null, more]);
}
