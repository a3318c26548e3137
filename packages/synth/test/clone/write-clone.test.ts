import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assetPath } from '../../src/clone/assets.ts';
import { writeClone } from '../../src/clone/write-clone.ts';
import { assets, dot, namesWorld } from './fixtures.ts';

const sheet = assetPath(assets[0]!);
const picture = assetPath(assets[1]!);
const world = namesWorld(picture);
let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'backlot-write-'));
});
afterEach(() => rm(root, { recursive: true }));

async function contents(dir: string): Promise<Record<string, string>> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    await Promise.all(files.sort().map(async (file) => [file.slice(dir.length), await readFile(file, 'utf8')] as const)),
  );
}

describe('writeClone', () => {
  it('writes index, runtime, world, assets and the pages for people, and nothing else', async () => {
    const dir = join(root, 'deep', 'clone');
    await writeClone(dir, { world, assets });
    const files = await contents(dir);
    expect(Object.keys(files)).toEqual([picture, sheet, '/explain/index.html', '/index.html', '/runtime.js', '/world.json'].sort());
    expect(JSON.parse(files['/world.json'] ?? '')).toEqual(world);
    expect(files[picture]).toBe(dot);
    expect(await readdir(join(root, 'deep'))).toEqual(['clone']);
  });

  it('points the addresses inside a style sheet at the files of the clone', async () => {
    await writeClone(join(root, 'clone'), { world, assets });
    expect((await contents(join(root, 'clone')))[sheet]).toBe(`h1 { background: url("${picture}") }`);
  });

  it('writes the same bytes for the same parts', async () => {
    await writeClone(join(root, 'one'), { world, assets });
    await writeClone(join(root, 'two'), { world: structuredClone(world), assets: structuredClone(assets) });
    expect(await contents(join(root, 'one'))).toEqual(await contents(join(root, 'two')));
  });

  it('replaces a clone as a whole', async () => {
    const dir = join(root, 'clone');
    await writeClone(dir, { world, assets });
    await writeClone(dir, { world: { ...world, css: [] }, assets: [] });
    expect(Object.keys(await contents(dir))).toEqual(['/explain/index.html', '/index.html', '/runtime.js', '/world.json']);
    expect(await readdir(root)).toEqual(['clone']);
  });

  it('fills an empty folder and leaves a folder of other files alone', async () => {
    const dir = join(root, 'mine');
    await mkdir(dir);
    await writeClone(dir, { world, assets: [] });
    await rm(join(dir, 'runtime.js'));
    await writeFile(join(dir, 'diary.txt'), 'dear');
    await expect(writeClone(dir, { world, assets })).rejects.toThrow(/holds files that are no clone/);
    expect(await readFile(join(dir, 'diary.txt'), 'utf8')).toBe('dear');
    await expect(writeClone(join(dir, 'diary.txt'), { world, assets })).rejects.toThrow(/can't be written/);
  });

  it('forbids the document scripts in markup, frames and sending forms', async () => {
    await writeClone(join(root, 'clone'), { world, assets: [] });
    const index = await readFile(join(root, 'clone', 'index.html'), 'utf8');
    for (const part of ["default-src 'self'", "script-src 'self';", "form-action 'none'", "base-uri 'none'", "frame-src 'none'"]) {
      expect(index).toContain(part);
    }
  });
});
