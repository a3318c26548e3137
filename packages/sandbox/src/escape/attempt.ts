import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext, Page } from 'playwright-core';
import { openContext } from '../containment/context.ts';
import type { ContainedBrowser } from '../containment/launch.ts';
import type { Layers } from '../containment/layers.ts';
import { within } from '../engine/limits.ts';
import { sum, type Arrival, type Lane } from './lane.ts';
import { addressOf, vectorSite } from './vector-site.ts';
import type { Vector, VectorSet } from './vectors.ts';

/** Where a vector is tried. */
export interface Ground {
  readonly lane: Lane;
  readonly contained: ContainedBrowser;
  readonly layers: Layers;
  readonly parts: VectorSet['parts'];
}

/** What came of a try. */
export interface Attempt extends Arrival {
  /** The browser did not live through it. */
  readonly lost: boolean;
}

/** Once something has arrived, how much longer it is listened to, in milliseconds. */
const afterthought = 200;
const step = 100;
const patience = 8000;

/** Opens an attack page in a context of its own, does to it what it asks for, and tells what arrived at the far end. */
export async function attempt(vector: Vector, ground: Ground): Promise<Attempt> {
  const { lane, contained, layers, parts } = ground;
  const before = await lane.settle();
  let context: BrowserContext | undefined;
  let during: Arrival = { packets: 0, seen: [] };
  try {
    context = await within(patience, openContext(contained.browser, { layers, site: vectorSite(vector, parts) }));
    context.on('dialog', (dialog) => void dialog.dismiss().catch(() => undefined));
    const page = await within(patience, context.newPage());
    await within(patience, page.goto(addressOf(vector), { waitUntil: 'commit' })).catch(() => undefined);
    await within(patience, prompt(page, vector)).catch(() => undefined);
    during = await listen(lane, vector.watch);
  } catch {
    // What arrived counts, whatever became of the page.
  }
  await within(patience, context?.close() ?? Promise.resolve()).catch(() => undefined);
  const { packets, seen } = sum(during, await lane.settle());
  return { packets, seen: before.packets === 0 ? seen : [...new Set(seen)], lost: !contained.browser.isConnected() };
}

async function prompt(page: Page, { deed }: Vector): Promise<void> {
  if (deed === undefined) return;
  await sleep(300);
  if (deed === 'click') await page.locator('#go').click({ timeout: 2000, noWaitAfter: true });
  if (deed === 'ctrl-click') await page.locator('#go').click({ timeout: 2000, modifiers: ['Control'], noWaitAfter: true });
  if (deed === 'close') await page.close({ runBeforeUnload: false });
  if (deed === 'leave') await page.goto('about:blank');
}

async function listen(lane: Lane, ms: number): Promise<Arrival> {
  let all: Arrival = { packets: 0, seen: [] };
  for (let waited = 0; waited < ms && all.packets === 0; waited += step) {
    await sleep(step);
    all = sum(all, await lane.arrived());
  }
  if (all.packets > 0) await sleep(afterthought);
  return all;
}
