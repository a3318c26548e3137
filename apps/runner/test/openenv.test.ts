import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Runner } from '../src/index.ts';
import { call, start, tasks, type Json } from './fixtures/runner.ts';
import { sharedService } from './fixtures/shared-service.ts';

let runner: Runner | null = null;
const run = async (...args: Parameters<typeof start>): Promise<string> => {
  runner = await start(...args);
  return runner.url;
};
const shared = sharedService();
const sockets: WebSocket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await runner?.close();
  runner = null;
});

/** A connection as OpenEnv's own client makes it: one message out, one in. */
async function connect(
  url: string,
  path = '/ws',
): Promise<{ ask: (message: unknown) => Promise<Json>; next: () => Promise<Json>; socket: WebSocket }> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}${path}`);
  sockets.push(socket);
  const inbox: string[] = [];
  const waiting: ((text: string) => void)[] = [];
  socket.on('message', (data) => {
    const take = waiting.shift();
    if (take) take(data.toString());
    else inbox.push(data.toString());
  });
  const next = async (): Promise<Json> => JSON.parse(inbox.shift() ?? (await new Promise<string>((take) => waiting.push(take))));
  await once(socket, 'open');
  return {
    socket,
    next,
    ask: (message) => {
      socket.send(typeof message === 'string' ? message : JSON.stringify(message));
      return next();
    },
  };
}

const field = { role: 'textbox', name: 'What needs doing?' };

describe('the WebSocket /ws', () => {
  it('plays an episode: reset, step, state, close', async () => {
    const { ask, socket } = await connect(await shared());
    const begun = await ask({ type: 'reset', data: { seed: 42, episode_id: 'e1', task: tasks[0]!.id, made_up: 1 } });
    expect(Object.keys(begun)).toEqual(['type', 'data']);
    expect(begun).toMatchObject({ type: 'observation', data: { reward: null, done: false, terminated: false, truncated: false } });
    expect(begun.data.observation).toMatchObject({ goal: 'Add “Wash the car”.', url: '/', last_action_error: '' });
    expect(begun.data.observation.text).toContain('textbox "What needs doing?" [ref=');
    await ask({ type: 'step', data: { kind: 'fill', target: field, value: 'Wash the car' } });
    expect(await ask({ type: 'state' })).toEqual({
      type: 'state',
      data: { episode_id: 'e1', step_count: 1, task: tasks[0]!.id, ending: null },
    });
    await ask({ type: 'step', data: { kind: 'press', target: field, value: 'Enter' } });
    const last = await ask({ type: 'step', data: { kind: 'done' } });
    expect(last.data).toMatchObject({ reward: 1, done: true, terminated: true, truncated: false, metadata: { ending: 'done', score: 1 } });
    expect((await ask({ type: 'step', data: { kind: 'done' } })).data.code).toBe('EXECUTION_ERROR');
    socket.send(JSON.stringify({ type: 'close' }));
    await once(socket, 'close');
  });

  it('takes BrowserGym’s strings, tool calls and the list of tools as actions', async () => {
    const { ask } = await connect(await shared());
    const begun = await ask({ type: 'reset' });
    const ref = /textbox "What needs doing\?" \[ref=(\w+)\]/.exec(begun.data.observation.text)?.[1];
    const filled = await ask({ type: 'step', data: { action_str: `fill('${ref}', 'Tea')` } });
    expect(filled.data.observation).toMatchObject({ last_action_error: '' });
    const typed = await ask({
      type: 'step',
      data: { type: 'call_tool', tool_name: 'browser_type', arguments: { ref, text: 'Tea', submit: true } },
    });
    expect(typed.data.observation.text).toContain('Tea');
    const listed = await ask({ type: 'step', data: { type: 'list_tools' } });
    expect(listed.data.observation.tools.map(({ name }: { name: string }) => name)).toContain('browser_click');
    const failed = await ask({ type: 'step', data: { action_str: "click('none')" } });
    expect(failed.data.observation.last_action_error).toContain('no element');
  });

  it('answers what it does not understand with a code, and stays open', async () => {
    const { ask } = await connect(await shared());
    expect((await ask('{')).data.code).toBe('INVALID_JSON');
    expect((await ask({ type: 'jump' })).data).toMatchObject({ code: 'UNKNOWN_TYPE', message: 'Unknown message type: jump' });
    expect((await ask({ type: 'state', data: {} })).data.code).toBe('VALIDATION_ERROR');
    expect((await ask({ type: 'reset', data: { seed: -1 } })).data).toMatchObject({
      code: 'VALIDATION_ERROR',
      errors: [{ loc: ['seed'] }],
    });
    expect((await ask({ type: 'step', data: { kind: 'fly' } })).data.code).toBe('VALIDATION_ERROR');
    expect((await ask({ type: 'step', data: { kind: 'done' } })).data).toMatchObject({
      code: 'EXECUTION_ERROR',
      message: expect.stringContaining('send a reset') as string,
    });
    expect((await ask({ type: 'reset', data: { task: 'none' } })).data.code).toBe('EXECUTION_ERROR');
    expect((await ask({ type: 'reset' })).type).toBe('observation');
  });

  it('carries MCP', async () => {
    const { ask } = await connect(await shared());
    const answer = await ask({
      type: 'mcp',
      data: { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'browser_snapshot', arguments: {} } },
    });
    expect(answer).toMatchObject({ type: 'mcp', data: { jsonrpc: '2.0', id: 1 } });
    expect(answer.data.result.content[0].text).toContain('[ref=');
  });

  it('refuses a connection for which there is no room, and says how much there is', async () => {
    const url = await run({ maxEpisodes: 1 });
    const first = await connect(url);
    const second = await connect(url);
    expect(await second.next()).toMatchObject({ type: 'error', data: { code: 'CAPACITY_REACHED', active_sessions: 1, max_sessions: 1 } });
    await once(second.socket, 'close');
    first.socket.close();
    await once(first.socket, 'close');
    await expect.poll(async () => (await call(`${url}/episodes`, 'GET')).body.open).toBe(0);
    expect((await (await connect(url)).ask({ type: 'reset' })).type).toBe('observation');
  });

  it('answers messages in order, however many are sent at once', async () => {
    const { socket, next } = await connect(await shared());
    socket.send(JSON.stringify({ type: 'reset' }));
    for (let i = 0; i < 100; i++) socket.send(JSON.stringify({ type: 'state' }));
    expect((await next()).type).toBe('observation');
    for (let i = 0; i < 100; i++) expect((await next()).type).toBe('state');
  });

  it('wants the token, and no foreign page', async () => {
    const url = await run({}, { token: 'secret' });
    const refused = new WebSocket(`${url.replace('http', 'ws')}/ws`);
    expect((await once(refused, 'error'))[0].message).toContain('401');
    const passes = new WebSocket(`${url.replace('http', 'ws')}/ws`, { headers: { authorization: 'Bearer secret' } });
    await once(passes, 'open');
  });
});

describe('HTTP', () => {
  it('answers reset, step and state with a fresh episode each time, and keeps none', async () => {
    const url = await shared();
    expect(await call(`${url}/reset`, 'POST')).toMatchObject({ status: 200, body: { reward: null, done: false } });
    expect(await call(`${url}/reset`, 'POST', { seed: 3, episode_id: 'x', other: true })).toMatchObject({ status: 200 });
    expect((await call(`${url}/step`, 'POST', { action: { kind: 'fill', target: field, value: 'Tea' } })).body.observation.text).toContain(
      'Tea',
    );
    expect(await call(`${url}/state`, 'GET')).toEqual({ status: 200, body: { episode_id: null, step_count: 0, task: null, ending: null } });
    const bad = await call(`${url}/step`, 'POST', { action: { kind: 'fly' } });
    expect(bad).toMatchObject({
      status: 422,
      body: { detail: [{ type: expect.any(String) as string, loc: ['body', 'action'], msg: expect.any(String) as string }] },
    });
    expect((await call(`${url}/episodes`, 'GET')).body.open).toBe(0);
  });

  it('passes the checks of `openenv validate --url`', async () => {
    const url = await shared();
    const api = (await call(`${url}/openapi.json`, 'GET')).body;
    expect(api.info.version).toMatch(/^1\./);
    expect((await call(`${url}/health`, 'GET')).body.status).toBe('healthy');
    const metadata = (await call(`${url}/metadata`, 'GET')).body;
    expect([typeof metadata.name, typeof metadata.description]).toEqual(['string', 'string']);
    const schema = (await call(`${url}/schema`, 'GET')).body;
    for (const part of ['action', 'observation', 'state']) expect(schema[part]).toEqual(expect.objectContaining({}));
    expect(await call(`${url}/mcp`, 'POST', {})).toMatchObject({ status: 200, body: { jsonrpc: '2.0' } });
    expect(['/reset', '/step', '/state'].every((route) => route in api.paths)).toBe(true);
  });

  it('speaks JSON-RPC at /mcp, a session at a time', async () => {
    const url = await shared();
    const rpc = async (method: string, params: object = {}): Promise<Json> =>
      (await call(`${url}/mcp`, 'POST', { jsonrpc: '2.0', id: 7, method, params })).body;
    expect((await rpc('tools/list')).result.tools.map(({ name }: { name: string }) => name)).toContain('browser_type');
    const { session_id } = (await rpc('openenv/session/create')).result;
    expect((await rpc('tools/call', { name: 'browser_snapshot', arguments: {}, session_id })).result.content[0].text).toContain('### Task');
    expect((await rpc('openenv/session/close', { session_id })).result).toEqual({ session_id, closed: true });
    expect((await rpc('tools/call', { name: 'browser_snapshot', session_id })).error.code).toBe(-32000);
    expect((await rpc('reset')).error.code).toBe(-32601);
    expect((await rpc('tools/call', { name: 'reset', session_id })).error.code).toBe(-32602);
    expect((await (await fetch(`${url}/mcp`, { method: 'POST', body: '{' })).json()).error.code).toBe(-32700);
  });
});

describe('the WebSocket /mcp', () => {
  it('answers one call a frame, in an episode of its own', async () => {
    const { ask } = await connect(await shared(), '/mcp');
    expect((await ask({ jsonrpc: '2.0', id: 1, method: 'tools/list' })).result.tools.length).toBeGreaterThan(5);
    expect((await ask({ jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'browser_snapshot' } })).result.content).toHaveLength(
      1,
    );
  });
});

describe('the Task API', () => {
  it('lists the tasks of the suite, without verifiers and solutions', async () => {
    const url = await shared();
    const [name] = (await call(`${url}/list_environments`, 'GET')).body;
    const api = `${url}/${name.toUpperCase()}`;
    expect((await call(`${api}/splits`, 'GET')).body).toEqual([{ name: 'train', type: 'train' }]);
    expect((await call(`${api}/num_tasks`, 'POST', { split: 'train' })).body).toEqual({ num_tasks: 3 });
    const all = (await call(`${api}/tasks`, 'POST', { split: 'train' })).body;
    expect(all).toMatchObject({ env_name: name, tasks: tasks.map(({ id, instruction }) => ({ id, instruction })) });
    expect(JSON.stringify(all)).not.toMatch(/verifier|goals|oracle/);
    expect((await call(`${api}/task`, 'POST', { split: 'train', index: 1 })).body.task.id).toBe(tasks[1]!.id);
    expect((await call(`${api}/task_range`, 'POST', { split: 'train', start: 1, stop: 3 })).body.tasks).toHaveLength(2);
  });

  it('tells apart what there is not', async () => {
    const url = await shared();
    const [name] = (await call(`${url}/list_environments`, 'GET')).body;
    expect((await call(`${url}/other/splits`, 'GET')).status).toBe(404);
    expect((await call(`${url}/${name}/task`, 'POST', { split: 'train', index: 9 })).status).toBe(400);
    expect((await call(`${url}/${name}/tasks`, 'POST', { split: 'test' })).status).toBe(400);
    const drawn = await run({ drawn: true });
    expect((await call(`${drawn}/${name}/tasks`, 'POST', { split: 'train' })).status).toBe(501);
  });

  it('names a task for a reset', async () => {
    const { ask } = await connect(await shared());
    expect((await ask({ type: 'reset', data: { split: 'train', index: 2 } })).data.metadata.task).toBe(tasks[2]!.id);
  });
});
