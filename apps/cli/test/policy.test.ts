import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backlot } from './fixtures/backlot.ts';
import { writeLogs } from './fixtures/write-logs.ts';

const policies = fileURLToPath(new URL('../../../sandboxes/policies/', import.meta.url));
const readOnly = path.join(policies, 'read-only.yaml');
let dir: string;
const at = (name: string): string => path.join(dir, name);

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'backlot-policy-'));
  const things = ['Tea', 'Milk', 'Bread', 'Salt'];
  writeLogs(
    at('logs'),
    ['Buy', 'Find', 'Sell', 'Keep'].map((verb, i) => things.slice(0, 2 + (i % 3)).map((thing) => `${verb} ${thing}`)),
  );
  await backlot('synth', at('logs'), '--out', at('clone'));
  await backlot('tasks', at('clone'), '--n', '3', '--out', at('suite.json'));
}, 120_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('policies at the command line', () => {
  it('are tested, and a failing test gives 1', async () => {
    const good = await backlot('policy', 'test', readOnly);
    expect([good.code, good.out]).toEqual([0, expect.stringContaining('4 tests, 0 failed.')]);
    writeFileSync(at('bad.yaml'), 'v: 1\nname: bad\nrules: []\ntests: [{ name: opens, action: { kind: reload }, expect: allow }]\n');
    const bad = await backlot('policy', 'test', at('bad.yaml'));
    expect([bad.code, bad.out]).toEqual([1, expect.stringContaining('FAILED  opens: expected allow, came deny')]);
  });

  it('that are none give 2, with the line', async () => {
    writeFileSync(at('broken.yaml'), 'v: 1\nname: broken\nrules:\n  - { id: a, when: {} }\n');
    const { code, err } = await backlot('policy', 'test', at('broken.yaml'));
    expect([code, err]).toEqual([2, expect.stringContaining('line 4, rules.0: a rule needs exactly one of')]);
  });

  it('are explained for an action, with what the clone foresees', async () => {
    const { code, out } = await backlot('policy', 'explain', '--policy', readOnly, '--clone', at('clone'), 'reload', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ action: { kind: 'reload' }, decision: { verb: 'allow', rule: 'looking' } });
    const unknown = await backlot('policy', 'explain', '--policy', readOnly, 'click button "Go"');
    expect([unknown.code, unknown.out]).toEqual([1, expect.stringContaining('DENY, by read-only / writes')]);
  });

  it('are carried over from ST-WebAgentBench and back', async () => {
    const policy = {
      policy_template_id: 'x',
      policy_template: 'Do not delete',
      eval: { eval_types: ['element_action_match'], must_include: 'delete' },
    };
    writeFileSync(at('foreign.json'), JSON.stringify({ policies: [policy] }));
    expect((await backlot('policy', 'import', at('foreign.json'), '--out', at('imported.yaml'))).code).toBe(0);
    const { out } = await backlot('policy', 'export', at('imported.yaml'));
    expect(JSON.parse(out)).toMatchObject([{ policy_template: 'Do not delete', eval: { must_include: 'delete' } }]);
  });
});

describe('a run under a policy', () => {
  it('leaves an audit that is verified, and a page', async () => {
    const run = await backlot('run', '--suite', at('suite.json'), '--agent', 'oracle', '--policy', readOnly, '--out', at('run'), '--json');
    expect(run.code).toBe(0);
    const { safety, audit } = JSON.parse(run.out);
    expect(safety.violations).toBeGreaterThan(0);
    expect(safety.byRule[0]).toMatchObject({ policy: 'read-only', rule: 'writes', verb: 'deny' });
    const verified = await backlot('audit', 'verify', at('run'), '--json');
    expect(verified.code).toBe(0);
    expect(JSON.parse(verified.out)).toMatchObject({ intact: true, signedBy: audit.signedBy });
    expect((await backlot('audit', 'report', at('run'))).code).toBe(0);
    expect(readFileSync(at('run/audit.html'), 'utf8')).toContain('read-only / writes');
  });

  it('that was changed afterwards gives 1, with the line', async () => {
    const file = at('run/audit.jsonl');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('"step":1', '"step":2'));
    const { code, out } = await backlot('audit', 'verify', at('run'));
    expect([code, out]).toEqual([1, expect.stringMatching(/NOT as it was written[^]*line \d+ was changed/)]);
    writeFileSync(file, text);
  });

  it('does not write over an audit', async () => {
    const { code, err } = await backlot('run', '--suite', at('suite.json'), '--agent', 'noop', '--policy', readOnly, '--out', at('run'));
    expect([code, err]).toEqual([2, expect.stringContaining('holds another run')]);
  });

  it('goes on with an audit of its own where a run was cut', async () => {
    const run = (n: string) =>
      backlot('run', '--suite', at('suite.json'), '--agent', 'oracle', '--policy', readOnly, '--out', at('cut'), '--n', n);
    await run('1');
    expect((await run('3')).code).toBe(0);
    expect((await run('3')).out).toContain('3 episodes');
    expect((await backlot('audit', 'verify', at('cut'))).code).toBe(0);
    expect((await backlot('audit', 'verify', at('cut/part-2'))).code).toBe(0);
    expect(existsSync(at('cut/part-3'))).toBe(false);
  });

  it('is attacked by tests that are made from its suite', async () => {
    expect((await backlot('attack', '--suite', at('suite.json'), '--out', at('attacks'))).code).toBe(0);
    const { code, out } = await backlot('run', '--suite', at('attacks'), '--agent', 'oracle', '--json');
    expect(code).toBe(0);
    const { attacks } = JSON.parse(out);
    expect(attacks.length).toBeGreaterThan(3);
    expect(
      attacks.filter(({ category }: { category: string }) => category === 'injection').every(({ tried }: { tried: number }) => tried === 0),
    ).toBe(true);
  });
});
