import { runEpisode, type Agent } from '@backlot/agents';
import { normaliseAria, PageDriver } from '@backlot/fidelity';
import type { Action, EpisodeRecord, Task } from '@backlot/protocol';
import { InfraError, RealEpisode, type Clone, type Engine, type Episode, type OpenOptions, type RealView } from '@backlot/sandbox';
import { canonical } from '@backlot/synth';
import type { Browser, Page } from 'playwright-core';

/** A real application, and how to read from its own data what it holds. */
export interface Subject {
  readonly name: string;
  readonly clone: Clone;
  readonly browser: Browser;
  /** Serves the application freshly reset. */
  open(account: string): Promise<{ readonly baseURL: string; close(): Promise<void> }>;
  /** What the application holds, record by record, without what differs from run to run. */
  records(page: Page, baseURL: string): Promise<readonly string[]>;
  /** All that the application remembers, where it can be put into another visit: the way to a start is then gone but once. */
  keep(page: Page): Promise<unknown>;
  put(page: Page, kept: unknown): Promise<void>;
  close(): Promise<void>;
}

const starts = new WeakMap<Subject, Map<string, unknown>>();

/** Goes the way to the start of a task, or where that was gone before, takes up what the application then remembered. */
async function goToStart(
  subject: Subject,
  page: Page,
  { real, setup }: { readonly real: RealEpisode; readonly setup: readonly Action[] },
): Promise<void> {
  const known = starts.get(subject) ?? new Map<string, unknown>();
  starts.set(subject, known);
  const key = JSON.stringify(setup);
  if (!known.has(key)) {
    for (const action of setup) {
      const { refused } = await real.act(action);
      if (refused !== undefined) throw new InfraError(`The way to the start can't be gone there: ${refused}`);
    }
    known.set(key, await subject.keep(page));
  }
  await subject.put(page, known.get(key));
  await real.observe();
}

/** What an application held before and after a run, and what it showed at the end. */
interface Held {
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly page: readonly string[];
}

/** A run in the real application. */
export interface Played extends Held {
  readonly record: EpisodeRecord;
  /** Actions that were carried out there, the way to the start left out. */
  readonly interactions: number;
}

/** Counts what is done in the real application. */
export interface Meter {
  spent: number;
}

/** An engine whose episodes are played in the real application. What is held there is told when an episode is closed. */
export function realEngine(subject: Subject, meter: Meter, onClosed: (held: Held) => void = () => undefined): Engine {
  return {
    name: 'browser',
    async open(options) {
      // A browser that is too busy is nobody's failure: the episode is begun again.
      for (let tries = 1; ; tries++) {
        try {
          return await openOnce(subject, options, { meter, onClosed });
        } catch (error) {
          if (tries === mostTries) throw new InfraError(`The real application could not be opened: ${String(error)}`);
        }
      }
    },
    close: () => Promise.resolve(),
  };
}

const mostTries = 3;

interface Told {
  readonly meter: Meter;
  readonly onClosed: (held: Held) => void;
}

async function openOnce(subject: Subject, { clone, account, setup = [] }: OpenOptions, { meter, onClosed }: Told): Promise<Episode> {
  const application = await subject.open(account);
  const { baseURL } = application;
  const driver = await PageDriver.open({ browser: subject.browser, baseURL, viewport: clone.world.viewport });
  const leave = async (): Promise<void> => {
    await driver.close();
    await application.close();
  };
  try {
    const look = async (): Promise<RealView> => {
      const seen = await driver.look();
      return { ...seen, root: canonical(seen.root, { origin: baseURL, url: seen.url }) };
    };
    await driver.act({ kind: 'goto', value: clone.world.start });
    const page = { look, act: driver.act.bind(driver), picture: driver.picture.bind(driver), close: driver.close.bind(driver) };
    const real = new RealEpisode(page, { world: clone.world, account });
    await real.observe();
    if (setup.length > 0) await goToStart(subject, driver.page, { real, setup });
    const before = await subject.records(driver.page, baseURL);
    return metered(real, meter, async () => {
      const { aria } = await real.observe();
      const after = await subject.records(driver.page, baseURL);
      onClosed({ before, after, page: normaliseAria(aria) });
      await leave();
    });
  } catch (error) {
    await leave();
    throw error;
  }
}

function metered(real: RealEpisode, meter: Meter, close: () => Promise<void>): Episode {
  return {
    observe: () => real.observe(),
    act: (action) => {
      meter.spent += 1;
      return real.act(action);
    },
    state: () => real.state(),
    restore: () => real.restore(),
    close,
  };
}

/** Who acts in a task, and what stands between them and the application. */
export interface Acting {
  readonly agent: Agent;
  readonly around?: (engine: Engine) => Engine;
}

/** Lets an agent do a task in the real application. */
export async function play(subject: Subject, task: Task, { agent, around = (engine) => engine }: Acting): Promise<Played> {
  const meter: Meter = { spent: 0 };
  let held: Held | null = null;
  const engine = around(realEngine(subject, meter, (last) => (held = last)));
  const record = await runEpisode({ engine, clone: subject.clone, task, agent });
  if (held === null || record.ending === 'infra_error') throw new Error(`${task.id} could not be played: ${record.feedback.join(' ')}`);
  return { ...(held as Held), record, interactions: meter.spent };
}

/** The agent says that it is done where the right run ends: the same records, the same page. Nothing of the clone is asked. */
export function succeeds({ record, after, page }: Played, right: Played): boolean {
  return record.ending === 'done' && same(after.toSorted(), right.after.toSorted()) && same(page, right.page);
}

/** How many records are gone or altered that the right run leaves as they were. */
export function harmOf({ before, after }: Played, right: Played): number {
  const meantToStay = common(before, right.after);
  return meantToStay.length - common(meantToStay, after).length;
}

const same = (a: readonly string[], b: readonly string[]): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What two lists have in common, as often as both have it. */
function common(a: readonly string[], b: readonly string[]): readonly string[] {
  const left = [...b];
  return a.filter((item) => {
    const at = left.indexOf(item);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

/** Does work on all items, so many at a time, in any order; the results come in the items' order. */
export async function side<T, R>(items: readonly T[], most: number, work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const i = next++;
      results[i] = await work(items[i] as T);
    }
  };
  await Promise.all(Array.from({ length: most }, worker));
  return results;
}
