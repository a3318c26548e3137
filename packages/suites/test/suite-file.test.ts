import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Suite } from '@backlot/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSuite, SuiteFileError, writeSuite } from '../src/index.ts';

const suite: Suite = { v: 1, name: 'list-7', clone: 'clone', worldHash: 'a'.repeat(64), seed: 7, tasks: [], sampled: 0, rejected: {} };
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backlot-suite-'));
});
afterEach(() => rm(folder, { recursive: true }));
const holding = async (text: string): Promise<string> => {
  const file = join(folder, 'suite.json');
  await writeFile(file, text);
  return file;
};

describe('writeSuite', () => {
  it('writes what readSuite reads, and nothing beside it', async () => {
    const file = join(folder, 'deep', 'suite.json');
    await writeSuite(file, suite);
    expect(await readSuite(file, suite.worldHash)).toEqual(suite);
    expect(await readdir(join(folder, 'deep'))).toEqual(['suite.json']);
  });

  it('writes the same bytes for the same suite', async () => {
    await writeSuite(join(folder, 'a'), suite);
    await writeSuite(join(folder, 'b'), structuredClone(suite));
    expect(await readFile(join(folder, 'a'))).toEqual(await readFile(join(folder, 'b')));
  });
});

describe('readSuite', () => {
  it('names a file that is not there', async () => {
    await expect(readSuite(join(folder, 'none.json'))).rejects.toThrow(/none\.json: there is no such file/);
  });

  it('says that a folder is a folder', async () => {
    await expect(readSuite(folder)).rejects.toThrow(/this is a folder/);
  });

  it('says that a text is no JSON', async () => {
    await expect(readSuite(await holding('{"v": 1,'))).rejects.toThrow(SuiteFileError);
    await expect(readSuite(await holding('{"v": 1,'))).rejects.toThrow(/suite\.json: no JSON/);
  });

  it('says which part is amiss', async () => {
    const broken = JSON.stringify({ ...suite, tasks: [{ id: 7 }] });
    await expect(readSuite(await holding(broken))).rejects.toThrow(/suite\.json: tasks\.0\.id: .*backlot tasks/);
  });

  it('refuses a suite of another world', async () => {
    await expect(readSuite(await holding(JSON.stringify(suite)), 'b'.repeat(64))).rejects.toThrow(
      /another world \(aaaaaaaaaaaa, not bbbbbbbbbbbb\)/,
    );
  });
});
