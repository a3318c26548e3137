import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { anything, fuzzRuns, fuzzTime, hostileTexts, mutations } from '../../../scripts/fuzz.ts';
import { createGeneratorApp } from '../src/http/app.ts';
import { Jobs } from '../src/jobs.ts';
import { Store } from '../src/store.ts';

/** No request may keep the service busy for longer than this, in milliseconds. */
const longest = 5000;
const host = '127.0.0.1';
const limits = { bytesPerFile: 2000, bytesPerProject: 20_000, filesPerProject: 20, projects: 100_000 };

let root: string;
let ask: (method: string, to: string, body?: BodyInit, type?: string) => Promise<{ readonly status: number; readonly text: string }>;
let jobs: Jobs;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'backlot-generator-fuzz-'));
  const data = path.join(root, 'a', 'data');
  await mkdir(data, { recursive: true });
  await writeFile(path.join(root, 'a', 'outside.har'), 'untouched');
  const store = new Store(data, limits, () => 0);
  jobs = new Jobs(store, { command: [process.execPath, '-e', ''] }, 60_000);
  const app = createGeneratorApp({ store, jobs, token: undefined });
  ask = async (method, to, body, type = 'application/json') => {
    const sent: RequestInit = body === undefined ? {} : { body };
    const headers = new Headers({ host, ...(body === undefined ? {} : { 'content-type': type }) });
    const answer = await app.request(`http://${host}${to}`, { method, headers, ...sent });
    return { status: answer.status, text: await answer.text() };
  };
});
afterEach(async () => {
  await jobs.close();
  await rm(root, { recursive: true, force: true });
});

async function holds(work: () => ReturnType<typeof ask>): Promise<string> {
  const began = performance.now();
  const { status, text } = await work();
  expect(performance.now() - began).toBeLessThan(longest);
  expect(status, text).toBeLessThan(500);
  expect(Object.keys(Object.prototype)).toEqual([]);
  return text;
}

async function project(): Promise<string> {
  return (JSON.parse((await ask('POST', '/projects', '{"name":"shop"}')).text) as { id: string }).id;
}

/** What lies beside the folder of the service. */
const beside = async (): Promise<readonly string[]> =>
  (await readdir(root, { recursive: true })).filter((name) => !name.startsWith(path.join('a', 'data', 'projects'))).toSorted();

const texts = fc.oneof(
  anything.map((value) => JSON.stringify(value)),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom(...hostileTexts),
);

it('a project of any kind is made or refused in words, and given back as it was made', { timeout: fuzzTime }, async () => {
  const about = mutations({ name: 'shop', privacy: 'keep', tasks: 3 }).map((value) => JSON.stringify(value) ?? '');
  const type = fc.constantFrom('application/json', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', '');
  await fc.assert(
    fc.asyncProperty(fc.oneof(about, texts), type, async (body, how) => {
      await holds(() => ask('POST', '/projects', body, how));
    }),
    fuzzRuns(2000),
  );
  const list = JSON.parse((await ask('GET', '/projects')).text) as { id: string; name: string }[];
  for (const { id, name } of list.slice(0, 50)) expect(JSON.parse((await ask('GET', `/projects/${id}`)).text)).toMatchObject({ name });
  expect(await beside()).toEqual(['a', 'a/data', 'a/outside.har']);
});

it('a log of any name and content is kept in its project, or refused and kept nowhere', { timeout: fuzzTime }, async () => {
  const part = fc.oneof(fc.constantFrom(...hostileTexts, '..', '/', '%2f', '%5c', '\\', '.har', 'a', '..%2f..%2foutside'), fc.string());
  const name = fc
    .tuple(fc.array(part, { maxLength: 3 }), fc.constantFrom('.har', '.rrweb.json', '.json.gz', '.zip', '', '/', '.meta.json'))
    .map(([parts, end]) => `${parts.join('')}${end}`);
  const content = fc.oneof(
    fc.uint8Array({ maxLength: 3000 }).map((drawn) => Buffer.from(drawn)),
    texts,
  );
  const isEncoded = fc.boolean();
  let id = await project();
  let n = 0;
  await fc.assert(
    fc.asyncProperty(name, content, isEncoded, async (drawn, body, encode) => {
      if (++n % 15 === 0) id = await project();
      const to = `/projects/${id}/logs/${encode ? encodeURIComponent(drawn.toWellFormed()) : drawn}`;
      if (!URL.canParse(`http://${host}${to}`)) return;
      await holds(() => ask('PUT', to, body, 'application/octet-stream'));
      const { logs } = JSON.parse(await holds(() => ask('GET', `/projects/${id}`))) as { logs: { name: string }[] };
      const kept = await readdir(path.join(root, 'a', 'data', 'projects', id, 'logs'));
      expect(kept.toSorted()).toEqual(logs.map((log) => log.name).toSorted());
    }),
    fuzzRuns(2000),
  );
  expect(await beside()).toEqual(['a', 'a/data', 'a/outside.har']);
});

it('an address of any kind is answered or refused in words', { timeout: fuzzTime }, async () => {
  const id = await project();
  const part = fc.oneof(
    fc.constantFrom(...hostileTexts, id, 'projects', 'logs', 'clone.tar.gz', 'explain', 'suite.json', 'events', '..', '%2e%2e'),
    fc.string(),
  );
  const method = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS');
  await fc.assert(
    fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 4 }), method, async (parts, how) => {
      const to = `/${parts.join('/')}`;
      if (URL.canParse(`http://${host}${to}`)) await holds(() => ask(how, to));
    }),
    fuzzRuns(1000),
  );
  expect((await beside()).filter((name) => !name.endsWith('removals.jsonl'))).toEqual(['a', 'a/data', 'a/outside.har']);
});
