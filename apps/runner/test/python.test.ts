import { spawnSync, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Runner } from '../src/index.ts';
import { start, tasks } from './fixtures/runner.ts';

const script = fileURLToPath(new URL('../../../examples/python/episode.py', import.meta.url));
const version = spawnSync('python3', ['-c', 'import sys; print(sys.version_info >= (3, 9))']).stdout?.toString().trim();
const reason = version === 'True' ? '' : ' (skipped: this machine has no Python 3.9 or newer)';

describe.skipIf(reason !== '')(`the Python example${reason}`, { timeout: 120_000 }, () => {
  let runner: Runner;
  beforeAll(async () => {
    runner = await start({}, { token: 'secret' });
  });
  afterAll(() => runner.close());
  const play = (...args: readonly string[]): Promise<{ code: number | null; out: string; err: string }> =>
    new Promise((done) => {
      const child = spawn('python3', [script, runner.url, ...args]);
      let [out, err] = ['', ''];
      child.stdout.on('data', (data: Buffer) => (out += data.toString()));
      child.stderr.on('data', (data: Buffer) => (err += data.toString()));
      child.on('close', (code) => done({ code, out, err }));
    });

  it('plays an episode and earns its reward', async () => {
    const { code, out, err } = await play('--task', tasks[1]!.id, '--token', 'secret');
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toContain('Add “Call Bob”.');
    expect(out).toContain('score 1');
  });

  it('says what the service refuses', async () => {
    expect((await play('--token', 'wrong')).err).toContain('401');
    expect((await play('--token', 'secret', '--task', 'none')).err).toContain('no task "none"');
  });
});
