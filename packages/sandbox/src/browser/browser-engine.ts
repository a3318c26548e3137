import type { World } from '@backlot/protocol';
import type { BrowserContext, Page } from 'playwright-core';
import { launchContained, type ContainedBrowser } from '../containment/launch.ts';
import { openContext, type Site } from '../containment/context.ts';
import { allLayers, layerNames, type Layer, type Layers } from '../containment/layers.ts';
import { InfraError, SetupError } from '../engine/errors.ts';
import { within } from '../engine/limits.ts';
import type { Engine, Episode, OpenOptions } from '../engine/port.ts';
import { BrowserEpisode } from './browser-episode.ts';
import { keepBrowser } from './keeper.ts';
import type { CloneWindow } from './page-side.ts';
import { cloneOrigin, cloneShelf, cloneSite, type ClonePerAccount } from './site.ts';

/** How the browser engine is made. */
export interface BrowserEngineOptions {
  /** The Chromium to start. */
  readonly executablePath: string;
  /** How long one call of an episode may take before the browser counts as lost, in milliseconds. Default 60,000. */
  readonly patience?: number;
}

/** The browser engine, with what it kept from leaving. */
export interface BrowserEngine extends Engine {
  /** How many requests were stopped, and the addresses of the first hundred. */
  blocked(): { readonly count: number; readonly urls: readonly string[] };
  /** Which layers hold the browser in on this system; why not, where one can't. Null while none was started. */
  containment(): Readonly<Record<Layer, true | string>> | null;
  /** Process of the running browser; null where none runs. */
  pid(): number | null;
  /** First process of the container that holds it; null where none does. */
  containerPid(): number | null;
}

const shownBlocked = 100;
const defaultPatience = 60_000;

/**
 * The engine that runs clones in Chromium: one browser, started by the first episode and again after it was lost; one fresh
 * context for each episode. Clones are answered from their folder; nothing else is reached.
 */
export function createBrowserEngine({ executablePath, patience = defaultPatience }: BrowserEngineOptions): BrowserEngine {
  return engineOf({ name: 'browser', start: () => launchContained({ executablePath }), layers: allLayers, patience });
}

/** What differs between engines that drive a Chromium. */
export interface BrowserEngineParts {
  readonly name: 'browser' | 'container';
  readonly start: () => Promise<ContainedBrowser>;
  readonly layers: Layers;
  readonly patience?: number;
}

/** An engine over one Chromium, however that is started. */
export function engineOf({ name, start, layers, patience = defaultPatience }: BrowserEngineParts): BrowserEngine {
  const urls: string[] = [];
  let count = 0;
  let latest: ContainedBrowser | null = null;
  const keeper = keepBrowser(async () => (latest = await start()));
  const cloneOf = cloneShelf();
  const blocked = (url: string): void => {
    count += 1;
    if (urls.length < shownBlocked) urls.push(url);
  };

  return {
    name,
    blocked: () => ({ count, urls }),
    containment: () => latest && held(latest, layers),
    pid: () => (latest?.browser.isConnected() ? latest.pid : null),
    containerPid: () => (latest?.browser.isConnected() ? (latest.containerPid ?? null) : null),
    async open(options) {
      const { dir } = options.clone;
      if (dir === undefined) throw new InfraError(`The ${name} engine needs the folder of the clone: set "dir".`);
      const app = await cloneOf({ ...options.clone, dir });
      for (let isSecond = false; ; isSecond = true) {
        const { contained, release } = await keeper.take();
        try {
          return await openEpisode(contained, options, { app, blocked, layers, patience, release });
        } catch (error) {
          // A browser that is killed still counts as connected for a moment; one that hangs does for ever.
          const isLost = error instanceof NoPageError || (error instanceof InfraError && !contained.browser.isConnected());
          await release(isLost);
          if (isSecond || !isLost) throw error;
        }
      }
    },
    close: () => keeper.close(),
  };
}

function held({ missing }: ContainedBrowser, layers: Layers): Readonly<Record<Layer, true | string>> {
  const each = layerNames.map((layer) => [layer, layers.has(layer) ? (missing[layer] ?? true) : 'switched off']);
  return Object.fromEntries(each) as Record<Layer, true | string>;
}

interface Surroundings {
  readonly app: ClonePerAccount;
  readonly layers: Layers;
  readonly patience: number;
  blocked(url: string): void;
  release(): Promise<void>;
}

async function openEpisode(contained: ContainedBrowser, options: OpenOptions, around: Surroundings): Promise<Episode> {
  const { clone, account, setup = [], signal } = options;
  const { layers, patience } = around;
  signal?.throwIfAborted();
  const { world } = clone;
  let served = account;
  const site = cloneSite(() => around.app(served), around.blocked);
  const { context, page } = await openPage(contained, { layers, patience, site, viewport: world.viewport });
  let episode: BrowserEpisode | undefined;
  try {
    const { release } = around;
    episode = new BrowserEpisode({ context, page, world, signal, patience, release, setAccount: (to) => (served = to) });
    await within(patience, page.goto(new URL(world.start, cloneOrigin).href));
    await within(
      patience,
      page.evaluate(() => (window as unknown as CloneWindow).backlot.holdTime(true)),
    );
    for (const [i, action] of setup.entries()) {
      const { refused } = await episode.act(action);
      if (refused !== undefined) throw new SetupError(i, action, refused);
    }
    await episode.observe();
    return episode;
  } catch (cause) {
    await within(patience, context.close()).catch(() => undefined);
    if (cause instanceof SetupError || cause instanceof InfraError) throw cause;
    signal?.throwIfAborted();
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
    throw new InfraError(`The clone does not open in the browser: ${reason}`, { cause });
  }
}

/** The browser gives no page: it is gone, or hangs. */
class NoPageError extends InfraError {}

interface PageRequest extends Pick<Surroundings, 'layers' | 'patience'> {
  readonly site: Site;
  readonly viewport: World['viewport'];
}

async function openPage(
  { browser }: ContainedBrowser,
  { layers, patience, site, viewport }: PageRequest,
): Promise<{ readonly context: BrowserContext; readonly page: Page }> {
  const options = { viewport, locale: 'en-US', timezoneId: 'UTC', reducedMotion: 'reduce' } as const;
  let context: BrowserContext | undefined;
  try {
    context = await within(patience, openContext(browser, { layers, site, options }));
    return { context, page: await within(patience, context.newPage()) };
  } catch (cause) {
    if (context !== undefined) await within(patience, context.close()).catch(() => undefined);
    throw new NoPageError('The browser opened no page for the episode.', { cause });
  }
}
