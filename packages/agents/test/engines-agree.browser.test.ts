import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Task } from '@backlot/protocol';
import { bundleRuntime, indexPage } from '@backlot/runtime';
import { createBrowserEngine, createTextEngine } from '@backlot/sandbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { oracleAgent, randomAgent, runEpisode, wrongAgent } from '../src/index.ts';
import { listWorld } from '../../world/fixtures/list-world.ts';

const engine = createBrowserEngine({ executablePath: process.env['BACKLOT_CHROMIUM'] ?? '' });
const field = { role: 'textbox', name: 'What needs doing?', nth: 0 };
const add = (title: string): Task['oracle'] => [
  { kind: 'fill', target: field, value: title },
  { kind: 'press', target: field, value: 'Enter' },
];
const task: Task = {
  id: 'add-tea',
  workflow: 'add',
  instruction: 'Add “Green tea” to the list.',
  account: 'two',
  setup: [],
  verifier: { goals: [{ kind: 'inserted', table: 'item', cells: { title: 'Green tea' }, count: 1 }], nothingElse: true },
  oracle: add('Green tea'),
  wrong: add('Black tea'),
  maxSteps: 25,
  difficulty: 0,
};

describe('an episode', () => {
  let dir: string;

  beforeAll(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'backlot-agents-'));
    await writeFile(path.join(dir, 'index.html'), indexPage());
    await writeFile(path.join(dir, 'runtime.js'), await bundleRuntime());
    await writeFile(path.join(dir, 'world.json'), JSON.stringify(listWorld));
  });
  afterAll(async () => {
    await engine.close();
    await rm(dir, { recursive: true, force: true });
  });

  for (const agent of [oracleAgent, wrongAgent, randomAgent]) {
    it(`of the ${agent.name} agent leaves the same record on both engines`, async () => {
      const clone = { world: listWorld, hash: '0', dir };
      const browser = await runEpisode({ engine, clone, task, agent });
      const text = await runEpisode({ engine: createTextEngine(), clone, task, agent });
      expect(browser).toEqual({ ...text, engine: 'browser' });
    });
  }
});
