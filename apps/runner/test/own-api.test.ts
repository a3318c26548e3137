import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, appendFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parsePolicy } from '@backlot/sandbox';
import { finishedEpisodeSchema } from '@backlot/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import type { Runner } from '../src/index.ts';
import { call, start, tasks, type Json } from './fixtures/runner.ts';
import { sharedService } from './fixtures/shared-service.ts';

const open: { runner: Runner | null; dirs: string[] } = { runner: null, dirs: [] };
const run = async (...args: Parameters<typeof start>): Promise<string> => {
  open.runner = await start(...args);
  return open.runner.url;
};
const shared = sharedService();
const folder = (): string => {
  const dir = mkdtempSync(path.join(tmpdir(), 'backlot-runner-'));
  open.dirs.push(dir);
  return dir;
};
afterEach(async () => {
  await open.runner?.close();
  open.runner = null;
  for (const dir of open.dirs.splice(0)) rmSync(dir, { recursive: true, force: true });
});
const [fill, enter] = tasks[0]!.oracle;

describe('an episode over HTTP', () => {
  it('is opened, stepped, looked ahead in, forked, restored and closed', async () => {
    const url = await shared();
    const opened = await call(`${url}/episodes`, 'POST', { task: tasks[0]!.id, reward: 'dense' });
    expect(opened).toMatchObject({ status: 201, body: { outcome: { reward: null, observation: { instruction: 'Add “Wash the car”.' } } } });
    const episode = `${url}/episodes/${opened.body.id}`;
    expect((await call(`${episode}/step`, 'POST', { move: fill })).body).toMatchObject({ reward: 0, info: { step: 1 } });
    const snapshot = (await call(`${episode}/snapshot`, 'GET')).body;
    expect((await call(`${episode}/peek`, 'POST', { move: enter })).body).toMatchObject({ outcome: { reward: 1 }, irreversible: false });
    const fork = await call(`${episode}/fork`, 'POST');
    expect(fork.status).toBe(201);
    expect((await call(`${url}/episodes/${fork.body.id}/step`, 'POST', { move: enter })).body.reward).toBe(1);
    expect((await call(episode, 'GET')).body).toMatchObject({ step: 1, task: tasks[0]!.id, engine: 'text', via: 'http' });
    const last = await call(`${episode}/step`, 'POST', { move: { kind: 'done' } });
    expect(last.body).toMatchObject({ terminated: true, info: { score: 0 } });
    expect((await call(`${episode}/step`, 'POST', { move: enter })).status).toBe(409);
    expect((await call(`${episode}/restore`, 'POST', snapshot)).body).toMatchObject({ terminated: false, info: { step: 1 } });
    expect((await call(`${episode}/state`, 'GET')).body.tables.item).toHaveLength(2);
    expect((await call(`${episode}/reset`, 'POST', { index: 1 })).body.observation.instruction).toBe('Add “Call Bob”.');
    expect((await call(episode, 'DELETE')).status).toBe(204);
    expect((await call(episode, 'GET')).status).toBe(404);
  });

  it('says in words and with a code what is wrong', async () => {
    const url = await shared();
    expect(await call(`${url}/episodes`, 'POST', { task: 'none' })).toMatchObject({
      status: 400,
      body: { error: { code: 'BAD_REQUEST', message: expect.stringContaining('no task "none"') as string } },
    });
    expect((await call(`${url}/episodes`, 'POST', { engine: 'browser' })).body.error.message).toContain('no browser engine; it has text');
    expect((await call(`${url}/episodes`, 'POST', { reward: 'huge' })).body.error.message).toContain('reward');
    expect((await call(`${url}/nowhere`, 'GET')).body.error.message).toContain('See /docs'.toLowerCase());
    expect((await fetch(`${url}/episodes`, { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } })).status).toBe(
      400,
    );
  });

  it('refuses what is nested too deeply or too large to be played, and goes on', async () => {
    const url = await shared();
    const episode = `${url}/episodes/${(await call(`${url}/episodes`, 'POST', {})).body.id}`;
    const snapshot = JSON.stringify((await call(`${episode}/snapshot`, 'GET')).body);
    const rows = Array.from({ length: 60_000 }, (_, i) => `{"id":"r${i}","title":"t"},`).join('');
    const sent = [
      snapshot.replace('"Buy milk"', '['.repeat(50_000) + ']'.repeat(50_000)),
      snapshot.replaceAll('"item":[', `"item":[${rows}`),
      snapshot.replace('"done":false', '"done":{"a":1}'),
      snapshot.replace('"index":0', '"index":7'),
    ];
    for (const body of sent) {
      const answer = await fetch(`${episode}/restore`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
      expect([answer.status, ((await answer.json()) as Json).error.code]).toEqual([400, 'BAD_REQUEST']);
    }
    expect((await call(`${episode}/step`, 'POST', { move: fill })).status).toBe(200);
  });

  it('stands under the policies that the service was started with', async () => {
    const policy = parsePolicy(
      'v: 1\nname: no-fill\nrules:\n  - id: fill\n    deny: Nothing is written.\n    when: { action: fill }\n  - id: rest\n    allow: It is fine.\n    when: {}\n',
    );
    const url = await run({ policies: [policy] });
    const watched = (await call(`${url}/episodes`, 'POST', {})).body.id;
    expect((await call(`${url}/episodes/${watched}/step`, 'POST', { move: fill })).body.info).toMatchObject({
      refused: expect.stringContaining('Nothing is written') as string,
      decision: { verb: 'deny', rule: 'fill' },
    });
    const { id } = (await call(`${url}/episodes`, 'POST', { policies: [] })).body;
    expect((await call(`${url}/episodes/${id}/step`, 'POST', { move: fill })).body.info.decision).toMatchObject({ verb: 'deny' });
    expect((await call(`${url}/episodes`, 'POST', { policies: ['other'] })).body.error.message).toContain(
      'no policy "other"; it has no-fill',
    );
  });

  it('stands under an offered policy where it asks for it', async () => {
    const policy = parsePolicy('v: 1\nname: still\nrules:\n  - id: all\n    deny: Nothing is done.\n    when: {}\n');
    const url = await run({ offered: [policy] });
    const step = async (more: object): Promise<unknown> => {
      const { id } = (await call(`${url}/episodes`, 'POST', more)).body;
      return (await call(`${url}/episodes/${id}/step`, 'POST', { move: fill })).body.info.decision?.verb;
    };
    expect([await step({}), await step({ policies: ['still'] })]).toEqual([undefined, 'deny']);
  });

  it('tells what happens to it as Server-Sent Events', async () => {
    const url = await shared();
    const { id } = (await call(`${url}/episodes`, 'POST', {})).body;
    const events = await fetch(`${url}/episodes/${id}/events`);
    await call(`${url}/episodes/${id}/step`, 'POST', { move: fill });
    await call(`${url}/episodes/${id}/step`, 'POST', { move: { kind: 'done' } });
    await call(`${url}/episodes/${id}`, 'DELETE');
    const told = (await events.text()).split('\n').filter((line) => line.startsWith('event: '));
    expect(told).toEqual(['event: step', 'event: step', 'event: end', 'event: closed']);
  });
});

describe('the limits of the service', () => {
  it('keep so many episodes, and say so where there is no room', async () => {
    const url = await run({ maxEpisodes: 2 });
    const { id } = (await call(`${url}/episodes`, 'POST', {})).body;
    await call(`${url}/episodes`, 'POST', {});
    const refused = await fetch(`${url}/episodes`, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await refused.json()).toMatchObject({ error: { code: 'CAPACITY_REACHED', details: { active_sessions: 2, max_sessions: 2 } } });
    expect((await call(`${url}/episodes/${id}/fork`, 'POST')).status).toBe(503);
    await call(`${url}/episodes/${id}`, 'DELETE');
    expect((await call(`${url}/episodes`, 'POST', {})).status).toBe(201);
  });

  it('close episodes that nobody uses, without a score', async () => {
    const out = folder();
    const url = await run({ idleMs: 300, out });
    const { id } = (await call(`${url}/episodes`, 'POST', {})).body;
    await call(`${url}/episodes/${id}/step`, 'POST', { move: fill });
    await expect.poll(async () => (await call(`${url}/episodes/${id}`, 'GET')).status, { timeout: 15_000 }).toBe(404);
    const lines = (await (await fetch(`${url}/finished`)).text()).trim().split('\n');
    expect(lines.map((line) => finishedEpisodeSchema.parse(JSON.parse(line)))).toMatchObject([{ id, ending: 'abandoned', reward: null }]);
  });

  it('let only so many requests wait for one episode', async () => {
    const url = await shared();
    const { id } = (await call(`${url}/episodes`, 'POST', {})).body;
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => call(`${url}/episodes/${id}/peek`, 'POST', { move: { kind: 'reload' } })),
    );
    const statuses = new Set(answers.map(({ status }) => status));
    expect([...statuses].every((status) => status === 200 || status === 429)).toBe(true);
    expect(statuses.has(200)).toBe(true);
  });

  it('drain: open episodes go on, new ones are refused', async () => {
    const url = await run();
    const { id } = (await call(`${url}/episodes`, 'POST', {})).body;
    const drained = open.runner!.drain(10_000);
    expect((await call(`${url}/episodes`, 'POST', {})).body.error.code).toBe('DRAINING');
    expect((await call(`${url}/health`, 'GET')).body).toEqual({ status: 'degraded' });
    expect((await call(`${url}/episodes/${id}/step`, 'POST', { move: fill })).status).toBe(200);
    await call(`${url}/episodes/${id}`, 'DELETE');
    await drained;
    await expect(fetch(`${url}/health`)).rejects.toThrow();
    open.runner = null;
  });
});

describe('who may use the service', () => {
  it('is whoever knows the token; its health is for everyone', async () => {
    const url = await run({}, { token: 'secret' });
    expect((await fetch(`${url}/episodes`)).status).toBe(401);
    expect((await fetch(`${url}/episodes`, { headers: { authorization: 'Bearer secret' } })).status).toBe(200);
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });

  it('is this machine alone without one, by no foreign name and from no foreign page', async () => {
    const url = await shared();
    const statusOf = (headers: Record<string, string>): Promise<number | undefined> =>
      new Promise((done) => request(`${url}/episodes`, { headers }, (answer) => done(answer.statusCode)).end());
    expect(await statusOf({ host: 'evil.example' })).toBe(403);
    expect(await statusOf({ origin: 'http://evil.example' })).toBe(403);
    expect(await statusOf({})).toBe(200);
  });

  it('is not everyone: other addresses need a token', async () => {
    await expect(start({}, { host: '0.0.0.0' })).rejects.toThrow('give it a token');
  });
});

describe('what the service tells of itself', () => {
  it('is an OpenAPI document of all endpoints, and a page of it that loads nothing', async () => {
    const url = await shared();
    const { openapi, paths } = (await call(`${url}/openapi.json`, 'GET')).body;
    expect(openapi).toBe('3.1.0');
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining(['/episodes', '/episodes/{id}/step', '/episodes/{id}/peek', '/reset', '/step', '/state']),
    );
    const page = await (await fetch(`${url}/docs`)).text();
    expect(page).toContain('<code>/episodes/{id}/fork</code>');
    expect(page).not.toMatch(/<script|https?:\/\/|<link/);
  });

  it('counts in the form of Prometheus', async () => {
    const url = await run();
    const { id } = (await call(`${url}/episodes`, 'POST', {})).body;
    await call(`${url}/episodes/${id}/step`, 'POST', { move: { kind: 'done' } });
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain('backlot_episodes_open 1');
    expect(metrics).toContain('backlot_episodes_ended_total{ending="done"} 1');
    expect(metrics).toContain('backlot_step_seconds_count{engine="text"} 1');
  });

  it('lists the tasks without their verifiers', async () => {
    const { body } = await call(`${await shared()}/tasks`, 'GET');
    expect(body.tasks).toHaveLength(3);
    expect(JSON.stringify(body)).not.toMatch(/verifier|goals|oracle/);
  });
});

describe('finished episodes', { timeout: 120_000 }, () => {
  it('are there after the process was killed', async () => {
    const out = folder();
    const main = fileURLToPath(new URL('./fixtures/serve.ts', import.meta.url));
    const child = spawn(process.execPath, ['--conditions=@backlot/source', main, out], { stdio: ['ignore', 'pipe', 'inherit'] });
    const url = await new Promise<string>((ready) => child.stdout.once('data', (data: Buffer) => ready(data.toString().trim())));
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) {
      const { id } = (await call(`${url}/episodes`, 'POST', { index: 0 })).body;
      for (const move of [fill, enter, { kind: 'done' }]) await call(`${url}/episodes/${id}/step`, 'POST', { move });
      ids.push(id);
    }
    child.kill('SIGKILL');
    await new Promise((gone) => child.once('exit', gone));
    appendFileSync(path.join(out, 'episodes.jsonl'), '{"v":1,"cut o');
    const again = await run({ out });
    const { id } = (await call(`${again}/episodes`, 'POST', { index: 0 })).body;
    await call(`${again}/episodes/${id}/step`, 'POST', { move: { kind: 'done' } });
    const kept = (await (await fetch(`${again}/finished`)).text())
      .trim()
      .split('\n')
      .map((line) => finishedEpisodeSchema.parse(JSON.parse(line)));
    expect(kept.map((each) => [each.id, each.reward])).toEqual([...ids.map((each) => [each, 1]), [id, 0]]);
    expect(kept[0]?.steps.map(({ action }) => action)).toEqual([fill, enter]);
    expect(readFileSync(path.join(out, 'episodes.jsonl'), 'utf8')).toMatch(/\{"v":1,"cut o\n+\{"v":1/);
  });
});
