import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { auditRecordSchema, type AuditRecord } from '@backlot/protocol';
import { AuditLog, auditTrail, compilePolicy, freshKey, parsePolicy, secretMask, verifyAudit } from '@backlot/sandbox';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startRunner, type Runner } from '../src/index.ts';
import { call, options, tasks } from './fixtures/runner.ts';

const secret = 'Quiet harbour/42';
const text = `
v: 1
name: careful
secrets: ['${secret}']
rules:
  - { id: end, end: Never., when: { action: goto } }
  - { id: secret, deny: It is a secret., when: { data: { kinds: [secret], in: [typed] } } }
  - { id: work, allow: Fine., when: {} }
`;
const policies = [compilePolicy(parsePolicy(text))];
const [fill, enter] = tasks[0]!.oracle;

let dir: string;
let log: AuditLog;
let runner: Runner;
beforeEach(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'backlot-served-audit-'));
  const about = { run: 'r', tool: 't', command: 'c', subject: 's', agent: 'served', engine: 'text', world: '0', mode: 'enforce' as const };
  const mask = secretMask([secret]);
  log = await AuditLog.open(dir, { ...about, policies: [{ name: 'careful', text }] }, { key: freshKey(), now: () => 0, mask });
  runner = await startRunner({ ...options, policies, audit: auditTrail(log), mask, out: dir });
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

async function finish(): Promise<readonly AuditRecord[]> {
  await runner.close();
  await log.close();
  expect((await verifyAudit(dir)).intact).toBe(true);
  const lines = readFileSync(path.join(dir, 'audit.jsonl'), 'utf8').trim().split('\n');
  return lines.map((line) => auditRecordSchema.parse(JSON.parse(line)));
}

const begin = async (more: object = {}): Promise<string> =>
  `${runner.url}/episodes/${(await call(`${runner.url}/episodes`, 'POST', { task: tasks[0]!.id, ...more })).body.id}`;
const step = async (episode: string, move: unknown): Promise<void> => void (await call(`${episode}/step`, 'POST', { move }));

describe('the audit of served episodes', () => {
  it('tells of each, whoever else acted in between, what it tried, what was stopped and how it came out', async () => {
    const [one, two] = [await begin(), await begin({ policies: [] })];
    await step(one, fill);
    await step(two, { kind: 'goto', value: '/' });
    await step(one, enter);
    await step(one, { kind: 'done' });
    const records = await finish();
    const of = (episode: number): AuditRecord[] => records.filter(({ body }) => 'episode' in body && body.episode === episode);
    const kinds = (episode: number): string[] => of(episode).map(({ kind }) => kind);
    expect(kinds(1)).toEqual(['episode', 'observation', 'decision', 'result', 'decision', 'result', 'end']);
    expect(kinds(2)).toEqual(['episode', 'observation', 'decision', 'result', 'end']);
    expect(of(1).at(-1)?.body).toMatchObject({ ending: 'done', reward: 1 });
    expect(of(2).find(({ kind }) => kind === 'decision')?.body).toMatchObject({ decision: { verb: 'end', rule: 'end' } });
    expect(of(2).at(-1)?.body).toMatchObject({ ending: 'stopped', reward: 0 });
  });

  it('tells of forks, of attempts begun anew and of what was restored', async () => {
    const one = await begin();
    await step(one, fill);
    const { body: snapshot } = await call(`${one}/snapshot`, 'GET');
    const fork = `${runner.url}/episodes/${(await call(`${one}/fork`, 'POST')).body.id}`;
    await step(fork, enter);
    await step(one, { kind: 'done' });
    await call(`${one}/restore`, 'POST', snapshot);
    await step(one, enter);
    await call(`${one}/reset`, 'POST', { index: 1 });
    const told = (await finish()).flatMap(({ kind, body }) => ('episode' in body ? [`${kind} ${body.episode}`] : []));
    expect(told.join(', ')).toBe(
      [
        'episode 1, observation 1, decision 1, result 1',
        'episode 2, observation 2, observation 2, decision 2, result 2',
        'end 1, observation 1, decision 1, result 1, end 1',
        'episode 3, observation 3',
        'end 2',
      ].join(', '),
    );
  });

  it('and the file of finished episodes beside it hold no secret', async () => {
    const one = await begin();
    await step(one, { ...fill, value: secret });
    await step(one, { kind: 'done', value: `It is ${secret}` });
    await finish();
    const names = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const all = names.map(({ parentPath, name }) => readFileSync(path.join(parentPath, name), 'utf8')).join('\n');
    expect(all).not.toContain(secret);
    expect(all.split('«secret 1»').length).toBeGreaterThan(3);
    expect(readFileSync(path.join(dir, 'episodes.jsonl'), 'utf8')).toContain('«secret 1»');
  });

  it('is written before an action is done: where it can not be, nothing is done', async () => {
    const one = await begin();
    rmSync(path.join(dir, 'blobs'), { recursive: true });
    await log.blob('anything').catch(() => undefined);
    const stepped = await call(`${one}/step`, 'POST', { move: fill });
    expect(JSON.stringify(stepped.body)).toContain("can't be written");
    await runner.close();
  });
});
