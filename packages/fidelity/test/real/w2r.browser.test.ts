import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { measureW2R, PageDriver, type CloneRun, type RealApplication } from '../../src/index.ts';
import { counterPage } from '../fixtures/counter-world.ts';
import { add, missing } from '../fixtures/session-of.ts';

const hoverPage = `<!doctype html><style>.tool { display: none } li:hover .tool { display: inline }</style>
<ul><li>First <button class="tool" onclick="this.parentElement.remove()">Remove</button></li>
<li><span ondblclick="this.textContent='Changed'">Second</span> <button class="tool" onclick="this.parentElement.remove()">Remove</button></li></ul>`;
const suggestPage = `<!doctype html><style>ul { position: absolute; top: 30px; left: 0; width: 400px; height: 100px; background: white; margin: 0 }</style>
<input aria-label="Tags" oninput="list.hidden = false" onblur="list.hidden = true"><ul id="list" hidden><li>garden</li></ul>
<p><input type="checkbox" aria-label="Private"></p>`;
const viewport = { width: 800, height: 600 };

const pages: Readonly<Record<string, string>> = { '/hover': hoverPage, '/suggest': suggestPage };

let browser: Browser;
let server: Server;
let real: RealApplication;
let baseURL: string;

beforeAll(async () => {
  const executablePath = process.env['BACKLOT_CHROMIUM'];
  browser = await chromium.launch({ ...(executablePath === undefined ? {} : { executablePath }), args: ['--no-sandbox'] });
  server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html').end(pages[request.url ?? ''] ?? counterPage);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  real = { open: async () => ({ baseURL, close: () => Promise.resolve() }) };
});
afterAll(async () => {
  await browser.close();
  server.close();
});

const run = (id: string, actions: CloneRun['actions'], aria: string): CloneRun => ({ id, account: 'default', start: '/', actions, aria });
const page = (n: number): string => `- heading "Things" [level=1]\n- button "Add"\n- paragraph: "${n}"`;

describe('measureW2R', () => {
  it('succeeds where the real application ends on the clone’s page, and each run begins afresh', async () => {
    const runs = [run('one', [add], page(1)), run('two', [add, add], page(2))];
    const w2r = await measureW2R({ runs, real, browser, viewport, concurrency: 2 });
    expect(w2r.runs.map(({ id, success }) => [id, success])).toEqual([
      ['one', true],
      ['two', true],
    ]);
    expect(w2r.success).toMatchObject({ hits: 2, total: 2 });
  });

  it('fails a run that ends on another page, with the lines, or whose action can’t be taken, with the reason', async () => {
    const runs = [run('other', [add], page(2)), run('stuck', [add, missing, add], page(2))];
    const w2r = await measureW2R({ runs, real, browser, viewport });
    expect(w2r.runs[0]).toMatchObject({ success: false, missing: ['- paragraph: "1"'], extra: ['- paragraph: "2"'] });
    expect(w2r.runs[1]).toMatchObject({ success: false, reached: 1, total: 3, error: 'The real page shows no button "Gone".' });
    expect(w2r.success.share).toBe(0);
  });
});

describe('PageDriver', () => {
  it('leaves a field whose suggestions cover what comes next', async () => {
    const driver = await PageDriver.open({ browser, baseURL, viewport });
    await driver.act({ kind: 'goto', value: '/suggest' });
    await driver.act({ kind: 'fill', target: { role: 'textbox', name: 'Tags', nth: 0 }, value: 'gar' });
    await driver.act({ kind: 'check', target: { role: 'checkbox', name: 'Private', nth: 0 } });
    expect(await driver.aria()).toContain('checkbox "Private" [checked]');
    await driver.close();
  });

  it('points first at what surrounds an element that only a hover shows', async () => {
    const driver = await PageDriver.open({ browser, baseURL, viewport });
    await driver.act({ kind: 'goto', value: '/hover' });
    await driver.act({ kind: 'click', target: { role: 'button', name: 'Remove', nth: 1 } });
    expect(await driver.aria()).toBe('- list:\n  - listitem: First');
    await driver.close();
  });

  it('finds elements without a role by their place, as logs name them', async () => {
    const driver = await PageDriver.open({ browser, baseURL, viewport });
    await driver.act({ kind: 'goto', value: '/hover' });
    // The body comes first; the list and its items have roles, head and style are hidden.
    await driver.act({ kind: 'dblclick', target: { role: 'generic', name: '', nth: 1 } });
    expect(await driver.aria()).toContain('- listitem: Changed');
    await driver.close();
  });
});
