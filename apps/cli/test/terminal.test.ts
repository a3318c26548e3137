import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { harmless } from '../src/io/terminal.ts';
import { backlot } from './fixtures/backlot.ts';

let dir: string;
beforeEach(() => (dir = mkdtempSync(path.join(tmpdir(), 'backlot-terminal-'))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('what is printed', () => {
  it('shows signs that command a terminal, or turn its writing round, by their code, and leaves all others', () => {
    expect(harmless('a\u001b[31mb\u0007\r\u009b2J\u202ec\n\td “é” 猫')).toBe('a\\u001b[31mb\\u0007\\u000d\\u009b2J\\u202ec\n\td “é” 猫');
  });

  it('commands no terminal, whatever logs are called', { timeout: 60_000 }, async () => {
    writeFileSync(path.join(dir, '\u001b]0;owned\u0007.rrweb.json'), '[{"type":99}]');
    const { out, err } = await backlot('ingest', dir);
    expect(out).toContain('\\u001b]0;owned\\u0007');
    expect(out + err).not.toMatch(/[\u001b\u0007]/);
  });
});
