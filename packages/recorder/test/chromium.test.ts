import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ChromiumError, findChromium } from '../src/chromium.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'backlot-chromium-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const program = (name: string): string => {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, '#!/bin/sh\n');
  chmodSync(file, 0o755);
  return file;
};

describe('findChromium', () => {
  it('takes the browser that BACKLOT_CHROMIUM names', () => {
    const named = program('my-browser');
    expect(findChromium({ env: { BACKLOT_CHROMIUM: named, PATH: folder } })).toBe(named);
  });

  it('refuses a BACKLOT_CHROMIUM that cannot be started, and says what to do', () => {
    const env = { BACKLOT_CHROMIUM: path.join(folder, 'nothing') };
    expect(() => findChromium({ env })).toThrow(ChromiumError);
    expect(() => findChromium({ env })).toThrow(/Correct it, or unset it/);
  });

  it('prefers the headless shell on PATH, but not where a window must be shown', () => {
    const shell = program('chromium-headless-shell');
    const full = program('chromium');
    expect(findChromium({ env: { PATH: folder } })).toBe(shell);
    expect(findChromium({ env: { PATH: folder }, headed: true })).toBe(full);
  });
});
