import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backlot } from './fixtures/backlot.ts';
import { writeLogs } from './fixtures/write-logs.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'backlot-explain-'));
const clone = path.join(dir, 'clone');

beforeAll(async () => {
  writeLogs(path.join(dir, 'logs'), [
    ['Buy milk', 'Call Ada'],
    ['Water plants', 'Read'],
  ]);
  const { code, err } = await backlot('synth', path.join(dir, 'logs'), '--out', clone);
  expect(code, err).toBe(0);
}, 60_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('backlot explain', () => {
  it('says all of a clone in short', async () => {
    const { code, out } = await backlot('explain', clone);
    expect(code).toBe(0);
    expect(out).toContain('What was learned of ');
    for (const heading of ['Tables', 'Only remembered', 'When the button “Add” is clicked']) expect(out).toContain(heading);
  });

  it('says a page, a rule and a table in full', async () => {
    expect((await backlot('explain', clone, '/')).out).toMatch(/^p0 .*\n[^]*What it shows[^]*Learned from \d+ views/);
    expect((await backlot('explain', clone, 'add')).out).toMatch(/^When the button “Add” is clicked[^]*certain|ambiguous[^]*Learned from/);
    expect((await backlot('explain', clone, 't0')).out).toContain('Table t0');
  });

  it('gives the same as data', async () => {
    const overview = JSON.parse((await backlot('explain', clone, '--json')).out) as { readonly pages: readonly { readonly id: string }[] };
    expect(overview.pages.map(({ id }) => id)).toEqual(['p0']);
    expect(JSON.parse((await backlot('explain', clone, 'p0', '--json')).out)).toMatchObject({ kind: 'page', id: 'p0', addresses: ['/'] });
  });

  it('exits with 2 and names what is close where nothing is so called', async () => {
    const { code, out, err } = await backlot('explain', clone, 'p00');
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(/is called "p00"\. The closest are p0, /);
  });
});
