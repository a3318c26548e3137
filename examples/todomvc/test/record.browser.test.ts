import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { planSession } from '../src/plan.ts';
import { recordUsers } from '../src/record.ts';
import type { TrueStep } from '../src/users.ts';

/** One for each way in which implementations differ. */
const differing = ['react', 'backbone', 'vue', 'emberjs'];

describe('recordUsers', () => {
  it.each(differing)('records a whole planned session of %s, and keeps the truth apart', async (implementation) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'backlot-todomvc-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const [logs, truth] = [path.join(folder, 'logs'), path.join(folder, 'truth')];
    const [user] = await recordUsers({ implementation, sessions: 1, firstSeed: 3, logs, truth });
    expect(user).toMatchObject({ session: 's0003', steps: planSession(3).length, pageErrors: [] });
    expect(user?.error).toBeUndefined();
    expect(readdirSync(logs).sort()).toEqual(['s0003.har.gz', 's0003.meta.json', 's0003.rrweb.json.gz']);
    const { steps } = JSON.parse(gunzipSync(readFileSync(path.join(truth, 's0003.steps.json.gz'))).toString()) as { steps: TrueStep[] };
    const typed = steps.findLast(({ action }) => action.kind === 'press' && action.target?.name !== '');
    expect(typed?.after).toContain('listitem');
  });
});
