import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { anything, fuzzRuns, fuzzTime, hostileTexts, mutations } from '../../../scripts/fuzz.ts';
import type { Runner } from '../src/index.ts';
import { Hub } from '../src/episodes/hub.ts';
import { createApp } from '../src/http/app.ts';
import { options, start, tasks, type Json } from './fixtures/runner.ts';

/** No request may keep the service busy for longer than this, in milliseconds. */
const longest = 5000;
const [fill] = tasks[0]!.oracle;
const host = '127.0.0.1';

let hub: Hub;
let ask: (method: string, path: string, body?: string) => Promise<{ readonly status: number; readonly body: Json }>;
let runner: Runner;

beforeAll(async () => {
  hub = await Hub.start({ ...options, maxEpisodes: 100_000 });
  const app = createApp(hub, undefined);
  ask = async (method, path, body) => {
    const init = body === undefined ? {} : { body, headers: { host, 'content-type': 'application/json' } };
    const answer = await app.request(`http://${host}${path}`, { method, headers: { host }, ...init });
    const text = await answer.text();
    return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : text };
  };
  runner = await start({ maxEpisodes: 100_000 });
});
afterAll(async () => {
  await hub.close();
  await runner.close();
});

const opened = async (): Promise<string> => (await ask('POST', '/episodes', '{}')).body.id as string;

/** Answers in words, within time, and leaves what it was not about as it was. */
async function holds(work: () => Promise<{ readonly status: number; readonly body: Json }>): Promise<void> {
  const began = performance.now();
  const { status, body } = await work();
  expect(performance.now() - began).toBeLessThan(longest);
  expect(status, JSON.stringify(body)).toBeLessThan(500);
  expect(Object.keys(Object.prototype)).toEqual([]);
}

const texts = fc.oneof(
  anything.map((value) => JSON.stringify(value)),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom(...hostileTexts),
);
const mutated = (value: unknown): fc.Arbitrary<string> => mutations(value).map((each) => JSON.stringify(each) ?? '');
const call = (method: string, params: object): object => ({ jsonrpc: '2.0', id: 1, method, params });
const valid = {
  open: { task: tasks[0]!.id, index: 0, seed: 1, engine: 'text', policies: [], reward: 'dense', views: ['refs', 'html'], maxSteps: 5 },
  step: { move: { ...fill }, views: ['refs', 'changes'] },
  tool: { move: { tool_name: 'browser_type', arguments: { ref: 'e1', text: 'a', submit: true } } },
  line: { move: "fill('e1', 'a')" },
  point: { move: { action: 'left_click', coordinate: [10, 20] } },
  rpc: call('tools/call', { name: 'browser_click', arguments: { element: 'a', ref: 'e1' }, session_id: 'x' }),
  initialize: call('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } }),
};

const requests = fc.oneof(
  fc.record({ path: fc.constant('/episodes'), body: fc.oneof(mutated(valid.open), texts) }),
  fc.record({ path: fc.constant('/episodes/ID/reset'), body: fc.oneof(mutated(valid.open), texts) }),
  ...(['step', 'tool', 'line', 'point'] as const).map((kind) =>
    fc.record({ path: fc.constantFrom('/episodes/ID/step', '/episodes/ID/peek'), body: fc.oneof(mutated(valid[kind]), texts) }),
  ),
  fc.record({ path: fc.constantFrom('/reset', '/step', '/backlot-list/task', '/backlot-list/task_range'), body: texts }),
  fc.record({ path: fc.constant('/mcp'), body: fc.oneof(mutated(valid.rpc), mutated(valid.initialize), texts) }),
);

it('a request with any body is answered or refused in words, and changes no other episode', { timeout: fuzzTime }, async () => {
  const bystander = await opened();
  const before = (await ask('GET', `/episodes/${bystander}/state`)).body;
  let id = await opened();
  let n = 0;
  await fc.assert(
    fc.asyncProperty(requests, async ({ path, body }) => {
      if (++n % 20 === 0) id = await opened();
      await holds(() => ask('POST', path.replace('ID', id), body));
    }),
    fuzzRuns(4000),
  );
  expect((await ask('GET', `/episodes/${bystander}/state`)).body).toEqual(before);
});

it('a snapshot of any kind is refused, or restored into an episode that goes on', { timeout: fuzzTime }, async () => {
  const id = await opened();
  await ask('POST', `/episodes/${id}/step`, JSON.stringify({ move: fill }));
  const snapshot: Json = (await ask('GET', `/episodes/${id}/snapshot`)).body;
  await fc.assert(
    fc.asyncProperty(mutated(snapshot), async (body) => {
      const fresh = await opened();
      await holds(() => ask('POST', `/episodes/${fresh}/restore`, body));
      await holds(() => ask('POST', `/episodes/${fresh}/step`, JSON.stringify({ move: fill })));
      await holds(() => ask('DELETE', `/episodes/${fresh}`));
    }),
    fuzzRuns(2000),
  );
});

it('an address of any kind is answered or refused in words', { timeout: fuzzTime }, async () => {
  const part = fc.oneof(
    fc.constantFrom(...hostileTexts, 'episodes', 'mcp', 'tasks', 'finished', '..', '%2e%2e', 'backlot-list'),
    fc.string(),
  );
  const method = fc.constantFrom('GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS');
  await fc.assert(
    fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 4 }), method, async (parts, how) => {
      const path = `/${parts.join('/')}`;
      if (URL.canParse(`http://${host}${path}`)) await holds(() => ask(how, path));
    }),
    fuzzRuns(1000),
  );
});

it('a message of any kind over a WebSocket gets one answer, and the connection goes on', { timeout: fuzzTime }, async () => {
  const reset = { type: 'reset', data: { seed: 1, task: tasks[0]!.id, episode_id: 'e', engine: 'text' } };
  const step = { type: 'step', data: { type: 'call_tool', tool_name: 'browser_click', arguments: { ref: 'e1' } } };
  const messages = fc.oneof(mutated(reset), mutated(step), mutated({ type: 'state' }), mutated({ type: 'mcp', data: valid.rpc }), texts);
  const dial = async (): Promise<WebSocket> => {
    const socket = new WebSocket(`${runner.url.replace('http', 'ws')}/ws`);
    await new Promise((done, failed) => socket.once('open', done).once('error', failed));
    return socket;
  };
  let socket = await dial();
  await fc.assert(
    fc.asyncProperty(messages, async (message) => {
      if (socket.readyState !== socket.OPEN) socket = await dial();
      const answered = new Promise<string | null>((done) => {
        const over = (): void => done(null);
        socket.once('close', over);
        socket.once('message', (data: Buffer) => {
          socket.off('close', over);
          done(data.toString());
        });
      });
      socket.send(message);
      const answer = await answered;
      // Only a message that asks for it closes the connection.
      if (answer === null) expect(JSON.parse(message)).toMatchObject({ type: 'close' });
      else expect(typeof JSON.parse(answer)).toBe('object');
    }),
    fuzzRuns(2000),
  );
  socket.close();
});
