import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser, recordSession, recordUntilClosed } from '../src/index.ts';
import type { Recorder } from '../src/index.ts';

const PAGE = `<!doctype html><html><head><title>Tiny</title><link rel="stylesheet" href="/style.css"></head><body>
<label>Name <input></label><button onclick="document.querySelector('p').textContent = 'Hello ' + document.querySelector('input').value">Greet</button>
<button onclick="this.textContent = confirm('Sure?') ? 'Gone' : 'Kept'">Remove</button><p></p></body></html>`;

interface Event {
  readonly type: number;
  readonly timestamp: number;
  readonly data: { readonly source?: number; readonly text?: string; readonly tag?: string; readonly payload?: unknown };
}

let server: Server;
let browser: Browser;
let url: string;
let out: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const style = request.url === '/style.css';
    response.setHeader('content-type', style ? 'text/css' : 'text/html');
    response.end(style ? 'p { color: green }' : PAGE);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  server.close();
});
beforeEach(() => {
  out = mkdtempSync(path.join(tmpdir(), 'backlot-recorder-'));
  return () => rmSync(out, { recursive: true, force: true });
});

const read = <T>(name: string): T => JSON.parse(gunzipSync(readFileSync(path.join(out, name))).toString()) as T;
const greet = async ({ page }: Recorder): Promise<void> => {
  await page.getByRole('textbox').pressSequentially('Ada');
  await page.getByRole('button', { name: 'Greet' }).click();
};

describe('recordSession', () => {
  it('leaves events, requests and what they are of, and nothing half written', async () => {
    await recordSession({ url, out, browser, session: 's1', app: 'tiny', account: 'ada', synthetic: true, drive: greet });
    expect(readdirSync(out).sort()).toEqual(['s1.har.gz', 's1.meta.json', 's1.rrweb.json.gz']);
    expect(JSON.parse(readFileSync(path.join(out, 's1.meta.json'), 'utf8'))).toEqual({
      app: 'tiny',
      session: 's1',
      account: 'ada',
      baseURL: url.slice(0, -1),
      viewport: { width: 1280, height: 800 },
      synthetic: true,
    });
    const events = read<Event[]>('s1.rrweb.json.gz');
    expect(events.filter(({ data }) => data.source === 5).map(({ data }) => data.text)).toEqual(['A', 'Ad', 'Ada']);
    expect(JSON.stringify(events)).toContain('Hello Ada');
    const har = read<{ log: { entries: { request: { url: string }; response: { content: { text?: string } } }[] } }>('s1.har.gz');
    expect(har.log.entries.map((entry) => [entry.request.url, entry.response.content.text])).toEqual([
      [url, PAGE],
      [`${url}style.css`, 'p { color: green }'],
    ]);
  });

  it('tells native dialogs with their answers', async () => {
    const drive = ({ page }: Recorder): Promise<void> => page.getByRole('button', { name: 'Remove' }).click();
    await recordSession({ url, out, browser, session: 's2', dialogs: 'dismiss', drive });
    const told = read<Event[]>('s2.rrweb.json.gz').filter(({ type }) => type === 5);
    expect(told.map(({ data }) => data)).toEqual([
      { tag: 'backlot.dialog', payload: { type: 'confirm', message: 'Sure?', accepted: false } },
    ]);
  });

  it('spends no time on a pause, and lets the timestamps carry it', async () => {
    const drive = async (recorder: Recorder): Promise<void> => {
      await recorder.page.getByRole('textbox').press('a');
      recorder.pause(3_600_000);
      await recorder.page.getByRole('textbox').press('b');
    };
    await recordSession({ url, out, browser, session: 's3', drive });
    const [first, second] = read<Event[]>('s3.rrweb.json.gz').filter(({ data }) => data.source === 5);
    const gap = (second?.timestamp ?? 0) - (first?.timestamp ?? 0);
    expect(gap).toBeGreaterThanOrEqual(3_600_000);
    expect(gap).toBeLessThan(3_630_000);
  });

  it('writes the whole log when it is aborted in the middle of a session', async () => {
    const stop = new AbortController();
    const drive = async (recorder: Recorder): Promise<void> => {
      await greet(recorder);
      stop.abort();
      await new Promise(() => undefined);
    };
    const log = await recordSession({ url, out, browser, session: 's4', signal: stop.signal, drive });
    expect(JSON.stringify(read<Event[]>('s4.rrweb.json.gz'))).toContain('Hello Ada');
    expect(log.har).not.toBeNull();
  });

  it('writes what was recorded when the browser goes away', async () => {
    const doomed = await launchBrowser();
    const drive = async (recorder: Recorder): Promise<void> => {
      await greet(recorder);
      await recorder.page.evaluate('1');
      await doomed.close();
    };
    const log = await recordSession({ url, out, browser: doomed, session: 's5', drive });
    expect(JSON.stringify(read<Event[]>('s5.rrweb.json.gz'))).toContain('Hello Ada');
    expect(readdirSync(out)).toContain(path.basename(log.meta));
  });
});

describe('recordUntilClosed', () => {
  it('records until the signal, with nobody driving', async () => {
    const stop = new AbortController();
    const recorded = recordUntilClosed(url, { out, browser, headless: true, session: 's6', signal: stop.signal });
    const shown = (): Promise<unknown> | undefined =>
      browser.contexts().at(-1)?.pages()[0]?.evaluate('[document.title, document.readyState]');
    await expect.poll(shown, { timeout: 20_000 }).toEqual(['Tiny', 'complete']);
    stop.abort();
    const log = await recorded;
    expect(read<Event[]>('s6.rrweb.json.gz').map(({ type }) => type)).toEqual(expect.arrayContaining([4, 2]));
    expect(log.har).not.toBeNull();
  });

  it('ends where the signal comes while the page opens', async () => {
    const stop = new AbortController();
    const recorded = recordUntilClosed(url, { out, browser, headless: true, session: 's8', signal: stop.signal });
    stop.abort();
    expect((await recorded).har).not.toBeNull();
  });

  it('ends when the page is closed', async () => {
    const closing = recordSession({ url, out, browser, session: 's7', drive: ({ page }) => page.close() });
    const { har, events } = await closing;
    expect(har).not.toBeNull();
    expect(events).toBeGreaterThanOrEqual(2);
  });
});
