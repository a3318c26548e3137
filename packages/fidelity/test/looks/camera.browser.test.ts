import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveClone, type ServedClone } from '@backlot/sandbox';
import { writeClone } from '@backlot/synth';
import type { DomElement, DomNode, World } from '@backlot/protocol';
import { act, render, reset } from '@backlot/world';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Camera, type CameraOptions } from '../../src/looks/camera.ts';
import { counterWorld } from '../fixtures/counter-world.ts';
import { add, sessionOf } from '../fixtures/session-of.ts';

const css = 'h1 { color: rgb(10, 20, 200) } p { font-size: 40px }';
const world: World = { ...counterWorld(), css: [css] };
const [session, before] = [sessionOf(world, [add]), reset(world)];
const after = act(world, before, add).state;

/** The page as a recorder holds it: the style sheet in it, and whatever else stands there. */
function recorded(...more: readonly DomNode[]): DomElement {
  const { root } = render(world, after);
  const style: DomElement = { tag: 'style', attrs: { _cssText: css }, children: [] };
  return { ...root, children: [{ tag: 'head', attrs: {}, children: [style] }, ...root.children.map((child) => withMore(child, more))] };
}

const withMore = (node: DomNode, more: readonly DomNode[]): DomNode =>
  'tag' in node && node.tag === 'body' ? { ...node, children: [...node.children, ...more] } : node;

let browser: Browser;
let served: ServedClone;
let camera: Camera;
let dir: string;

beforeAll(async () => {
  const executablePath = process.env['BACKLOT_CHROMIUM'];
  browser = await chromium.launch({ ...(executablePath === undefined ? {} : { executablePath }), args: ['--no-sandbox'] });
  dir = await mkdtemp(join(tmpdir(), 'backlot-looks-'));
  await writeClone(dir, { world, assets: [] });
  served = await serveClone(dir);
  const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  const options: CameraOptions = {
    browser,
    cloneURL: served.url,
    viewport: world.viewport,
    assets: [{ url: '/dot.png', mime: 'image/png', base64: dot }],
  };
  camera = await Camera.open(options);
});
afterAll(async () => {
  await camera.close();
  await served.close();
  await browser.close();
  await rm(dir, { recursive: true });
});

describe('Camera', () => {
  it('finds a true clone to look the same, styles included', async () => {
    const comparison = await camera.compare({ session, url: '/', root: recorded(), state: after });
    expect(comparison).toMatchObject({ ssim: 1, blocks: 1, text: 1, position: 1, colour: 1, different: { real: [], clone: [] } });
  });

  it('tells texts that differ, with their places, and shows both pages there', async () => {
    const comparison = await camera.compare({ session, url: '/', root: recorded(), state: before });
    expect(comparison.ssim).toBeLessThan(1);
    expect(comparison.different.real.map(({ text }) => text)).toEqual(['1']);
    expect(comparison.different.clone.map(({ text }) => text)).toEqual(['0']);
    const shots = await camera.shots(comparison);
    for (const jpeg of [shots.real, shots.clone]) expect(Buffer.from(jpeg).subarray(0, 2).toString('hex')).toBe('ffd8');
  });

  it('runs nothing that a recorded page holds, and asks nobody for what logs do not hold', async () => {
    const root = recorded(
      { tag: 'script', attrs: {}, children: [{ text: 'document.body.innerHTML = "<h1>ran</h1>"' }] },
      { tag: 'img', attrs: { src: 'http://elsewhere.test/x.png', onerror: 'document.body.innerHTML = "<h1>ran</h1>"' }, children: [] },
      { tag: 'iframe', attrs: { src: 'http://elsewhere.test/' }, children: [] },
    );
    const { different } = await camera.compare({ session, url: '/', root, state: after });
    expect(different.real).toEqual([]);
  });

  it('shows the files of the logs at the addresses of the recorded application', async () => {
    const image: DomElement = { tag: 'img', attrs: { src: 'http://application.test/dot.png', width: '300', height: '300' }, children: [] };
    const missing: DomElement = { ...image, attrs: { ...image.attrs, src: 'http://application.test/none.png' } };
    const [shown, lacking] = [
      await camera.compare({ session, url: '/', root: recorded(image), state: after }),
      await camera.compare({ session, url: '/', root: recorded(missing), state: after }),
    ];
    expect(shown.ssim).not.toBe(lacking.ssim);
  });
});
