import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serveGenerator, type GeneratorOptions, type RunningGenerator } from '../src/index.ts';

/** Stands in for the command: says how far it is, waits where a file tells it to, and writes a clone of one page. */
const script = `
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
const [command, logs, , out, , file] = process.argv.slice(2);
if (process.env.BACKLOT_TOKEN || process.env.ANTHROPIC_API_KEY) { process.stderr.write('knows a secret\\n'); process.exit(2); }
if (command === 'tasks') { writeFileSync(file, JSON.stringify({ n: out })); process.exit(1); }
process.stderr.write('reading logs\\n');
const names = readdirSync(logs);
if (names.includes('bad.json')) { process.stderr.write('backlot: bad.json is no log.\\n'); process.exit(2); }
while (names.includes('slow.json') && existsSync(process.env.HOLD)) await new Promise((go) => setTimeout(go, 20));
mkdirSync(out + '/explain', { recursive: true });
writeFileSync(out + '/world.json', JSON.stringify(names));
writeFileSync(out + '/explain/index.html', '<h1>Learned</h1>');
`;

let dir: string;
let service: RunningGenerator;
const at = (name: string): string => path.join(dir, name);

const start = async (more: Partial<GeneratorOptions> = {}): Promise<RunningGenerator> =>
  (service = await serveGenerator({
    dir: at('data'),
    synthesiser: { command: [process.execPath, at('synth.mjs')] },
    limits: { bytesPerFile: 100, bytesPerProject: 150, filesPerProject: 3, projects: 4 },
    now: () => 0,
    ...more,
  }));

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'backlot-generator-'));
  await writeFile(at('synth.mjs'), script);
  await writeFile(at('hold'), '');
  process.env['HOLD'] = at('hold');
  await start();
});
afterEach(async () => {
  await rm(at('hold'), { force: true });
  await service.close();
  await rm(dir, { recursive: true, force: true });
});

const ask = (method: string, to: string, body?: BodyInit, headers: Record<string, string> = {}) =>
  fetch(`${service.url}${to}`, { method, headers, ...(body === undefined ? {} : { body }) });

async function project(...logs: readonly string[]): Promise<string> {
  const made = await ask('POST', '/projects', JSON.stringify({ name: 'shop' }), { 'content-type': 'application/json' });
  expect(made.status).toBe(201);
  const { id } = (await made.json()) as { id: string };
  for (const name of logs) expect((await ask('PUT', `/projects/${id}/logs/${name}`, '[]')).status).toBe(201);
  return id;
}

const jobOf = async (id: string) =>
  ((await (await ask('GET', `/projects/${id}`)).json()) as { job: { state: string; attempts: number } }).job;

async function synthesised(id: string): Promise<string> {
  expect((await ask('POST', `/projects/${id}/synthesis`)).status).toBe(202);
  return (await ask('GET', `/projects/${id}/events`)).text();
}

describe('the generator', () => {
  it('takes logs in and gives a clone out, telling how far it is', async () => {
    const id = await project('s1.rrweb.json', 's1.har');
    const events = await synthesised(id);
    expect(events).toContain('event: running');
    expect(events).toContain('event: done');
    const archive = await ask('GET', `/projects/${id}/clone.tar.gz`);
    const bytes = Buffer.from(await archive.arrayBuffer());
    expect(gunzipSync(bytes).toString()).toContain('["s1.har","s1.rrweb.json"]');
    expect(Buffer.from(await (await ask('GET', `/projects/${id}/clone.tar.gz`)).arrayBuffer()).equals(bytes)).toBe(true);
    expect(await (await ask('GET', `/projects/${id}/explain`)).text()).toContain('Learned');
  });

  it('builds a suite with the clone where one is wanted', async () => {
    const made = await ask('POST', '/projects', JSON.stringify({ name: 'shop', tasks: 4 }), { 'content-type': 'application/json' });
    const { id } = (await made.json()) as { id: string };
    await ask('PUT', `/projects/${id}/logs/a.har`, '[]');
    await synthesised(id);
    expect(await (await ask('GET', `/projects/${id}/suite.json`)).json()).toEqual({ n: '4' });
  });

  it('says why synthesis failed', async () => {
    const id = await project('bad.json');
    expect(await synthesised(id)).toContain('bad.json is no log');
    expect((await ask('GET', `/projects/${id}/clone.tar.gz`)).status).toBe(409);
  });

  it.each([
    ['a name that leads elsewhere', '..%2Fproject.json', '[]', 415],
    ['a name that is no log', 'evil.exe', '[]', 415],
    ['a file that is too large', 'a.har', 'x'.repeat(101), 413],
  ])('refuses %s, and keeps nothing of it', async (_what, name, body, status) => {
    const id = await project();
    const answer = await ask('PUT', `/projects/${id}/logs/${name}`, body);
    expect([answer.status, await answer.json()]).toEqual([
      status,
      { error: { code: status === 413 ? 'TOO_LARGE' : 'UNSUPPORTED', message: expect.any(String) as string } },
    ]);
    expect(await (await ask('GET', `/projects/${id}`)).json()).toMatchObject({ logs: [] });
  });

  it('keeps within what a project may hold', async () => {
    const id = await project('a.har');
    expect((await ask('PUT', `/projects/${id}/logs/b.har`, 'x'.repeat(90))).status).toBe(201);
    expect((await ask('PUT', `/projects/${id}/logs/c.har`, 'x'.repeat(90))).status).toBe(413);
  });

  it('keeps within that where several files come at a time', async () => {
    const id = await project();
    const names = ['a', 'b', 'c', 'd', 'e'];
    const answers = await Promise.all(names.map((name) => ask('PUT', `/projects/${id}/logs/${name}.har`, 'x'.repeat(70))));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 201, 413, 413, 413]);
    const { logs } = (await (await ask('GET', `/projects/${id}`)).json()) as { logs: { bytes: number }[] };
    expect(logs.map(({ bytes }) => bytes)).toEqual([70, 70]);
    expect(await readdir(at(`data/projects/${id}`))).toEqual(['logs', 'project.json']);
  });

  it('keeps so many projects, and reads no large body about one', async () => {
    const made = { 'content-type': 'application/json' };
    for (let i = 0; i < 4; i++) await project();
    expect((await ask('POST', '/projects', '{"name":"one more"}', made)).status).toBe(413);
    const large = await ask('POST', '/projects', JSON.stringify({ name: 'x'.repeat(2 << 20) }), made);
    expect([large.status, await large.json()]).toEqual([
      413,
      { error: { code: 'TOO_LARGE', message: expect.stringContaining('1 MB') as string } },
    ]);
  });

  it('fails a job that takes too long, and goes on with the next', async () => {
    await service.close();
    await start({ jobMs: 1500 });
    const [slow, next] = [await project('slow.json'), await project('a.har')];
    for (const id of [slow, next]) await ask('POST', `/projects/${id}/synthesis`);
    await expect
      .poll(() => jobOf(slow), { timeout: 20_000 })
      .toMatchObject({ state: 'failed', error: expect.stringContaining('longer than') as string });
    await expect.poll(() => jobOf(next), { timeout: 20_000 }).toMatchObject({ state: 'done' });
  });

  it('gives what reads the logs none of its secrets', async () => {
    await service.close();
    process.env['BACKLOT_TOKEN'] = process.env['ANTHROPIC_API_KEY'] = 'secret';
    try {
      await start();
      const id = await project('a.har');
      expect(await synthesised(id)).toContain('event: done');
    } finally {
      delete process.env['BACKLOT_TOKEN'];
      delete process.env['ANTHROPIC_API_KEY'];
    }
  });

  it('forgets what an earlier service was taking in when it was killed', async () => {
    const id = await project();
    await service.close();
    await writeFile(at(`data/projects/${id}/upload-1`), 'half of a log');
    await start();
    expect(await readdir(at(`data/projects/${id}`))).toEqual(['logs', 'project.json']);
  });

  it('goes on with a job after it was killed, and answers nothing before it knows of it', async () => {
    await service.close();
    const main = fileURLToPath(new URL('./fixtures/serve.ts', import.meta.url));
    const args = ['--conditions=@backlot/source', main, at('data'), at('synth.mjs')];
    const killed = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const url = await new Promise<string>((ready) => killed.stdout.once('data', (data: Buffer) => ready(data.toString().trim())));
    service = { url, close: async () => void killed.kill('SIGKILL') };
    const id = await project('slow.json');
    await ask('POST', `/projects/${id}/synthesis`);
    await expect.poll(async () => (await jobOf(id)).state, { timeout: 10_000 }).toBe('running');
    killed.kill('SIGKILL');
    await new Promise((gone) => killed.once('exit', gone));
    await start();
    expect(['waiting', 'running']).toContain((await jobOf(id)).state);
    expect((await ask('POST', `/projects/${id}/synthesis`)).status).toBe(409);
    await rm(at('hold'));
    await expect.poll(() => jobOf(id), { timeout: 10_000 }).toMatchObject({ state: 'done', attempts: 2 });
    expect(await readdir(at(`data/projects/${id}`))).toEqual(expect.arrayContaining(['clone', 'logs', 'project.json']));
    expect(await readFile(at(`data/projects/${id}/clone/world.json`), 'utf8')).toBe('["slow.json"]');
  });

  it('deletes all of a project, and proves what was removed', async () => {
    const id = await project('a.har');
    await synthesised(id);
    const removal = (await (await ask('DELETE', `/projects/${id}`)).json()) as {
      removed: { name: string; sha256: string }[];
      left: number;
    };
    expect(removal.left).toBe(0);
    expect(removal.removed.map(({ name }) => name)).toEqual(['clone/explain/index.html', 'clone/world.json', 'logs/a.har', 'project.json']);
    expect(removal.removed[2]?.sha256).toBe('4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945');
    expect((await ask('GET', `/projects/${id}`)).status).toBe(404);
    expect(JSON.parse(await readFile(at('data/removals.jsonl'), 'utf8'))).toMatchObject({ id, left: 0 });
  });

  it('deletes a project while it is synthesised', async () => {
    const id = await project('slow.json');
    await ask('POST', `/projects/${id}/synthesis`);
    await expect.poll(async () => (await jobOf(id)).state).toBe('running');
    expect((await ask('DELETE', `/projects/${id}`)).status).toBe(200);
    expect(await (await ask('GET', '/projects')).json()).toEqual([]);
  });

  it('deletes a project without waiting for the others in line', async () => {
    const [quick, slow] = [await project('a.har'), await project('slow.json')];
    await synthesised(quick);
    for (const id of [slow, quick]) await ask('POST', `/projects/${id}/synthesis`);
    await expect.poll(async () => (await jobOf(slow)).state).toBe('running');
    expect((await ask('DELETE', `/projects/${quick}`)).status).toBe(200);
    expect((await jobOf(slow)).state).toBe('running');
  });

  it('synthesises a project once that is begun while another is deleted', async () => {
    for (let ms = 0; ms < 12; ms += 2) {
      const [slow, next] = [await project('slow.json'), await project('a.har')];
      await ask('POST', `/projects/${slow}/synthesis`);
      await expect.poll(async () => (await jobOf(slow)).state).toBe('running');
      const deleted = ask('DELETE', `/projects/${slow}`);
      await new Promise((go) => setTimeout(go, ms));
      expect(await synthesised(next)).toContain('event: done');
      expect((await deleted).status).toBe(200);
      expect(await jobOf(next)).toMatchObject({ state: 'done', attempts: 1 });
      await ask('DELETE', `/projects/${next}`);
    }
  });

  it('answers this machine alone, and no page of another origin, where it has no token', async () => {
    expect((await ask('GET', '/projects', undefined, { origin: 'http://evil.example' })).status).toBe(403);
    const status = await new Promise((done) => {
      request(`${service.url}/projects`, { headers: { host: 'evil.example' } }, ({ statusCode }) => done(statusCode)).end();
    });
    expect(status).toBe(403);
    expect((await ask('GET', '/projects', undefined, { origin: service.url })).status).toBe(200);
  });

  it('begins anew what a service that stopped had not finished, and works off the line behind it', async () => {
    const [slow, next] = [await project('slow.json'), await project('a.har')];
    for (const id of [slow, next]) await ask('POST', `/projects/${id}/synthesis`);
    await expect.poll(async () => (await jobOf(slow)).state).toBe('running');
    await service.close();
    await rm(at('hold'));
    await start();
    await expect.poll(() => jobOf(slow), { timeout: 10_000 }).toMatchObject({ state: 'done', attempts: 2 });
    await expect.poll(() => jobOf(next), { timeout: 10_000 }).toMatchObject({ state: 'done', attempts: 1 });
    // Both waits may take their time, and stopping the service too.
  }, 45_000);

  it('asks for a token, and for one where other machines reach it', async () => {
    await service.close();
    await start({ token: 'secret' });
    expect((await ask('GET', '/projects')).status).toBe(401);
    expect((await ask('GET', '/projects', undefined, { authorization: 'Bearer wrong' })).status).toBe(401);
    expect((await ask('GET', '/projects', undefined, { authorization: 'Bearer secret' })).status).toBe(200);
    expect((await ask('GET', '/health')).status).toBe(200);
    await expect(serveGenerator({ dir: at('other'), synthesiser: { command: ['true'] }, host: '0.0.0.0', now: () => 0 })).rejects.toThrow(
      'give it a token',
    );
  });

  it('describes itself', async () => {
    const { paths } = (await (await ask('GET', '/openapi.json')).json()) as { paths: object };
    expect(Object.keys(paths)).toContain('/projects/{id}/logs/{name}');
  });
});
