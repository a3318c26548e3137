import { setImmediate } from 'node:timers/promises';
import type { EpisodeRecord, RunRecord, Task } from '@backlot/protocol';
import { costOf } from '@backlot/reward';
import type { Agent, Paid } from '../agent.ts';
import { runUntilJudged } from '../run-again.ts';
import type { EpisodeOptions, Watcher } from '../run-episode.ts';
import type { RunFolder } from './run-folder.ts';

/** Tasks that an agent attempts, and how. */
export interface RunOptions extends Pick<EpisodeOptions, 'engine' | 'clone' | 'seed' | 'strict' | 'signal'> {
  readonly tasks: readonly Task[];
  readonly agent: Agent;
  /** Episodes at the same time. Default 1. */
  readonly parallel?: number;
  /** Where episodes are kept. What it holds already is not run again. */
  readonly folder?: RunFolder | undefined;
  /** Whether a picture of each page is kept, where there is a folder and the engine has them. */
  readonly pictures?: boolean;
  /** Milliseconds on a clock that only goes forward. */
  readonly now: () => number;
  /** Told of every attempt that is over, before it is kept. */
  readonly onAttempt?: (record: RunRecord) => Promise<void>;
  /** Told of the tasks that are over. */
  readonly onProgress?: (done: readonly RunRecord[]) => void;
}

/** How a run came out. */
export interface RunOutcome {
  /** The episode that counts of each task that is over, in the order of the tasks. */
  readonly episodes: readonly RunRecord[];
  /** How many of them were kept from before. */
  readonly kept: number;
}

/**
 * Has an agent attempt tasks, each in a fresh episode. What a folder holds already is not run again, but an episode that the engine lost.
 * @throws what the agent or the engine throws, once the other episodes under way are over; what was over by then is kept
 */
export async function runTasks(options: RunOptions): Promise<RunOutcome> {
  const { tasks, parallel = 1, folder, onProgress } = options;
  const over = new Map(folder?.over());
  const kept = tasks.filter(({ id }) => over.has(id)).length;
  const waiting = tasks.filter(({ id }) => !over.has(id)).values();
  const inOrder = (): readonly RunRecord[] => tasks.flatMap(({ id }) => over.get(id) ?? []);
  let hasFailed = false;
  const work = async (): Promise<void> => {
    for (const task of waiting) {
      if (hasFailed) return;
      try {
        over.set(task.id, await attempt(task, options));
      } catch (error) {
        hasFailed = true;
        throw error;
      }
      onProgress?.(inOrder());
      // The text engine never waits: without a pause no interrupt would be heard.
      await setImmediate();
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: Math.max(1, parallel) }, work));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  return { episodes: inOrder(), kept };
}

async function attempt(task: Task, options: RunOptions): Promise<RunRecord> {
  const { engine, clone, agent, seed, strict, signal, folder, pictures = false, now, onAttempt } = options;
  const trajectory = folder?.trajectory(task, { pictures });
  const records: RunRecord[] = [];
  let paid: Paid = { usd: 0, tokens: 0 };
  let start = now();
  const watcher: Watcher = {
    began: async (...seen) => trajectory?.began(...seen),
    did: async (...done) => trajectory?.did(...done),
    paid: (all) => (paid = all),
  };
  const onRecord = async (record: EpisodeRecord): Promise<void> => {
    const { ms: personMs } = costOf(record.steps.filter(({ refused }) => refused === undefined).map(({ action }) => action));
    const cost = { steps: record.steps.length, personMs, wallMs: Math.round(now() - start), ...paid };
    const kept = { ...record, cost };
    await onAttempt?.(kept);
    await folder?.keep(kept);
    records.push(kept);
    start = now();
  };
  await runUntilJudged({
    engine,
    clone,
    agent,
    task,
    watcher,
    onRecord,
    ...(seed === undefined ? {} : { seed }),
    ...(strict === undefined ? {} : { strict }),
    ...(signal === undefined ? {} : { signal }),
  });
  return records.at(-1) as RunRecord;
}
