import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { browserToolNames, finishedEpisodeSchema, type FinishedEpisode } from '@backlot/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import type { Runner } from '../src/index.ts';
import { call, start, tasks, type Json } from './fixtures/runner.ts';
import { sharedService } from './fixtures/shared-service.ts';

const open: { runner: Runner | null; clients: Client[]; dirs: string[] } = { runner: null, clients: [], dirs: [] };
const shared = sharedService();
afterEach(async () => {
  for (const client of open.clients.splice(0)) await client.close();
  await open.runner?.close();
  open.runner = null;
  for (const dir of open.dirs.splice(0)) rmSync(dir, { recursive: true, force: true });
});
const folder = (): string => {
  const dir = mkdtempSync(path.join(tmpdir(), 'backlot-mcp-'));
  open.dirs.push(dir);
  return dir;
};
const finished = (dir: string): FinishedEpisode[] =>
  readFileSync(path.join(dir, 'episodes.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => finishedEpisodeSchema.parse(JSON.parse(line)));

async function connect(transport: StdioClientTransport | StreamableHTTPClientTransport): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(transport as Parameters<Client['connect']>[0]);
  open.clients.push(client);
  return client;
}
const overHttp = (url: string, query = ''): Promise<Client> => connect(new StreamableHTTPClientTransport(new URL(`${url}/mcp${query}`)));

async function use(client: Client, name: string, args: Record<string, unknown> = {}): Promise<{ text: string; isError: boolean }> {
  const result: Json = await client.callTool({ name, arguments: args });
  return { text: result.content[0].text, isError: result.isError === true };
}
const refOf = (text: string, line: RegExp): string => new RegExp(`${line.source}[^\\n]*\\[ref=(\\w+)\\]`).exec(text)?.[1] ?? 'none';

/** Does the first task with the tools of a browser. */
async function wash(client: Client): Promise<void> {
  const { text } = await use(client, 'browser_snapshot');
  expect(text).toContain('### Task\nAdd “Wash the car”.');
  const ref = refOf(text, /textbox "What needs doing\?"/);
  const typed = await use(client, 'browser_type', { element: 'What needs doing?', ref, text: 'Wash the car', submit: true });
  expect(typed.text).toContain('Wash the car');
  await use(client, 'browser_close');
}

describe('an agent over streamable HTTP', () => {
  it('does its task with the official client, and is scored behind its back', async () => {
    const out = folder();
    open.runner = await start({ out });
    const client = await overHttp(open.runner.url, `?task=${encodeURIComponent(tasks[0]!.id)}`);
    expect(client.getInstructions()).toContain('Your task: Add “Wash the car”.');
    await wash(client);
    expect(finished(out)).toMatchObject([{ task: tasks[0]!.id, via: 'mcp', ending: 'done', reward: 1, mode: 'none' }]);
    expect(await use(client, 'browser_snapshot')).toEqual({
      text: expect.stringContaining('The episode is over') as string,
      isError: true,
    });
  });

  it('finds the tools that it knows, and none that begins anew, scores or runs a script', async () => {
    const client = await overHttp(await shared());
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([...browserToolNames]);
    expect(tools.map(({ name }) => name).join(' ')).not.toMatch(/reset|score|reward|state|verif|evaluate|fork|restore/);
    const click = tools.find(({ name }) => name === 'browser_click');
    expect(click?.inputSchema).toMatchObject({ properties: { element: { type: 'string' }, ref: { type: 'string' } }, required: ['ref'] });
  });

  it('is told nothing of the verdict, whatever it does', async () => {
    const client = await overHttp(await shared(), '?index=0');
    const seen: string[] = [client.getInstructions() ?? ''];
    const { text } = await use(client, 'browser_snapshot');
    const ref = refOf(text, /textbox "What needs doing\?"/);
    for (const [name, args] of [
      ['browser_type', { ref, text: 'Wash the car', submit: true }],
      ['browser_click', { ref: 'none' }],
      ['reset', {}],
      ['browser_close', {}],
      ['browser_snapshot', {}],
    ] as const) {
      seen.push((await use(client, name, args)).text);
    }
    expect(seen.join('\n')).not.toMatch(/reward|score|progress|verif|missing:|goal/i);
  });

  it('answers dialogs with a tool of its own', async () => {
    const client = await overHttp(await shared());
    const { text } = await use(client, 'browser_snapshot');
    const asked = await use(client, 'browser_click', { element: 'Clear', ref: refOf(text, /button "Clear/) });
    expect(asked.text).toMatch(/### Modal state\n- \["confirm" dialog/);
    expect((await use(client, 'browser_hover', { ref: refOf(text, /link "All"/) })).isError).toBe(true);
    expect((await use(client, 'browser_handle_dialog', { accept: true })).text).not.toContain('Modal state');
  });

  it('has an episode to itself, which ends with its session', async () => {
    const out = folder();
    open.runner = await start({ out });
    const { url } = open.runner;
    const [one, two] = [await overHttp(url, '?index=0'), await overHttp(url, '?index=0')];
    const ref = refOf((await use(one, 'browser_snapshot')).text, /textbox "What needs doing\?"/);
    await use(one, 'browser_type', { ref, text: 'Mine', submit: true });
    expect((await use(two, 'browser_snapshot')).text).not.toContain('Mine');
    expect((await call(`${url}/episodes`, 'GET')).body.open).toBe(2);
    await (one.transport as StreamableHTTPClientTransport).terminateSession();
    await expect.poll(async () => (await call(`${url}/episodes`, 'GET')).body.open).toBe(1);
    expect(finished(out)).toMatchObject([{ ending: 'abandoned', reward: null }]);
  });

  it('is told where a task is unknown or a session is gone', async () => {
    const url = await shared();
    await expect(overHttp(url, '?task=none')).rejects.toThrow('no task');
    const gone = await fetch(`${url}/mcp`, { method: 'POST', body: '{}', headers: { 'mcp-session-id': 'gone' } });
    expect(gone.status).toBe(404);
  });
});

describe('an agent over pipes', { timeout: 120_000 }, () => {
  it('does its task with the official client', async () => {
    const out = folder();
    const main = fileURLToPath(new URL('./fixtures/serve-stdio.ts', import.meta.url));
    await wash(await connect(new StdioClientTransport({ command: process.execPath, args: ['--conditions=@backlot/source', main, out] })));
    expect(finished(out)).toMatchObject([{ via: 'mcp', ending: 'done', reward: 1 }]);
  });
});
