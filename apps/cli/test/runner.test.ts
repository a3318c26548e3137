import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backlot, start } from './fixtures/backlot.ts';

const fixtures = fileURLToPath(new URL('../../../packages/suites/test/fixtures/list', import.meta.url));
let dir: string;
const at = (name: string): string => path.join(dir, name);

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'backlot-cli-runner-'));
  for (const name of ['world.json', 'work.json']) cpSync(path.join(fixtures, name), at(name));
  await backlot('tasks', dir, '--n', '2', '--out', at('suite.json'));
}, 120_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const json = { 'content-type': 'application/json' };

describe('backlot runner', { timeout: 120_000 }, () => {
  it('gives episodes of a suite until it is told to stop, and keeps those that are finished', async () => {
    const child = start('runner', '--suite', at('suite.json'), '--out', at('run'), '--reward', 'dense');
    const url = await new Promise<string>((ready) => child.stdout.once('data', (data: Buffer) => ready(data.toString().trim())));
    const opened = await fetch(`${url}/episodes`, { method: 'POST', headers: json, body: '{}' });
    expect(opened.status).toBe(201);
    const { id } = (await opened.json()) as { id: string };
    await fetch(`${url}/episodes/${id}/step`, { method: 'POST', headers: json, body: JSON.stringify({ move: { kind: 'done' } }) });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(JSON.parse(readFileSync(at('run/episodes.jsonl'), 'utf8'))).toMatchObject({ id, ending: 'done', reward: 0, mode: 'dense' });
  });

  it('leaves an audit that verifies where episodes stand under a policy', async () => {
    const rules = 'rules:\n  - { id: all, deny: Nothing is done., when: {} }\n';
    writeFileSync(at('still.yaml'), `v: 1\nname: still\n${rules}`);
    const child = start('runner', '--suite', at('suite.json'), '--out', at('audited'), '--policy', at('still.yaml'));
    const url = await new Promise<string>((ready) => child.stdout.once('data', (data: Buffer) => ready(data.toString().trim())));
    const opened = await fetch(`${url}/episodes`, { method: 'POST', headers: json, body: '{}' });
    const { id } = (await opened.json()) as { id: string };
    const move = { kind: 'goto', value: '/' };
    await fetch(`${url}/episodes/${id}/step`, { method: 'POST', headers: json, body: JSON.stringify({ move }) });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect((await backlot('audit', 'verify', at('audited'))).code).toBe(0);
    expect(readFileSync(at('audited/audit.jsonl'), 'utf8')).toContain('Nothing is done.');
  });

  it('draws tasks from the work of a clone where there is no suite', async () => {
    const child = start('runner', '--clone', dir);
    const url = await new Promise<string>((ready) => child.stdout.once('data', (data: Buffer) => ready(data.toString().trim())));
    const opened = await fetch(`${url}/episodes`, { method: 'POST', headers: json, body: '{"seed": 4}' });
    expect(await opened.json()).toMatchObject({ outcome: { info: { task: expect.stringMatching(/^4-/) as string } } });
    child.kill('SIGTERM');
    await new Promise((resolve) => child.once('exit', resolve));
  });

  it.each([
    ['neither suite nor clone', [], 'Name a suite'],
    ['an address that others reach, without a token', ['--host', '0.0.0.0'], 'give it a token'],
    ['a policy that is none', ['--policy', 'world.json'], 'policy'],
    ['an audit kept by several threads', ['--policy', 'still.yaml', '--out', 'served', '--threads', '2'], 'one chain'],
  ])('exits with 2 and says what is wrong: %s', async (what, args, message) => {
    writeFileSync(at('world.yaml'), '');
    const tasks = what === 'neither suite nor clone' ? [] : ['--suite', at('suite.json')];
    const { code, err } = await backlot('runner', ...tasks, ...args.map((arg) => (arg === 'world.json' ? at('world.json') : arg)));
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});

describe('backlot mcp', { timeout: 120_000 }, () => {
  it('answers an MCP client over stdin and stdout, and ends with it', async () => {
    const child = start('mcp', '--suite', at('suite.json'), '--index', '1');
    const hello = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } };
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: hello })}\n`);
    const answer = await new Promise<string>((ready) => child.stdout.once('data', (data: Buffer) => ready(data.toString())));
    expect(JSON.parse(answer)).toMatchObject({
      id: 1,
      result: { serverInfo: { name: 'backlot' }, instructions: expect.stringContaining('Your task:') as string },
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.stdin.end();
    expect(await ended).toBe(0);
  });
});
