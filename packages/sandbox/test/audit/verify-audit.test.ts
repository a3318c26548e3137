import fc from 'fast-check';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isFull } from '../../../../scripts/fuzz.ts';
import { auditReport, checkLog, AuditLog, freshKey, keyFrom, verifyAudit, type AuditKey } from '../../src/index.ts';
import { genesis, seal } from '../../src/audit/chain.ts';
import { signedText } from '../../src/audit/keys.ts';

const subject = {
  run: 'run-1',
  tool: 'backlot 0',
  command: 'backlot run',
  subject: 'a suite',
  agent: 'random',
  engine: 'text',
  world: '0',
  mode: 'enforce' as const,
  policies: [{ name: 'p', text: 'v: 1\n' }],
};

let root: string;
let clock = 1_800_000_000_000;
const now = (): number => (clock += 7);

async function audit(dir: string, records: number, key: AuditKey = freshKey()): Promise<void> {
  const log = await AuditLog.open(dir, subject, { key, now });
  for (let i = 0; i < records; i++) {
    await log.append('observation', {
      episode: 1,
      step: i,
      url: `/items/${i}`,
      title: 'Items – Ä',
      aria: await log.blob(`- text: page ${i % 40}`),
    });
  }
  await log.close();
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'audit-'));
});
afterAll(() => rm(root, { recursive: true }));

describe('an audit', () => {
  it('is intact as it was written', async () => {
    const dir = join(root, 'plain');
    const key = freshKey();
    await audit(dir, 250, key);
    const verdict = await verifyAudit(dir, { publicKey: key.publicKey });
    expect(verdict).toMatchObject({ intact: true, closed: true, blobs: 41, findings: [] });
    expect(verdict.records).toBe(250 + 2 + 2);
    expect(verdict.signedBy).toMatch(/^([0-9a-f]{4} ?){8}$/);
  });

  it('with a link to what never ends in the place of a blob is not intact, and does not keep whoever verifies it waiting', async () => {
    const dir = join(root, 'pipes');
    await audit(dir, 3);
    const [link, folder] = (await readdir(join(dir, 'blobs'))).map((name) => join(dir, 'blobs', name)) as [string, string];
    for (const file of [link, folder]) await unlink(file);
    await symlink('/dev/zero', link);
    await mkdir(folder);
    const { findings } = await verifyAudit(dir);
    expect(findings.map(({ kind }) => kind)).toEqual(['blob', 'blob']);
    expect((await auditReport(dir)).html).toContain('backlot audit verify');
  });

  it('is never overwritten', async () => {
    await expect(AuditLog.open(join(root, 'plain'), subject, { key: freshKey(), now })).rejects.toThrow('holds an audit already');
  });

  describe('of 10,000 records', () => {
    let bytes: Buffer;
    let starts: number[];
    beforeAll(async () => {
      await audit(join(root, 'long'), 9_900);
      bytes = await readFile(join(root, 'long', 'audit.jsonl'));
      starts = [0, ...[...bytes.keys()].filter((i) => bytes[i] === 10 && i + 1 < bytes.length).map((i) => i + 1)];
    }, 120_000);

    const lineAt = (at: number): number => starts.findLastIndex((start) => start <= at) + 1;

    it('is that long and intact', () => {
      const { records, findings } = checkLog(bytes);
      expect(records.length).toBeGreaterThanOrEqual(10_000);
      expect(findings).toEqual([]);
    });

    it('tells of 200 changed bytes, each alone, which line was changed', () => {
      let found = 0;
      fc.assert(
        fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
          const changed = Buffer.from(bytes);
          changed[at] = (changed[at]! + by) % 256;
          const [first] = checkLog(changed).findings;
          // The end of a line belongs to it.
          if (first !== undefined && first.line === lineAt(at)) found += 1;
        }),
        { numRuns: 200 },
      );
      expect(found).toBe(200);
    }, 300_000);

    it('tells of 200 lines removed, repeated, exchanged or cut off, each alone, where it was', () => {
      // A tenth of it is enough for every run: where it was does not depend on the length.
      const lines = bytes
        .toString('latin1')
        .trimEnd()
        .split('\n')
        .slice(0, isFull ? 10_000 : 1000);
      const tampering = fc.record({
        how: fc.constantFrom('remove', 'repeat', 'exchange', 'cut'),
        at: fc.integer({ min: 1, max: lines.length - 2 }),
      });
      let found = 0;
      fc.assert(
        fc.property(tampering, ({ how, at }) => {
          const copy = [...lines];
          if (how === 'remove') copy.splice(at, 1);
          if (how === 'repeat') copy.splice(at, 0, copy[at]!);
          if (how === 'exchange') [copy[at], copy[at + 1]] = [copy[at + 1]!, copy[at]!];
          if (how === 'cut') copy.length = at + 1;
          const [first] = checkLog(Buffer.from(`${copy.join('\n')}\n`, 'latin1')).findings;
          const wanted = { remove: at + 1, repeat: at + 2, exchange: at + 1, cut: at + 1 }[how];
          if (first?.line === wanted) found += 1;
          else throw new Error(`${how} at ${at}: ${JSON.stringify(first)}`);
        }),
        { numRuns: 200 },
      );
      expect(found).toBe(200);
    }, 300_000);
  });

  it('tells where somebody rewrote a record and every hash after it', async () => {
    const dir = join(root, 'rewritten');
    await audit(dir, 250);
    const lines = (await readFile(join(dir, 'audit.jsonl'), 'utf8')).trimEnd().split('\n');
    let prev = genesis;
    const forged = lines.map((line, i) => {
      const { n, at, kind, body } = JSON.parse(line);
      const changed = i === 120 ? { ...body, url: '/elsewhere' } : body;
      const sealed = seal({ n, at: Date.parse(at), kind, body: changed, prev });
      prev = sealed.hash;
      return sealed.line;
    });
    const { findings } = checkLog(Buffer.from(`${forged.join('\n')}\n`));
    expect(findings[0]).toMatchObject({ kind: 'unsigned', line: 201, says: expect.stringContaining('lines 102 to 201') });
  });

  it('tells that another key has signed it all', async () => {
    const [mine, theirs] = [freshKey(), freshKey()];
    const dir = join(root, 'other-key');
    await audit(dir, 20, theirs);
    expect((await verifyAudit(dir)).intact).toBe(true);
    const { findings } = await verifyAudit(dir, { publicKey: mine.publicKey });
    expect(findings.map(({ kind }) => kind)).toEqual(['key', 'unsigned']);
  });

  it('tells of blobs that were changed, taken away or put in, and which lines name them', async () => {
    const dir = join(root, 'blobs');
    await audit(dir, 3);
    const [first = '', second = ''] = (await readdir(join(dir, 'blobs'))).sort();
    await writeFile(join(dir, 'blobs', first), 'something else');
    await unlink(join(dir, 'blobs', second));
    await writeFile(join(dir, 'blobs', 'extra'), 'x');
    const { findings } = await verifyAudit(dir);
    const says = findings.map((finding) => finding.says);
    expect(findings.map(({ kind }) => kind)).toEqual(['blob', 'blob', 'blob']);
    expect(says).toContainEqual(expect.stringMatching(`^blobs/${first}, named in line \\d+ first, was changed$`));
    expect(says).toContainEqual(expect.stringMatching(`^blobs/${second}, named in line \\d+ first, is missing$`));
    expect(says).toContain('blobs/extra is named by no record');
  });

  it('is unfinished where the run was broken off, and says so', async () => {
    const dir = join(root, 'unfinished');
    const log = await AuditLog.open(dir, subject, { key: freshKey(), now });
    await log.append('end', { episode: 1, ending: 'done', reward: 1, feedback: [] });
    const { closed, findings } = await verifyAudit(dir);
    expect(closed).toBe(false);
    expect(findings).toEqual([{ kind: 'cut', line: 2, bytes: expect.anything(), says: expect.stringContaining('without its signed end') }]);
    await log.close();
    expect((await verifyAudit(dir)).intact).toBe(true);
  });

  it('takes nothing more once it could not be written', async () => {
    const dir = join(root, 'full');
    const log = await AuditLog.open(dir, subject, { key: freshKey(), now });
    await rm(join(dir, 'blobs'), { recursive: true });
    await expect(log.blob('x')).rejects.toThrow(`The audit in ${dir} can't be written`);
    await expect(log.append('end', { episode: 1, ending: 'done', reward: 1, feedback: [] })).rejects.toThrow("can't be written");
    await expect(log.close()).rejects.toThrow("can't be written");
  });

  it('keeps the order of what is added at the same time', async () => {
    const dir = join(root, 'order');
    const log = await AuditLog.open(dir, subject, { key: freshKey(), now, every: 3 });
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => log.append('observation', { episode: 1, step: i, url: '/', title: '', aria: genesis })),
    );
    await log.close();
    const { records, findings } = checkLog(await readFile(join(dir, 'audit.jsonl')));
    expect(findings).toEqual([]);
    expect(records.flatMap((record) => (record.kind === 'observation' ? [record.body.step] : []))).toEqual(
      Array.from({ length: 20 }, (_, i) => i),
    );
  });

  it('is signed by a key in a file where one is given, the same every time', async () => {
    const file = join(root, 'key.pem');
    const [made, read] = [await keyFrom(file), await keyFrom(file)];
    expect(made.publicKey).toBe(read.publicKey);
    expect(made.sign(signedText('r', 1, genesis))).toBe(read.sign(signedText('r', 1, genesis)));
    await writeFile(join(root, 'bad.pem'), 'no key');
    await expect(keyFrom(join(root, 'bad.pem'))).rejects.toThrow('holds no private key');
  });

  it('of any bytes at all is checked without breaking', () => {
    const line = seal({ n: 0, at: 0, kind: 'end', body: { episode: 1, ending: 'done', reward: 1, feedback: [] }, prev: genesis }).line;
    const pieces = fc.oneof(
      fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
      fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value) ?? '')),
      fc.constant(Buffer.from(line)),
      fc.constant(Buffer.from('\n')),
      fc.constant(Buffer.from(`,"hash":"${genesis}"}`)),
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 6 }), (drawn) => {
        expect(checkLog(Buffer.concat(drawn)).findings.length).toBeGreaterThan(0);
      }),
      { numRuns: 10_000 },
    );
  }, 120_000);
});
