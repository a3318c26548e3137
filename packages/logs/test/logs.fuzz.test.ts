import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { anything, fuzzRuns, fuzzTime, hostileTexts, mutations } from '../../../scripts/fuzz.ts';
import { readHarEntry } from '../src/har/entry.ts';
import { readLogs, summarise } from '../src/index.ts';
import { BASE, EventScript } from './fixtures/event-script.ts';

let root: string;
let dir: string;
beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'backlot-fuzz-'));
  dir = mkdtempSync(path.join(root, 'logs-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const script = new EventScript()
  .page('/', ['form', { action: '/add' }, ['input', { id: 'q', name: 'title' }], ['button', { id: 'go' }, 'Add']], ['ul', { id: 'l' }])
  .click('q')
  .type('q', 'Tea')
  .click('go')
  .append('l', ['li', {}, 'Tea'])
  .page('/two?x=1', ['a', { id: 'back', href: '/' }, 'Back'])
  .click('back');

const entry = {
  startedDateTime: '2026-01-01T00:00:00.000Z',
  time: 12,
  _resourceType: 'fetch',
  request: {
    method: 'POST',
    url: `${BASE}/add?x=1`,
    headers: [{ name: 'Content-Type', value: 'application/x-www-form-urlencoded' }],
    postData: {
      mimeType: 'application/x-www-form-urlencoded',
      text: 'title=Tea&title=Milk',
      params: [
        { name: 'title', value: 'Tea' },
        { name: 'file', fileName: 'a.txt', value: 'x' },
      ],
    },
  },
  response: {
    status: 200,
    headers: [{ name: 'Location', value: '/two' }],
    redirectURL: '/two',
    content: { mimeType: 'application/json', text: '{"items":[{"id":1,"title":"Tea"}]}', encoding: 'utf-8' },
  },
};
const har = { log: { version: '1.2', creator: { name: 'x', version: '1' }, entries: [entry, entry] } };
const meta = { app: 'notes', session: 's1', account: 'ada', baseURL: BASE, viewport: { width: 800, height: 600 }, synthetic: true };

it('a log of any kind is read as far as it goes, and what is wrong is said', { timeout: fuzzTime }, async () => {
  const log = fc.record({ events: mutations(script.events), har: mutations(har), meta: mutations(meta), isZipped: fc.boolean() });
  let steps = 0;
  await fc.assert(
    fc.asyncProperty(log, async ({ events, har: requests, meta: said, isZipped }) => {
      const text = JSON.stringify(events);
      for (const name of readdirSync(dir)) rmSync(path.join(dir, name));
      writeFileSync(path.join(dir, `a.rrweb.json${isZipped ? '.gz' : ''}`), isZipped ? gzipSync(text, { level: 1 }) : text);
      writeFileSync(path.join(dir, 'a.har'), JSON.stringify(requests));
      writeFileSync(path.join(dir, 'a.meta.json'), JSON.stringify(said));
      const set = await readLogs(dir);
      expect(typeof summarise(set).words).toBe('string');
      expect(set.sessions.length + set.problems.length).toBeGreaterThan(0);
      steps += set.sessions.reduce((sum, session) => sum + session.steps.length, 0);
      expect(readdirSync(root)).toHaveLength(1);
    }),
    fuzzRuns(20_000),
  );
  expect(steps).toBeGreaterThan(0);
  expect(Object.keys(Object.prototype)).toEqual([]);
});

it('an exchange with any body is read, or it is said what keeps it from being one', { timeout: fuzzTime }, () => {
  const mime = fc.constantFrom(
    'application/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/html; charset=utf-7',
    'image/png',
    'text/css',
    ...hostileTexts,
  );
  const binary = fc.string({ unit: 'binary', maxLength: 200 });
  const body = fc.oneof(
    binary,
    fc.constantFrom(...hostileTexts),
    anything.map((value) => JSON.stringify(value)),
  );
  const posted = fc.oneof(
    fc.record({ mimeType: mime, text: body }),
    fc.record({ mimeType: mime, params: fc.array(fc.record({ name: body, value: body }), { maxLength: 4 }) }),
    anything,
  );
  const content = fc.record({ mimeType: mime, text: body, encoding: fc.constantFrom('base64', 'utf-8', '', 'gzip') });
  const drawn = fc.record({ entry: mutations(entry), posted, content, isOwn: fc.boolean() });
  fc.assert(
    fc.property(drawn, ({ entry: mutated, posted: postData, content: answer, isOwn }) => {
      const given = isOwn
        ? { ...entry, request: { ...entry.request, postData }, response: { ...entry.response, content: answer } }
        : mutated;
      const read = readHarEntry(given, BASE);
      expect(typeof read === 'string' ? read.length : read.exchange.url.length).toBeGreaterThanOrEqual(typeof read === 'string' ? 1 : 0);
      expect(() => JSON.stringify(read)).not.toThrow();
    }),
    fuzzRuns(12_000),
  );
  expect(Object.keys(Object.prototype)).toEqual([]);
});
