import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startThreadedRunner, type Runner } from '../../src/index.ts';
import { lastWord } from '../fixtures/mortal.ts';
import { call, tasks, type Json } from '../fixtures/runner.ts';

const open: { runner: Runner | null; dirs: string[] } = { runner: null, dirs: [] };
afterEach(async () => {
  await open.runner?.close();
  open.runner = null;
  for (const dir of open.dirs.splice(0)) rmSync(dir, { recursive: true, force: true });
});
const run = async (data: object = {}, threads = 2): Promise<string> => {
  open.runner = await startThreadedRunner({ module: new URL('../fixtures/mortal.ts', import.meta.url), data, threads });
  return open.runner.url;
};
const opened = async (url: string): Promise<string> => (await call(`${url}/episodes`, 'POST', { index: 0 })).body.id;
const threadOf = (id: string): string | undefined => id.split('-')[0];
const field = tasks[0]!.oracle[0]!.target;
const die = { kind: 'fill', target: field, value: lastWord };

describe('a service on two threads', () => {
  it('spreads episodes evenly, and lists and counts them all', async () => {
    const url = await run();
    const ids: string[] = [];
    for (let i = 0; i < 6; i++) ids.push(await opened(url));
    expect(ids.map(threadOf).toSorted()).toEqual(['0', '0', '0', '1', '1', '1']);
    const { body } = await call(`${url}/episodes`, 'GET');
    expect([body.open, body.max, body.episodes.map(({ id }: Json) => id).toSorted()]).toEqual([6, 8, ids.toSorted()]);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toMatch(/^backlot_episodes_open 6$/m);
    expect(metrics).toMatch(/^backlot_episodes_max 8$/m);
    expect(metrics).toMatch(/^backlot_episodes_opened_total\{via="http"\} 6$/m);
    expect(metrics.match(/^process_cpu_seconds_total /gm)).toHaveLength(1);
  });

  it('takes so many episodes in all, however its threads fill up', async () => {
    const url = await run({ maxEpisodes: 5 });
    const answers = await Promise.all(Array.from({ length: 12 }, () => call(`${url}/episodes`, 'POST', {})));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(5);
    expect(answers.filter(({ body }) => body.error?.code === 'CAPACITY_REACHED')).toHaveLength(7);
  });

  it('ends the episodes of a thread that ends with an error in words, goes on, and replaces it', async () => {
    const url = await run();
    const [lost, kept] = [await opened(url), await opened(url)];
    const answer = await call(`${url}/episodes/${lost}/step`, 'POST', { move: die });
    expect(answer).toMatchObject({
      status: 502,
      body: { error: { code: 'ENGINE_FAILED', message: expect.stringContaining('begin another one') as string } },
    });
    expect((await call(`${url}/episodes/${kept}`, 'GET')).status).toBe(200);
    expect((await call(`${url}/episodes/${lost}`, 'GET')).body.error).toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('lost with its thread') as string,
    });
    expect((await call(`${url}/episodes`, 'GET')).body.open).toBe(1);
    const openedIn = async (): Promise<string | undefined> => {
      const id = await opened(url);
      await call(`${url}/episodes/${id}`, 'DELETE');
      return threadOf(id);
    };
    await expect.poll(openedIn, { timeout: 15_000 }).toBe(threadOf(lost));
    expect(await (await fetch(`${url}/metrics`)).text()).toMatch(/^backlot_threads_lost_total 1$/m);
  });

  it('tells connections and listeners of a thread that ends', async () => {
    const url = await run();
    const socket = new WebSocket(`${url.replace('http', 'ws')}/ws`);
    await once(socket, 'open');
    const next = async (message: object): Promise<Json> => {
      socket.send(JSON.stringify(message));
      return JSON.parse(String((await once(socket, 'message'))[0]));
    };
    await next({ type: 'reset', data: { index: 0 } });
    const [{ id }] = (await call(`${url}/episodes`, 'GET')).body.episodes;
    const events = await fetch(`${url}/episodes/${id}/events`);
    const closed = once(socket, 'close');
    expect(await next({ type: 'step', data: die })).toMatchObject({
      type: 'error',
      data: { code: 'SESSION_ERROR', message: expect.stringContaining('begin another one') as string },
    });
    expect((await closed)[0]).toBe(1011);
    await expect(events.text()).rejects.toThrow();
  });

  it('sends what is long in parts, as it is taken', async () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'backlot-threads-'));
    open.dirs.push(dir);
    const url = await run({ out: dir });
    const id = await opened(url);
    await call(`${url}/episodes/${id}/step`, 'POST', { move: { kind: 'done' } });
    const [line = ''] = (await (await fetch(`${url}/finished`)).text()).split('\n');
    writeFileSync(path.join(dir, 'episodes.jsonl'), `${line}\n`.repeat(5000));
    const answer = await fetch(`${url}/finished`);
    const reader = answer.body!.getReader();
    await reader.read();
    await reader.cancel();
    expect((await (await fetch(`${url}/finished`)).text()).split('\n')).toHaveLength(5001);
  });

  it('does not begin where its threads can not, and says why', async () => {
    await expect(run({ out: '/dev/null/nowhere' })).rejects.toThrow(/nowhere/);
  });
});
