import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleRuntime, indexPage } from '@backlot/runtime';
import { sceneOf } from '@backlot/dialects';
import { createBrowserEngine, createTextEngine, type Clone, type Engine } from '@backlot/sandbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { standbyEyes, TaskEpisode, type Eyes } from '../src/index.ts';
import { addTask, clone as bare, world } from './fixtures/list.ts';

let dir: string;
let clone: Clone;
let browser: Engine;
let eyes: Eyes;
beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'backlot-pixels-'));
  writeFileSync(path.join(dir, 'index.html'), indexPage());
  writeFileSync(path.join(dir, 'world.json'), JSON.stringify(world));
  writeFileSync(path.join(dir, 'runtime.js'), await bundleRuntime());
  clone = { ...bare, dir };
  browser = createBrowserEngine({ executablePath: process.env['BACKLOT_CHROMIUM'] ?? '' });
  eyes = standbyEyes(async () => browser, clone);
});
afterAll(async () => {
  await eyes.close();
  await browser.close();
  rmSync(dir, { recursive: true });
});

/** A point in the field for new entries, wherever that is. */
async function pointOfField(episode: TaskEpisode): Promise<readonly [number, number]> {
  const field = sceneOf(world, episode.state).byTarget({ role: 'textbox', name: 'What needs doing?', nth: 0 })?.key;
  for (let y = 5; y < 400; y += 8) if ((await eyes.at(episode.state, {}, { x: 30, y })) === field) return [30, y];
  throw new Error('There is no field on the page.');
}

describe.each([
  ['the text engine, seen by a browser that stands by', (): Engine => createTextEngine()],
  ['the browser engine itself', (): Engine => browser],
])('coordinates on %s', (_, engineOf) => {
  it('do the task by pictures alone', async () => {
    const episode = await TaskEpisode.open({ engine: engineOf(), clone, task: { ...addTask, maxSteps: 20 }, eyes });
    const [x, y] = await pointOfField(episode);
    await episode.step({ action: 'left_click', coordinate: [x, y] });
    const typed = await episode.step({ action: 'type', text: 'Wash the car\n' }, ['screenshot', 'refs']);
    expect(typed.observation.views.refs).toContain('Wash the car');
    expect(
      Buffer.from(typed.observation.views.screenshot ?? '', 'base64')
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
    expect(await episode.step({ kind: 'done' })).toMatchObject({ reward: 1 });
    await episode.close();
  });

  it('say where there is nothing, and mark what can be acted on', async () => {
    const episode = await TaskEpisode.open({ engine: engineOf(), clone, task: addTask, eyes });
    const { screenshot, marks } = (await episode.look(['screenshot', 'marks'])).observation.views;
    expect(marks).not.toBe(screenshot);
    expect((await episode.step({ action: 'left_click', coordinate: [5000, 5000] }, [])).info.refused).toContain('nothing at 5000, 5000');
    await episode.close();
  });
});
