import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { start } from './fixtures/backlot.ts';
import { writeLogs } from './fixtures/write-logs.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'backlot-generate-'));
  writeLogs(
    path.join(dir, 'logs'),
    ['Buy', 'Find', 'Sell'].map((verb, i) => ['tea', 'milk', 'salt'].slice(0, 2 + (i % 2)).map((thing) => `${verb} ${thing}`)),
  );
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('backlot generate', () => {
  it('makes a clone and a suite of uploaded logs', async () => {
    const child = start('generate', '--data', path.join(dir, 'data'));
    const ended = new Promise((resolve) => child.once('exit', resolve));
    try {
      const url = await new Promise<string>((resolve) => child.stdout.once('data', (data: Buffer) => resolve(data.toString().trim())));
      const headers = { 'content-type': 'application/json' };
      const made = await fetch(`${url}/projects`, { method: 'POST', headers, body: JSON.stringify({ name: 'notes', tasks: 2 }) });
      const { id } = (await made.json()) as { id: string };
      for (const name of readdirSync(path.join(dir, 'logs'))) {
        const body = readFileSync(path.join(dir, 'logs', name));
        expect((await fetch(`${url}/projects/${id}/logs/${name}`, { method: 'PUT', body })).status).toBe(201);
      }
      await fetch(`${url}/projects/${id}/synthesis`, { method: 'POST' });
      expect(await (await fetch(`${url}/projects/${id}/events`)).text()).toContain('event: done');
      expect(await (await fetch(`${url}/projects/${id}/suite.json`)).json()).toMatchObject({ clone: '.' });
      expect(await (await fetch(`${url}/projects/${id}/explain`)).text()).toContain('notes');
    } finally {
      child.kill('SIGTERM');
    }
    expect(await ended).toBe(0);
  }, 120_000);
});
