import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PageDriver } from '../../src/index.ts';

let browser: Browser;
let server: Server;
let baseURL: string;

/** Pages that move on to the next by themselves, until the last. */
const page = (number: number): string =>
  `<title>Page ${number}</title><p>${number}</p>${number < 40 ? `<script>setTimeout(() => location.replace('/${number + 1}'), 5)</script>` : ''}`;

beforeAll(async () => {
  const executablePath = process.env['BACKLOT_CHROMIUM'];
  browser = await chromium.launch({ ...(executablePath === undefined ? {} : { executablePath }), args: ['--no-sandbox'] });
  server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html').end(page(Number((request.url ?? '').slice(1))));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await browser.close();
  server.close();
});

describe('a driver of a page', () => {
  it('sees the page where it arrives when it moves on while it is looked at', async () => {
    const driver = await PageDriver.open({ browser, baseURL, viewport: { width: 800, height: 600 } });
    await driver.page.goto(`${baseURL}/1`, { waitUntil: 'commit' });
    const looks = [];
    for (let i = 0; i < 30; i++) looks.push(await driver.look());
    expect(looks.every(({ title, aria, root }) => title.startsWith('Page') && aria.includes('paragraph') && root.tag === 'html')).toBe(
      true,
    );
    await driver.close();
  });
});
