import type { Hono } from 'hono';
import type { Browser } from 'playwright-core';
import { InfraError, SetupError } from '../engine/errors.ts';
import type { Engine, Episode, OpenOptions } from '../engine/port.ts';
import { BrowserEpisode } from './browser-episode.ts';
import { cloneOrigin, isolate } from './isolation.ts';
import { createCloneApp } from '../serve/clone-app.ts';
import { readCloneFiles, type ServedFile } from '../serve/clone-files.ts';
import { launchClosed } from './launch.ts';
import type { CloneWindow } from './page-side.ts';

/** How the browser engine is made. */
export interface BrowserEngineOptions {
  /** The Chromium to start. */
  readonly executablePath: string;
}

/** The browser engine, with what it kept from leaving. */
export interface BrowserEngine extends Engine {
  /** How many requests were stopped, and the addresses of the first hundred. */
  blocked(): { readonly count: number; readonly urls: readonly string[] };
}

const shownBlocked = 100;

/**
 * The engine that runs clones in Chromium: one browser, started by the first episode and again after it was lost; one fresh
 * context for each episode. Clones are answered from their folder; nothing else is reached.
 */
export function createBrowserEngine({ executablePath }: BrowserEngineOptions): BrowserEngine {
  let running: Promise<Browser> | null = null;
  const clones = new Map<string, Promise<ClonePerAccount>>();
  const urls: string[] = [];
  let count = 0;

  const browser = async (): Promise<Browser> => {
    if (running !== null && !(await running).isConnected()) running = null;
    running ??= launchClosed(executablePath).catch((error: unknown) => {
      running = null;
      throw error;
    });
    return running;
  };
  const cloneOf = (dir: string, hash: string): Promise<ClonePerAccount> => {
    const key = `${hash} ${dir}`;
    const known = clones.get(key) ?? readCloneFiles(dir).then(perAccount);
    clones.set(key, known);
    known.catch(() => clones.delete(key));
    return known;
  };
  const blocked = (url: string): void => {
    count += 1;
    if (urls.length < shownBlocked) urls.push(url);
  };

  return {
    name: 'browser',
    blocked: () => ({ count, urls }),
    async open(options) {
      const { dir, hash } = options.clone;
      if (dir === undefined) throw new InfraError('The browser engine needs the folder of the clone: set "dir".');
      return openEpisode(await browser(), options, { app: await cloneOf(dir, hash), blocked });
    },
    async close() {
      await (await running)?.close();
      running = null;
    },
  };
}

type ClonePerAccount = (account: string) => Hono;

/** The index page names the account, so each account is an app of its own over the same files. */
function perAccount(files: ReadonlyMap<string, ServedFile>): ClonePerAccount {
  const apps = new Map<string, Hono>();
  return (account) => {
    const app = apps.get(account) ?? createCloneApp(files, account);
    apps.set(account, app);
    return app;
  };
}

interface Serving {
  readonly app: ClonePerAccount;
  blocked(url: string): void;
}

async function openEpisode(browser: Browser, { clone, account, setup = [], signal }: OpenOptions, serving: Serving): Promise<Episode> {
  signal?.throwIfAborted();
  const { world } = clone;
  let served = account;
  const context = await browser
    .newContext({
      viewport: world.viewport,
      acceptDownloads: false,
      permissions: [],
      serviceWorkers: 'block',
      locale: 'en-US',
      timezoneId: 'UTC',
      reducedMotion: 'reduce',
    })
    .catch((cause: unknown) => {
      throw new InfraError('The browser opened no context for the episode.', { cause });
    });
  try {
    await isolate(context, { app: () => serving.app(served), blocked: (url) => serving.blocked(url) });
    const page = await context.newPage();
    const episode = new BrowserEpisode({ context, page, world, signal, setAccount: (to) => (served = to) });
    await page.goto(new URL(world.start, cloneOrigin).href);
    await page.evaluate(() => (window as unknown as CloneWindow).backlot.holdTime(true));
    for (const [i, action] of setup.entries()) {
      const { refused } = await episode.act(action);
      if (refused !== undefined) throw new SetupError(i, action, refused);
    }
    await episode.observe();
    return episode;
  } catch (cause) {
    await context.close().catch(() => undefined);
    if (cause instanceof SetupError || cause instanceof InfraError) throw cause;
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
    throw new InfraError(`The clone does not open in the browser: ${reason}`, { cause });
  }
}
