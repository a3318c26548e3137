import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Task } from '@backlot/protocol';
import { createBrowserEngine, faultKinds, withFaults, type FaultKind } from '@backlot/sandbox';
import { bundleRuntime, indexPage } from '@backlot/runtime';
import { expect, it } from 'vitest';
import { oracleAgent, runUntilJudged } from '../src/index.ts';
import { listWorld } from '../../world/fixtures/list-world.ts';

const task: Task = {
  id: 'settings',
  workflow: 'test',
  instruction: 'Open the settings.',
  account: 'two',
  setup: [],
  verifier: { goals: [{ kind: 'at', url: '/settings' }], nothingElse: false },
  oracle: [{ kind: 'click', target: { role: 'link', name: 'Settings', nth: 0 } }],
  wrong: [],
  maxSteps: 4,
  difficulty: 0,
};

it('an episode that a fault ends is an unscored infra_error, is run again and then scored, and leaves nothing behind', async () => {
  const dir = await mkdtemp(path.join(tmpdir(), 'backlot-faults-'));
  await writeFile(path.join(dir, 'index.html'), indexPage());
  await writeFile(path.join(dir, 'runtime.js'), await bundleRuntime());
  await writeFile(path.join(dir, 'world.json'), JSON.stringify(listWorld));
  const before = process.env['TMPDIR'];
  const scratch = await mkdtemp(path.join(tmpdir(), 'backlot-scratch-'));
  await chmod(scratch, 0o755);
  process.env['TMPDIR'] = scratch;
  const engine = createBrowserEngine({ executablePath: process.env['BACKLOT_CHROMIUM'] ?? '', patience: 3000 });
  let planned: FaultKind | null = null;
  const plan = {
    next: () => {
      const fault = planned;
      planned = null;
      return fault;
    },
  };
  try {
    const clone = { world: listWorld, hash: '0', dir };
    const endings: Record<string, unknown> = {};
    for (const kind of faultKinds) {
      planned = kind;
      const records = await runUntilJudged({ engine: withFaults(engine, plan), clone, task, agent: oracleAgent });
      endings[kind] = records.map(({ ending, reward }) => `${ending} ${reward}`);
    }
    const again = ['infra_error null', 'done 1'];
    expect(endings).toEqual({
      'browser killed': again,
      'page crashed': again,
      'action hangs': again,
      // There is no container around this engine.
      'container killed': ['done 1'],
      'clock jumps': ['done 1'],
      'disk full': ['done 1'],
    });
  } finally {
    await engine.close();
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
  expect(await readdir(scratch)).toEqual([]);
  await Promise.all([dir, scratch].map((folder) => rm(folder, { recursive: true })));
});
