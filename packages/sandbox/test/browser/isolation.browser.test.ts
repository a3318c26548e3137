import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { chromium } from 'playwright-core';
import { expect, it } from 'vitest';
import { createBrowserEngine, InfraError, serveClone } from '../../src/index.ts';
import { listWorld } from '../../../world/fixtures/list-world.ts';
import { writeCloneFolder } from './clone-folder.ts';
import { hostileWorld } from './hostile-world.ts';

const executablePath = process.env['BACKLOT_CHROMIUM'] ?? '';

/** Counts what arrives on one port of this machine, over TCP and UDP. */
async function listener(): Promise<{ port: number; arrived: () => string[]; close: () => void }> {
  const arrived: string[] = [];
  const tcp = createServer((socket) => {
    arrived.push('tcp');
    socket.on('error', () => undefined).destroy();
  });
  await new Promise<void>((done) => tcp.listen(0, '127.0.0.1', done));
  const { port } = tcp.address() as AddressInfo;
  const udp = createSocket('udp4', () => arrived.push('udp'));
  await new Promise<void>((done) => udp.bind(port, '127.0.0.1', done));
  return { port, arrived: () => arrived, close: () => [tcp.close(), udp.close()] };
}

/** A clone turned hostile: its script tries every usual way out, and writes into the page how the tries went. */
const hostile = (port: number): string => `
  const out = 'http://127.0.0.1:${port}/';
  const tries = {
    fetch: () => fetch(out + 'fetch', { mode: 'no-cors' }),
    image: () => new Promise((yes, no) => Object.assign(new Image(), { onload: yes, onerror: no }).src = out + 'image'),
    beacon: () => navigator.sendBeacon(out + 'beacon', 'x') ? new Promise(() => {}) : Promise.reject(new Error('refused')),
    socket: () => new Promise((yes, no) => Object.assign(new WebSocket('ws://127.0.0.1:${port}/'), { onopen: yes, onerror: no })),
    events: () => new Promise((yes, no) => Object.assign(new EventSource(out + 'events'), { onopen: yes, onerror: no })),
    peer: async () => {
      const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:${port}' }] });
      peer.createDataChannel('x');
      await peer.setLocalDescription(await peer.createOffer());
      await new Promise((done) => setTimeout(done, 300));
      throw new Error('tried');
    },
    hint: () => { document.head.append(Object.assign(document.createElement('link'), { rel: 'preconnect', href: out })); throw new Error('tried'); },
    worker: () => navigator.serviceWorker.register('/runtime.js'),
    window: () => { if (window.open(out + 'window')) throw new Error('tried'); throw new Error('refused'); },
  };
  const went = [];
  const begin = () => {
  for (const [name, attempt] of Object.entries(tries)) {
    Promise.resolve().then(attempt).then(() => went.push(name), () => undefined);
  }
  setTimeout(() => { document.title = 'went: ' + went.join(); }, 1000);
  };
  window.addEventListener('load', () => setTimeout(begin, 100));
`;

it('lets no request leave the clone’s origin, whatever its script tries, and counts what it stopped', async () => {
  const { port, arrived, close } = await listener();
  const { dir, remove } = await writeCloneFolder(listWorld, hostile(port));
  const engine = createBrowserEngine({ executablePath });
  try {
    const episode = await engine.open({ clone: { world: listWorld, hash: '0', dir }, account: 'two' });
    const deadline = Date.now() + 10_000;
    let seen = await episode.observe();
    while (!seen.title.startsWith('went:') && Date.now() < deadline) seen = await episode.observe();
    expect(seen.title).toBe('went:');
    expect(seen.aria).toContain('Buy milk');
    expect(arrived()).toEqual([]);
    expect(engine.blocked().urls).toContain(`ws://127.0.0.1:${port}/`);
    await episode.close();
  } finally {
    await engine.close();
    await remove();
    close();
  }
});

/** Ways in which a script leads its page away. */
const leaving = {
  address: (url: string) => `location.href = '${url}'`,
  form: (url: string) =>
    `const form = Object.assign(document.createElement('form'), { action: '${url}' }); document.body.append(form); form.submit()`,
};

it.each(Object.entries(leaving))('ends with an infrastructure error where a clone’s script leads its page away by %s', async (_, leave) => {
  const { port, arrived, close } = await listener();
  const script = `setTimeout(() => { ${leave(`http://127.0.0.1:${port}/`)} }, 1000)`;
  const { dir, remove } = await writeCloneFolder(listWorld, script);
  const engine = createBrowserEngine({ executablePath, patience: 3000 });
  try {
    const episode = await engine.open({ clone: { world: listWorld, hash: '0', dir }, account: 'two' });
    const watch = async (): Promise<never> => {
      for (;;) await episode.observe();
    };
    await expect(watch()).rejects.toThrow(InfraError);
    expect(arrived()).toEqual([]);
    await episode.close();
  } finally {
    await engine.close();
    await remove();
    close();
  }
});

const uses = ['Run', 'Leave', 'Open window'].map((name) => ({ role: 'link', name, nth: 0 }));
const send = { role: 'button', name: 'Send', nth: 0 };

it('tries nothing that leaves the clone’s origin, whatever its world holds and the user does with it', async () => {
  const { port, arrived, close } = await listener();
  const world = hostileWorld(`http://127.0.0.1:${port}/`);
  const { dir, remove } = await writeCloneFolder(world);
  const engine = createBrowserEngine({ executablePath });
  try {
    const episode = await engine.open({ clone: { world, hash: '0', dir }, account: 'two' });
    for (const target of [...uses, send, { role: 'checkbox', name: 'Done', nth: 0 }]) {
      const { refused, observation } = await episode.act({ kind: 'click', target });
      expect(refused, target.name).toBeUndefined();
      expect(observation.aria, target.name).toContain('Buy milk');
    }
    await episode.act({ kind: 'wait' });
    expect(engine.blocked().urls).toEqual([]);
    expect(arrived()).toEqual([]);
    await episode.close();
  } finally {
    await engine.close();
    await remove();
    close();
  }
});

/** Serves a hostile world to a browser without any switch and uses all of it; tells what stood there afterwards, and what arrived. */
async function inBareBrowser(isPolicyOff: boolean): Promise<{ isHome: boolean; shown: string; pages: number; arrived: string[] }> {
  const { port, arrived, close } = await listener();
  const { dir, remove } = await writeCloneFolder(hostileWorld(`http://127.0.0.1:${port}/`));
  const served = await serveClone(dir, { account: 'two' });
  const browser = await chromium.launch({ executablePath });
  try {
    const page = await browser.newPage({ bypassCSP: isPolicyOff });
    if (isPolicyOff) {
      await page.route(`${served.url}/**`, async (route) => {
        const response = await route.fetch();
        const { 'connection-allowlist': _, ...headers } = response.headers();
        await route.fulfill({ response, headers });
      });
    }
    await page.goto(served.url);
    const home = page.url();
    for (const { role, name } of [...uses, send]) await page.getByRole(role as 'link', { name, exact: true }).click();
    await page.getByRole('link', { name: 'Leave' }).click({ button: 'middle' });
    await page.getByRole('checkbox').first().click();
    await page.waitForTimeout(1000);
    const pages = browser.contexts().flatMap((context) => context.pages()).length;
    return { isHome: page.url() === home, shown: await page.locator('body').ariaSnapshot(), pages, arrived: arrived() };
  } finally {
    await browser.close();
    await served.close();
    await remove();
    close();
  }
}

it('keeps a hostile world in where it is served to a browser without any switch', async () => {
  const { isHome, shown, pages, arrived } = await inBareBrowser(false);
  expect({ isHome, pages, arrived }).toEqual({ isHome: true, pages: 1, arrived: [] });
  expect(shown).toContain('Buy milk');
});

it('would see what a hostile world loads, were it not for the policies that it is served with', async () => {
  const { isHome, pages, arrived } = await inBareBrowser(true);
  expect({ isHome, pages }).toEqual({ isHome: true, pages: 1 });
  expect(arrived.length).toBeGreaterThan(0);
});

it('hears whatever does arrive (the listener of the test above)', async () => {
  const { port, arrived, close } = await listener();
  await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
  expect(arrived()).toEqual(['tcp']);
  close();
});
