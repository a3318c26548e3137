import type { ContainedBrowser } from '../containment/launch.ts';

/** After how many episodes a browser is replaced: what it keeps of those that are over must not add up. */
const lifetime = 200;

/** The one browser of an engine, shared by its episodes. */
export interface Keeper {
  /** A browser that runs, for one episode. `release` must be called when the episode is over; one that is said to be lost is given to no other. */
  take(): Promise<{ readonly contained: ContainedBrowser; release(isLost?: boolean): Promise<void> }>;
  close(): Promise<void>;
}

interface Running {
  readonly started: Promise<ContainedBrowser>;
  episodes: number;
  open: number;
}

/**
 * Keeps one browser: started when it is first asked for, again after it was lost, and replaced after its lifetime as soon as the last
 * of its episodes is over.
 */
export function keepBrowser(start: () => Promise<ContainedBrowser>): Keeper {
  let current: Running | null = null;
  const all = new Set<Running>();

  const end = async (running: Running): Promise<void> => {
    if (current === running) current = null;
    if (!all.delete(running)) return;
    await running.started.then(
      (contained) => contained.close(),
      () => undefined,
    );
  };
  const isUp = async (running: Running): Promise<boolean> =>
    running.started.then(
      ({ browser }) => browser.isConnected(),
      () => false,
    );
  const running = async (): Promise<Running> => {
    const known = current;
    if (known !== null && known.episodes < lifetime && (await isUp(known))) return known;
    if (current === known) {
      current = { started: start(), episodes: 0, open: 0 };
      all.add(current);
      if (known !== null && (known.open === 0 || !(await isUp(known)))) await end(known);
    }
    return current ?? running();
  };

  return {
    async take() {
      const mine = await running();
      mine.episodes += 1;
      mine.open += 1;
      const release = async (isLost = false): Promise<void> => {
        mine.open -= 1;
        if (isLost && mine === current) current = null;
        if (mine.open === 0 && (mine !== current || mine.episodes >= lifetime)) await end(mine);
      };
      try {
        return { contained: await mine.started, release };
      } catch (error) {
        await end(mine);
        throw error;
      }
    },
    async close() {
      await Promise.all([...all].map(end));
    },
  };
}
