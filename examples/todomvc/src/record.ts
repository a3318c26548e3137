import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { launchBrowser, openRecorder } from '@backlot/recorder';
import type { LogMeta } from '@backlot/recorder';
import type { Browser } from 'playwright-core';
import { implementation } from './implementations.ts';
import { serveTodomvc } from './serve.ts';
import { useTodomvc } from './users.ts';
import type { TrueStep } from './users.ts';

/** How many sessions of what, and where they go. */
export interface RecordUsersOptions {
  readonly implementation: string;
  readonly sessions: number;
  /** Session k has seed `firstSeed + k` and the name `s` with the seed in four digits. */
  readonly firstSeed: number;
  /** Folder for the logs. */
  readonly logs: string;
  /** Folder for the truth, apart from the logs. */
  readonly truth: string;
  /** Sessions under way at a time; what they leave does not depend on it. Default 2. */
  readonly concurrency?: number;
  /** Default: a browser is started and stopped. */
  readonly browser?: Browser;
  /** Ends the recording after what has been done so far. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: RecordedUser) => void;
}

/** One recorded session. `error` tells why it was cut short. */
export interface RecordedUser {
  readonly session: string;
  readonly steps: number;
  readonly events: number;
  readonly ms: number;
  readonly pageErrors: readonly string[];
  readonly error?: string;
}

/**
 * Records simulated people who use an implementation of TodoMVC. The first session keeps the styles and images.
 * @throws where the implementation is unknown or there is no browser.
 */
export async function recordUsers(options: RecordUsersOptions): Promise<RecordedUser[]> {
  implementation(options.implementation);
  const browser = options.browser ?? (await launchBrowser());
  const real = await serveTodomvc(options.implementation);
  const done: RecordedUser[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < options.sessions && !options.signal?.aborted) {
      const k = next++;
      const user = await recordUser(options, { browser, url: real.baseURL, seed: options.firstSeed + k, assets: k === 0 });
      done.push(user);
      options.onProgress?.(user);
    }
  };
  try {
    await Promise.all(Array.from({ length: options.concurrency ?? 2 }, work));
  } finally {
    await real.close();
    if (options.browser === undefined) await browser.close();
  }
  return done.sort((a, b) => (a.session < b.session ? -1 : 1));
}

interface OneUser {
  readonly browser: Browser;
  readonly url: string;
  readonly seed: number;
  readonly assets: boolean;
}

async function recordUser(options: RecordUsersOptions, { browser, url, seed, assets }: OneUser): Promise<RecordedUser> {
  const began = performance.now();
  const signal = options.signal === undefined ? {} : { signal: options.signal };
  const session = `s${String(seed).padStart(4, '0')}`;
  const app = `todomvc-${options.implementation}`;
  const recorder = await openRecorder({ url, browser, out: options.logs, app, session, synthetic: true, assets });
  const pageErrors: string[] = [];
  recorder.page.on('pageerror', (error) => pageErrors.push(error.message));
  const steps: TrueStep[] = [];
  let error: string | undefined;
  try {
    await useTodomvc(recorder, { implementation: options.implementation, seed, ...signal }, steps);
  } catch (reason) {
    error = (reason instanceof Error ? reason.message : String(reason)).split('\n')[0];
  }
  const log = await recorder.close();
  const failed = error === undefined ? {} : { error };
  writeTruth(options.truth, recorder.meta, { ...failed, steps });
  return { session, steps: steps.length, events: log.events, ms: Math.round(performance.now() - began), pageErrors, ...failed };
}

function writeTruth(folder: string, meta: LogMeta, content: { readonly error?: string; readonly steps: readonly TrueStep[] }): void {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${meta.session}.steps.json.gz`);
  writeFileSync(`${file}.tmp`, gzipSync(JSON.stringify({ ...meta, ...content }), { level: 9 }));
  renameSync(`${file}.tmp`, file);
}
