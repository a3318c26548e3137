import type { Action } from '@backlot/protocol';
import type { Browser } from 'playwright-core';
import { lineDifference } from '../aria/line-difference.ts';
import { isSamePage, normaliseAria } from '../aria/normalise-aria.ts';
import { shareOf, type Share } from '../stats/share.ts';
import { PageDriver } from './page-driver.ts';
import type { RealApplication } from './real-application.ts';

/** A run in the clone that is to be done again in the real application. */
export interface CloneRun {
  readonly id: string;
  readonly account: string;
  /** Address at which it begins. */
  readonly start: string;
  readonly actions: readonly Action[];
  /** What the clone showed after the last action. */
  readonly aria: string;
}

/** A run of the clone in the real application. */
export interface RealRun {
  readonly id: string;
  /** Every action could be taken, and the last page is the clone's last page. */
  readonly success: boolean;
  /** Actions taken. */
  readonly reached: number;
  readonly total: number;
  /** Why an action could not be taken. */
  readonly error?: string;
  /** Lines of the real last page that the clone's lacks, and the other way round. */
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

/** World to real: runs of the clone replayed in the real application. */
export interface W2R {
  readonly runs: readonly RealRun[];
  readonly success: Share;
}

/** What is replayed, and where. */
export interface W2ROptions {
  readonly runs: readonly CloneRun[];
  readonly real: RealApplication;
  /** Left running. */
  readonly browser: Browser;
  readonly viewport: { readonly width: number; readonly height: number };
  /** Runs under way at a time, each with an application of its own. Default 1. */
  readonly concurrency?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: RealRun) => void;
}

/**
 * Does the clone's runs again in the real application, each in a fresh browser context. An action that can't be taken there
 * fails its run.
 * @throws where the application does not start; the signal's reason
 */
export async function measureW2R(options: W2ROptions): Promise<W2R> {
  const done = new Map<string, RealRun>();
  const waiting = [...options.runs];
  const work = async (): Promise<void> => {
    for (let run = waiting.shift(); run !== undefined; run = waiting.shift()) {
      options.signal?.throwIfAborted();
      const real = await replay(run, options);
      done.set(run.id, real);
      options.onProgress?.(real);
    }
  };
  await Promise.all(Array.from({ length: options.concurrency ?? 1 }, work));
  const runs = options.runs.flatMap(({ id }) => done.get(id) ?? []);
  return { runs, success: shareOf(runs.filter(({ success }) => success).length, runs.length) };
}

async function replay(run: CloneRun, { real, browser, viewport, signal }: W2ROptions): Promise<RealRun> {
  const application = await real.open(run.account, signal);
  let driver: PageDriver | undefined;
  try {
    driver = await PageDriver.open({ browser, viewport, baseURL: application.baseURL });
    return await replayIn(driver, run, signal);
  } finally {
    await driver?.close();
    await application.close();
  }
}

async function replayIn(driver: PageDriver, run: CloneRun, signal: AbortSignal | undefined): Promise<RealRun> {
  const actions: readonly Action[] = [{ kind: 'goto', value: run.start }, ...run.actions];
  const total = run.actions.length;
  for (const [i, action] of actions.entries()) {
    signal?.throwIfAborted();
    try {
      await driver.act(action);
    } catch (error) {
      return { id: run.id, success: false, reached: Math.max(0, i - 1), total, error: reasonOf(error), missing: [], extra: [] };
    }
  }
  const real = normaliseAria(await driver.aria());
  const clone = normaliseAria(run.aria);
  return { id: run.id, success: isSamePage(real, clone), reached: total, total, ...lineDifference(real, clone) };
}

/** What went wrong, in the first line of what was said. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
