import { unlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ServedClone } from '../../src/serve/index.ts';
import { serveClone } from '../../src/serve/index.ts';
import { makeFolder } from './fixtures.ts';

let folder: Awaited<ReturnType<typeof makeFolder>>;
let clone: ServedClone;

beforeEach(async () => {
  folder = await makeFolder();
  clone = await serveClone(folder.dir);
});
afterEach(async () => {
  await clone.close();
  await folder.remove();
});

const get = (path: string, init?: RequestInit) => fetch(clone.url + path, init);

/** Sends a request line as it stands: `fetch` would tidy the path. */
function raw(path: string): Promise<string> {
  const { port, hostname } = new URL(clone.url);
  return new Promise((done, failed) => {
    const socket = connect(Number(port), hostname, () => socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`));
    let text = '';
    socket.on('data', (chunk) => (text += chunk));
    socket.on('end', () => done(text)).on('error', failed);
  });
}

describe('serveClone', () => {
  it('answers the files of a clone with their content types', async () => {
    const types = async (path: string) => (await get(path)).headers.get('content-type');
    expect(await types('/runtime.js')).toBe('text/javascript; charset=utf-8');
    expect(await types('/world.json')).toBe('application/json; charset=utf-8');
    expect(await types('/assets/0a1b-logo.png')).toBe('image/png');
    expect(await types('/assets/0a1b-style.css')).toBe('text/css; charset=utf-8');
    expect(await (await get('/explain/')).text()).toContain('Explained');
  });

  it.each(['/', '/items/3', '/a.b/c.html', '/index.html', '/examples/dist/index.html', '/?x=1', '/%zz', '/explain', '/assets/'])(
    'answers the index page at %s, a path of the application',
    async (path) => {
      const response = await get(path);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(await response.text()).toContain('backlot-account');
    },
  );

  it('answers 404 for a missing picture', async () => {
    expect((await get('/gone.png', { headers: { 'sec-fetch-dest': 'image' } })).status).toBe(404);
  });

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/link.txt',
    '/notes.txt',
  ])('does not give away %s', async (path) => {
    const answer = await raw(path);
    expect(answer).toContain('HTTP/1.1');
    expect(answer).not.toMatch(/secret\n|^secret|\r\n\r\nsecret|private/);
    expect(answer).not.toContain('text/plain');
  });

  it('answers HEAD without a body, and refuses what would change data', async () => {
    const head = await get('/', { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(await head.text()).toBe('');
    const post = await get('/settings', { method: 'POST', body: 'a=1' });
    expect(post.status).toBe(405);
    expect(post.headers.get('allow')).toBe('GET, HEAD');
  });

  it('forbids a page all that a clone never does, on every answer', async () => {
    for (const path of ['/', '/runtime.js', '/explain/', '/assets/0a1b-logo.png']) {
      const { headers } = await get(path);
      const policy = headers.get('content-security-policy');
      for (const part of ["default-src 'self'", "script-src 'self'", "form-action 'none'", "base-uri 'none'", "frame-src 'none'"])
        expect(policy).toContain(part);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it('lets nothing be kept of the page, and answers an unchanged file with 304', async () => {
    expect((await get('/')).headers.get('cache-control')).toBe('no-store');
    const etag = (await get('/world.json')).headers.get('etag') ?? '';
    expect((await get('/world.json', { headers: { 'if-none-match': etag } })).status).toBe(304);
  });

  it('writes the account into the page', async () => {
    const other = await serveClone(folder.dir, { account: 'ada' });
    expect(await (await fetch(other.url)).text()).toContain('<meta name="backlot-account" content="ada">');
    await other.close();
  });

  it('refuses an unknown account with the known ones', async () => {
    await expect(serveClone(folder.dir, { account: 'eve' })).rejects.toThrow(/no account "eve".*ada/);
  });

  it('refuses a folder that is no clone, and a port that is taken', async () => {
    await expect(serveClone(folder.dir, { port: Number(new URL(clone.url).port) })).rejects.toThrow(/is taken/);
    await unlink(join(folder.dir, 'runtime.js'));
    await expect(serveClone(folder.dir)).rejects.toThrow(/lacks runtime\.js/);
    await expect(serveClone(join(folder.dir, 'nowhere'))).rejects.toThrow(/can't be read/);
  });

  it('closes with connections open', async () => {
    const other = await serveClone(folder.dir);
    await fetch(other.url);
    await other.close();
    await expect(fetch(other.url)).rejects.toThrow();
  });
});
