/**
 * How fast episodes run: steps a second of the text engine with full observation, reset and fork, and the browser engine
 * beside bare Playwright doing the same to the same clone, in turns.
 *
 *   node --conditions=@backlot/source bench/steps.ts [CLONE] [--no-browser]
 *
 * Without CLONE a hand-written list of things to do is used.
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Action } from '@backlot/protocol';
import { createRng, isLast, randomAgent } from '@backlot/agents';
import { bundleRuntime, indexPage } from '@backlot/runtime';
import {
  createBrowserEngine,
  createTextEngine,
  readClone,
  serveClone,
  type BrowserEngine,
  type Clone,
  type Engine,
  type Episode,
} from '@backlot/sandbox';
import { chromium, type Page } from 'playwright-core';
import { listWorld } from '../packages/world/fixtures/list-world.ts';
import { findChromium } from '../scripts/find-chromium.mjs';

const rounds = 5;
const contexts = 50;
/** The text engine's rounds are short: more of them even out what else the machine does. */
const textRounds = 25;

/** A walk of the random agent without actions that were refused: real work on any clone. */
async function walkOf(clone: Clone, length: number, without?: Action['kind']): Promise<readonly Action[]> {
  const episode = await createTextEngine().open({ clone, account: clone.world.defaultAccount });
  const attempt = randomAgent.start({ instruction: 'Green tea for Ada' } as Parameters<typeof randomAgent.start>[0], createRng('bench'));
  const walk: Action[] = [];
  let observation = await episode.observe();
  for (let tries = 0; walk.length < length && tries < 10 * length; tries++) {
    const move = await attempt.next(observation, { step: tries, stepsLeft: 1 });
    if (isLast(move)) break;
    if (move.kind === without) continue;
    const result = await episode.act(move);
    if (result.refused === undefined) walk.push(move);
    ({ observation } = result);
  }
  return walk;
}

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

async function playAll(engine: Engine, clone: Clone, walk: readonly Action[]): Promise<number> {
  const episode = await engine.open({ clone, account: clone.world.defaultAccount });
  const ms = await timed(async () => {
    for (const action of walk) void (await episode.act(action)).observation.aria;
  });
  await episode.close();
  return ms;
}

async function benchText(clone: Clone): Promise<void> {
  const engine = createTextEngine();
  const walk = await walkOf(clone, 1000);
  const times: number[] = [];
  for (let round = 0; round <= textRounds; round++) {
    const ms = await playAll(engine, clone, walk);
    // The first round warms up.
    if (round > 0) times.push(ms);
  }
  console.log(
    `text      ${Math.round((1000 * walk.length) / median(times))} steps/s with full observation (${walk.length} actions of a random walk, median of ${textRounds})`,
  );

  const account = clone.world.defaultAccount;
  const n = 2000;
  const reset = await timed(async () => {
    for (let i = 0; i < n; i++) await engine.open({ clone, account });
  });
  const episode = await engine.open({ clone, account });
  const fork = await timed(async () => {
    for (let i = 0; i < n; i++) await episode.restore(await episode.state());
  });
  console.log(`text      reset ${(reset / n).toFixed(4)} ms, fork ${(fork / n).toFixed(5)} ms`);
}

async function doBare(page: Page, action: Action): Promise<void> {
  const { kind, target, value = '' } = action;
  const at = target && page.getByRole(target.role as Parameters<Page['getByRole']>[0], { name: target.name, exact: true }).nth(target.nth);
  if (kind === 'fill') await at?.fill(value);
  else if (kind === 'press') await at?.press(value);
  else if (kind === 'select') await at?.selectOption({ label: value });
  else await at?.click();
  await page.mouse.move(-1, -1);
  await page.locator('body').ariaSnapshot();
  await page.title();
}

async function benchBrowser(clone: Clone & { readonly dir: string }, executablePath: string): Promise<void> {
  const engine = createBrowserEngine({ executablePath });
  const served = await serveClone(clone.dir);
  const browser = await chromium.launch({ executablePath });
  // Going back has other ends in a bare browser: it leaves the clone.
  const walk = await walkOf(clone, 100, 'back');
  const ours: number[] = [];
  const bare: number[] = [];
  const opening: number[] = [];
  const bareOpening: number[] = [];
  const resetting: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const context = await browser.newContext({ viewport: clone.world.viewport });
    const page = await context.newPage();
    page.on('dialog', (dialog) => void dialog.accept());
    await page.goto(served.url + clone.world.start);
    const bareMs = await timed(async () => {
      for (const action of walk) await doBare(page, action);
    });
    await context.close();
    const oursMs = await playAll(engine, clone, walk);
    const open = await timed(async () => (await engine.open({ clone, account: clone.world.defaultAccount })).close());
    const bareOpen = await timed(async () => {
      const fresh = await browser.newContext({ viewport: clone.world.viewport });
      await (await fresh.newPage()).goto(served.url + clone.world.start);
      await fresh.close();
    });
    const reset = await resetInPlace(engine, clone, walk);
    // The first round warms up.
    if (round === 0) continue;
    bare.push(bareMs);
    ours.push(oursMs);
    opening.push(open);
    bareOpening.push(bareOpen);
    resetting.push(reset);
  }
  const perStep = (times: readonly number[]): string => (median(times) / walk.length).toFixed(2);
  console.log(
    `browser   ${perStep(ours)} ms a step; bare Playwright ${perStep(bare)} ms; ratio ${(median(ours) / median(bare)).toFixed(2)}`,
  );
  console.log(
    `browser   reset in place ${median(resetting).toFixed(1)} ms, in a context of its own ${median(opening).toFixed(0)} ms; bare Playwright ${median(bareOpening).toFixed(0)} ms`,
  );
  await manyContexts(engine, clone, walk);
  await Promise.all([engine.close(), served.close(), browser.close()]);
}

/** How long it takes to go back to the beginning and look, in the context that is there. */
async function resetInPlace(engine: Engine, clone: Clone, walk: readonly Action[]): Promise<number> {
  const episode = await engine.open({ clone, account: clone.world.defaultAccount });
  const [start, begins] = [await episode.state(), await episode.observe()];
  for (const action of walk.slice(0, 3)) await episode.act(action);
  const ms = await timed(async () => {
    await episode.restore(start);
    if ((await episode.observe()).aria !== begins.aria) throw new Error('A reset does not lead back to the beginning.');
  });
  await episode.close();
  return ms;
}

/** Episodes side by side in one Chromium, each in a context of its own. */
async function manyContexts(engine: BrowserEngine, clone: Clone, walk: readonly Action[]): Promise<void> {
  const episodes: Episode[] = [];
  const opened = await timed(async () => {
    for (let i = 0; i < contexts; i++) episodes.push(await engine.open({ clone, account: clone.world.defaultAccount }));
  });
  const seen = new Set<string>();
  const acted = await timed(async () => {
    for (const episode of episodes) {
      const { observation, refused } = await episode.act(walk[0] as Action);
      seen.add(`${refused ?? ''}${observation.aria}`);
    }
  });
  if (seen.size !== 1) throw new Error('Contexts do not show the same after the same action.');
  const children = execFileSync('ps', ['-o', 'rss=', '-g', String(engine.pid())], { encoding: 'utf8' });
  const mib = children.split('\n').reduce((sum, line) => sum + Number(line), 0) / 1024;
  console.log(
    `browser   ${contexts} contexts in one Chromium: ${(opened / contexts).toFixed(0)} ms to open each, ${(acted / contexts).toFixed(1)} ms an action; ${mib.toFixed(0)} MiB resident`,
  );
  await Promise.all(episodes.map((episode) => episode.close()));
}

async function exampleClone(dir: string): Promise<void> {
  await writeFile(path.join(dir, 'index.html'), indexPage());
  await writeFile(path.join(dir, 'runtime.js'), await bundleRuntime());
  await writeFile(path.join(dir, 'world.json'), JSON.stringify({ ...listWorld, defaultAccount: 'two' }));
}

const given = process.argv.slice(2).find((argument) => !argument.startsWith('--'));
const dir = given ?? (await mkdtemp(path.join(tmpdir(), 'backlot-bench-')));
try {
  if (given === undefined) await exampleClone(dir);
  const clone = { ...(await readClone(dir)), dir };
  await benchText(clone);
  const executablePath = process.argv.includes('--no-browser') ? null : findChromium();
  if (executablePath === null) console.log('browser   left out: no Chromium, or --no-browser');
  else await benchBrowser(clone, executablePath);
} finally {
  if (given === undefined) await rm(dir, { recursive: true, force: true });
}
