import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { agreeEngines } from '@backlot/fidelity';
import { readLogs } from '@backlot/logs';
import { createBrowserEngine, createTextEngine, readClone } from '@backlot/sandbox';
import { looksOf, synthesise, writeClone } from '@backlot/synth';
import { expect, it, onTestFinished } from 'vitest';

const logs = path.join(import.meta.dirname, '../logs');

it('text and browser engine show the same after every step of held-out sessions in the learned clone', async () => {
  const dir = await mkdtemp(path.join(tmpdir(), 'backlot-agree-'));
  const browser = createBrowserEngine({ executablePath: process.env['BACKLOT_CHROMIUM'] ?? '' });
  onTestFinished(async () => {
    await browser.close();
    await rm(dir, { recursive: true, force: true });
  });
  const train = await readLogs(path.join(logs, 'train'));
  await writeClone(dir, { world: synthesise(train, looksOf(train)).world, assets: train.assets });
  const clone = { ...(await readClone(dir)), dir };
  const { sessions } = await readLogs(path.join(logs, 'test'));
  const { sessions: agreed, observations } = await agreeEngines({ clone, sessions, engines: [browser, createTextEngine()] });
  expect(agreed.map(({ session, disagreement, refused }) => ({ session, disagreement, refused }))).toEqual(
    sessions.map(({ id }) => ({ session: id, disagreement: null, refused: 0 })),
  );
  expect(observations).toBe(sessions.reduce((sum, { steps }) => sum + steps.length, 0));
  expect(observations).toBeGreaterThan(40);
});
