import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AuditLog,
  auditReport,
  auditTrail,
  compilePolicy,
  createTextEngine,
  freshKey,
  parsePolicy,
  secretMask,
  superviseEngine,
  verifyAudit,
} from '../../src/index.ts';
import { masked } from '../../src/audit/mask.ts';
import { listWorld } from '../../../world/fixtures/list-world.ts';

const secret = 'Quiet harbour/42';
const token = `ghp_${'a1'.repeat(18)}`;
const mask = secretMask([secret, 'other-secret']);

describe('the mask of secrets', () => {
  it.each([
    [`a ${secret} b`, 'a «secret 1» b'],
    [`${secret.toUpperCase()}; OTHER-secret`, '«secret 1»; «secret 2»'],
    [`/send?text=${encodeURIComponent(secret)}&x=1`, '/send?text=«secret 1»&x=1'],
    ['/send?text=Quiet+harbour%2F42', '/send?text=«secret 1»'],
    [Buffer.from(secret).toString('base64'), '«secret 1»=='],
    [Buffer.from(secret).toString('hex'), '«secret 1»'],
    [`key ${token}.`, 'key «credential».'],
    ['-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\nrest', '«credential»\nrest'],
    ['-----BEGIN PRIVATE KEY-----\nMIIE', '«credential»'],
    ['Buy milk', 'Buy milk'],
  ])('writes %j as %j', (text, written) => expect(mask(text)).toBe(written));

  it('leaves nothing of a secret in any value, and all else as it is', () => {
    const place = fc.string({ unit: fc.constantFrom('a', ' ', '"', '\\', 'é'), maxLength: 20 });
    const leaf = fc.tuple(place, place).map(([before, after]) => `${before}${secret}${after}`);
    const value = fc.letrec((tie) => ({
      any: fc.oneof({ maxDepth: 3 }, leaf, place, fc.integer(), fc.constant(null), fc.array(tie('any'), { maxLength: 3 }), tie('object')),
      object: fc.dictionary(fc.constantFrom('value', 'name', 'note', 'feedback'), tie('any'), { maxKeys: 3 }),
    })).any;
    fc.assert(
      fc.property(value, (any) => {
        const written = JSON.stringify(masked(any, mask));
        expect(written.toLowerCase()).not.toContain(secret.toLowerCase());
        expect(written.replaceAll('«secret 1»', secret)).toBe(JSON.stringify(any));
      }),
      { numRuns: 1000 },
    );
  });
});

const text = `
v: 1
name: quiet
secrets: ['${secret}']
rules:
  - { id: secret, deny: It is a secret., when: { data: { kinds: [secret], in: [typed] } } }
  - { id: work, allow: Fine., when: {} }
`;

describe('an audit of actions with secrets', () => {
  it('holds them nowhere, in the log, the blobs or the report, and verifies all the same', async () => {
    const dir = join(await mkdtemp(join(tmpdir(), 'mask-')), 'run');
    try {
      const parsed = parsePolicy(text);
      const about = {
        run: 'r',
        tool: 't',
        command: 'c',
        subject: secret,
        agent: 'a',
        engine: 'text',
        world: '0',
        mode: 'observe' as const,
      };
      const log = await AuditLog.open(
        dir,
        { ...about, policies: [{ name: 'quiet', text }] },
        { key: freshKey(), now: () => 0, mask: secretMask(parsed.secrets ?? []) },
      );
      const trail = auditTrail(log);
      const supervision = { policies: [compilePolicy(parsed)], mode: 'observe' as const, record: trail.record };
      const episode = await superviseEngine(createTextEngine(), supervision).open({
        clone: { world: listWorld, hash: '0' },
        account: 'two',
        task: { id: 't', instruction: `Type ${secret}.` },
      });
      const field = { target: { role: 'textbox', name: 'What needs doing?', nth: 0 } };
      for (const value of [secret, token]) {
        const { decision } = await episode.act({ kind: 'fill', ...field, value });
        expect(decision).toMatchObject({ verb: 'deny', rule: 'secret' });
        expect((await episode.act({ kind: 'press', ...field, value: 'Enter' })).observation.aria).toContain(value);
      }
      await trail.end({ task: 't', agent: 'a', engine: 'text', ending: 'gave_up', reward: 0, feedback: [secret], steps: [] });
      await log.close();
      const blobs = (await readdir(join(dir, 'blobs'))).map((name) => join(dir, 'blobs', name));
      const files = await Promise.all([join(dir, 'audit.jsonl'), ...blobs].map((file) => readFile(file, 'utf8')));
      for (const written of [...files, (await auditReport(dir)).html]) {
        expect(written).not.toContain(secret);
        expect(written).not.toContain(token);
      }
      expect(files.join()).toContain('«secret 1»');
      expect(files.join()).toContain('«credential»');
      expect((await verifyAudit(dir)).intact).toBe(true);
    } finally {
      await rm(join(dir, '..'), { recursive: true });
    }
  });
});
