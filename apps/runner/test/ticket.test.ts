import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Runner } from '../src/index.ts';
import { start, tasks, type Json } from './fixtures/runner.ts';

const token = 'the-owners-token';
const open: { runner: Runner | null; clients: Client[]; episodes: string[] } = { runner: null, clients: [], episodes: [] };
afterEach(async () => {
  for (const client of open.clients.splice(0)) await client.close();
  for (const id of open.episodes.splice(0)) await ask(`/episodes/${id}`, { bearer: token, method: 'DELETE' });
});
afterAll(() => open.runner?.close());

interface Asked {
  readonly status: number;
  readonly body: Json;
}

async function ask(path: string, { bearer, method = 'GET', body }: { bearer: string; method?: string; body?: unknown }): Promise<Asked> {
  const response = await fetch(`${open.runner?.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text };
}

/** Opens an episode as its owner. */
async function opened(): Promise<{ readonly id: string; readonly ticket: string }> {
  open.runner ??= await start({}, { token });
  const { body } = await ask('/episodes', { bearer: token, method: 'POST', body: { task: tasks[0]!.id } });
  open.episodes.push(body.id);
  return body;
}

async function connect(ticket: string, query = ''): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
  const headers = { authorization: `Bearer ${ticket}` };
  const transport = new StreamableHTTPClientTransport(new URL(`${open.runner?.url}/mcp${query}`), { requestInit: { headers } });
  await client.connect(transport as Parameters<Client['connect']>[0]);
  open.clients.push(client);
  return client;
}

const textOf = (result: Json): string => result.content[0].text;
const snapshot = { name: 'browser_snapshot', arguments: {} };
const call = (name: string, params: object = {}): object => ({ jsonrpc: '2.0', id: 1, method: name, params });

describe('the ticket of an episode', () => {
  it('lets an agent act in that episode with the official client, and leaves it to its owner to score it', async () => {
    const { id, ticket } = await opened();
    const client = await connect(ticket, '?index=2');
    const ref = /textbox "What needs doing\?"[^\n]*\[ref=(\w+)\]/.exec(textOf(await client.callTool(snapshot)))?.[1];
    await client.callTool({ name: 'browser_type', arguments: { ref, text: 'Wash the car', submit: true } });
    await client.callTool({ name: 'browser_close', arguments: {} });
    expect((await ask(`/episodes/${id}`, { bearer: token })).body).toMatchObject({ task: tasks[0]!.id, ending: 'done' });
  });

  it.each([
    ['GET', '/episodes'],
    ['POST', '/episodes'],
    ['POST', '/episodes/ID/reset'],
    ['POST', '/episodes/ID/step'],
    ['POST', '/episodes/ID/peek'],
    ['GET', '/episodes/ID/state'],
    ['GET', '/episodes/ID/snapshot'],
    ['POST', '/episodes/ID/restore'],
    ['POST', '/episodes/ID/fork'],
    ['GET', '/episodes/ID/events'],
    ['DELETE', '/episodes/ID'],
    ['GET', '/tasks'],
    ['GET', '/finished'],
    ['GET', '/metrics'],
    ['POST', '/reset'],
    ['POST', '/step'],
    ['GET', '/state'],
    ['GET', '/list_environments'],
    ['POST', '/backlot-list/tasks'],
    ['GET', '/mcp/'],
    ['GET', '//mcp'],
  ])('opens nothing else: %s %s', async (method, path) => {
    const { id, ticket } = await opened();
    const asked = await ask(path.replace('ID', id), { bearer: ticket, method, ...(method === 'POST' ? { body: {} } : {}) });
    expect(asked).toMatchObject({ status: 403, body: { error: { code: 'FORBIDDEN' } } });
  });

  it('begins no other episode, by any call of JSON-RPC, and acts in none but its own', async () => {
    const [mine, other] = [await opened(), await opened()];
    const rpc = async (body: object): Promise<Json> => (await ask('/mcp', { bearer: mine.ticket, method: 'POST', body })).body;
    expect((await rpc(call('openenv/session/create'))).error.message).toContain('no method');
    expect((await rpc(call('openenv/session/close', { session_id: other.id }))).error.message).toContain('no method');
    await rpc(call('tools/call', { name: 'browser_close', session_id: other.id }));
    expect((await ask(`/episodes/${mine.id}`, { bearer: token })).body.ending).toBe('done');
    expect((await ask(`/episodes/${other.id}`, { bearer: token })).body).not.toHaveProperty('ending');
    expect((await ask('/episodes', { bearer: token })).body.open).toBe(2);
  });

  it('does not take up the session of another ticket, and keeps one session at a time', async () => {
    const [mine, other] = [await opened(), await opened()];
    const theirs = (await connect(other.ticket)).transport as StreamableHTTPClientTransport;
    const headers = { authorization: `Bearer ${mine.ticket}`, 'mcp-session-id': theirs.sessionId ?? '' };
    const asked = await fetch(`${open.runner?.url}/mcp`, { method: 'POST', headers, body: JSON.stringify(call('tools/list')) });
    expect(asked.status).toBe(404);
    const first = await connect(mine.ticket);
    const second = await connect(mine.ticket);
    await expect(first.callTool(snapshot)).rejects.toThrow('no such session');
    expect(textOf(await second.callTool(snapshot))).toContain('### Task');
  });

  it('opens the WebSocket of MCP, and not that of OpenEnv', async () => {
    const { id, ticket } = await opened();
    const dial = (path: string): WebSocket =>
      new WebSocket(`${open.runner?.url.replace('http', 'ws')}${path}`, { headers: { authorization: `Bearer ${ticket}` } });
    const refused = dial('/ws');
    await expect(new Promise((_, failed) => refused.once('error', failed))).rejects.toThrow('403');
    const socket = dial('/mcp');
    const answer = new Promise<string>((done) => socket.once('message', (data: Buffer) => done(data.toString())));
    socket.once('open', () => socket.send(JSON.stringify(call('tools/call', snapshot))));
    expect(textOf(JSON.parse(await answer).result)).toContain('Wash the car');
    const closed = new Promise((done) => socket.once('close', done));
    await ask(`/episodes/${id}`, { bearer: token, method: 'DELETE' });
    await closed;
  });

  it('is worth nothing once its episode is closed, and no two are alike', async () => {
    const [one, two] = [await opened(), await opened()];
    expect(one.ticket).not.toBe(two.ticket);
    expect(one.ticket.length).toBeGreaterThanOrEqual(32);
    await ask(`/episodes/${one.id}`, { bearer: token, method: 'DELETE' });
    expect((await ask('/mcp', { bearer: one.ticket, method: 'POST', body: call('tools/list') })).status).toBe(401);
    expect(JSON.stringify((await ask('/episodes', { bearer: token })).body)).not.toContain(two.ticket);
  });
});
