import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Template } from '@backlot/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  AuditLog,
  auditReport,
  auditTrail,
  compilePolicy,
  createTextEngine,
  freshKey,
  superviseEngine,
  verifyAudit,
} from '../../src/index.ts';
import { listWorld } from '../../../world/fixtures/list-world.ts';
import { policy } from '../policy/subjects.ts';

const hostile = '</pre><script>alert(1)</script><img src=https://elsewhere.test/x onerror=alert(1)>\u202eevil';
const rules = '  - { id: gone, deny: It is gone., when: { irreversible: true } }\n  - { id: rest, allow: Fine., when: {} }';
const out: Template = { el: 'a', anchor: 'out', attrs: { href: 'https://elsewhere.test/out' }, kids: [{ text: 'Out' }] };
const [list, ...others] = listWorld.pages;
const html = list!.template as Extract<Template, { el: string }>;
const world = { ...listWorld, pages: [{ ...list!, template: { ...html, kids: [...html.kids, out] } }, ...others] };
let dir: string;

beforeAll(async () => {
  dir = join(await mkdtemp(join(tmpdir(), 'report-')), 'run');
  const text = `v: 1\nname: test\nrules:\n${rules}`;
  let clock = 1_800_000_000_000;
  const about = {
    run: 'r',
    tool: 'backlot 0',
    command: 'npx backlot run --seed 7',
    subject: hostile,
    agent: 'tester',
    engine: 'text',
    world: '0',
    mode: 'enforce' as const,
  };
  const log = await AuditLog.open(dir, { ...about, policies: [{ name: 'test', text }] }, { key: freshKey(), now: () => (clock += 5) });
  const trail = auditTrail(log);
  const engine = superviseEngine(createTextEngine(), { policies: [compilePolicy(policy(rules))], record: trail.record });
  const episode = await engine.open({ clone: { world, hash: '0' }, account: 'two', task: { id: 't', instruction: hostile } });
  await episode.act({ kind: 'fill', target: { role: 'textbox', name: 'What needs doing?', nth: 0 }, value: hostile });
  await episode.act({ kind: 'click', target: { role: 'button', name: 'Clear done', nth: 0 } });
  await episode.act({ kind: 'click', target: { role: 'link', name: 'Out', nth: 0 } });
  await trail.end({ task: 't', agent: 'tester', engine: 'text', ending: 'gave_up', reward: 0, feedback: [hostile], steps: [] });
  await log.close();
});
afterAll(() => rm(join(dir, '..'), { recursive: true }));

describe('the report of an audit', () => {
  it('tells what was stopped, by which rule, why, what it would have done and what would be allowed', async () => {
    const { html, verdict } = await auditReport(dir);
    expect(verdict.intact).toBe(true);
    for (const text of [
      'The audit is as it was written',
      'test / gone',
      'It is gone.',
      'click button &quot;Clear done&quot;',
      'deletes item',
      'npx backlot run --seed 7',
      'id: gone',
    ]) {
      expect(html).toContain(text);
    }
  });

  it('tells which actions meant to lead out', async () => {
    expect((await auditReport(dir)).html).toContain('meant to lead out, to https://elsewhere.test/out');
  });

  it('takes what pages and agents wrote for text, loads nothing and runs nothing', async () => {
    const { html } = await auditReport(dir);
    expect(html).toContain('&lt;script&gt;alert(1)');
    expect(html).toContain('⟨U+202E⟩evil');
    expect(html).not.toMatch(/<script|onerror=alert\(1\)>|<img src="?http|<link|url\(|@import/);
    expect(html).toContain(`content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"`);
  });

  it('says at its top that the audit was changed, and where', async () => {
    const file = join(dir, 'audit.jsonl');
    const lines = await readFile(file, 'utf8');
    await writeFile(file, lines.replace('"verb":"deny"', '"verb":"deni"'));
    const { html } = await auditReport(dir);
    expect(html).toContain('The audit is not as it was written');
    expect(html).toMatch(/line \d+ was changed/);
    await writeFile(file, lines);
    expect((await verifyAudit(dir)).intact).toBe(true);
  });

  it('shows no blob that is not what its digest says', async () => {
    const { html: before } = await auditReport(dir);
    const blob = /sha256 ([0-9a-f]{16})…/.exec(before)?.[1] ?? '';
    const [name = ''] = (await import('node:fs')).readdirSync(join(dir, 'blobs')).filter((each) => each.startsWith(blob));
    const kept = await readFile(join(dir, 'blobs', name));
    await writeFile(join(dir, 'blobs', name), 'rules: []');
    expect((await auditReport(dir)).html).toContain('Its text is missing or was changed.');
    await writeFile(join(dir, 'blobs', name), kept);
  });
});
