import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assetPath } from '../../src/clone/assets.ts';
import { writeClone } from '../../src/clone/write-clone.ts';
import { assets, namesWorld } from './fixtures.ts';

const types: Record<string, string> = {
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.css': 'text/css',
};
let dir: string;
let server: Server;
let url: string;
let browser: Browser;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'backlot-open-'));
  await writeClone(join(dir, 'clone'), { world: namesWorld(assetPath(assets[1]!)), assets });
  // As simple as a static server can be: the file, else index.html.
  server = createServer((request, response) => {
    const path = join(dir, 'clone', new URL(request.url ?? '/', 'http://x').pathname);
    void readFile(path)
      .then((bytes) => ({ bytes, type: types[extname(path)] ?? 'text/html' }))
      .catch(async () => ({ bytes: await readFile(join(dir, 'clone', 'index.html')), type: 'text/html' }))
      .then(({ bytes, type }) => response.setHeader('content-type', type).end(bytes));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await chromium.launch({ executablePath: process.env['BACKLOT_CHROMIUM'] ?? '' });
});
afterAll(async () => {
  await browser.close();
  server.closeAllConnections();
  server.close();
  await rm(dir, { recursive: true });
});

describe('a written clone', () => {
  it('opens from any static server that falls back to index.html, at the application’s own paths, and works', async () => {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => void (message.type() === 'error' && errors.push(message.text())));
    await page.goto(`${url}/names/dist/index.html`);
    expect(await page.getByRole('listitem').allTextContents()).toEqual(['<b>Ada</b>']);
    expect(await page.getByAltText('Dot').evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(8);
    expect(await page.getByRole('heading').evaluate((heading) => getComputedStyle(heading).color)).toBe('rgb(1, 2, 3)');
    await page.getByPlaceholder('Name').fill(' Grace ');
    await page.getByPlaceholder('Name').press('Enter');
    expect(await page.getByRole('listitem').allTextContents()).toEqual(['<b>Ada</b>', 'Grace']);
    await page.reload();
    expect(await page.getByRole('listitem').count()).toBe(2);
    expect(errors).toEqual([]);
    await page.close();
  });

  it('shows the pages for people without a script or a request', async () => {
    const page = await browser.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`${url}/explain/index.html`);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('What was learned of names <script>alert(1)</script>');
    expect(asked.filter((path) => path !== '/favicon.ico')).toEqual(['/explain/index.html']);
    await page.setViewportSize({ width: 1000, height: 900 });
    await page.screenshot({ path: process.env['BACKLOT_SHOT'] ?? join(dir, 'explain.png'), fullPage: true });
    await page.close();
  });
});
