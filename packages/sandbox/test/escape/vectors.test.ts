import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readVectors } from '../../src/index.ts';

describe('a folder of attack pages', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'backlot-vectors-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  it('is read page by page, with what each says of itself', async () => {
    await writeFile(path.join(dir, 'a.html'), '<!-- {"family": "x", "headers": {"Link": "<y>"}, "do": "click", "watch": 5} -->\n<p>');
    await writeFile(path.join(dir, 'b.js'), 'fetch("x")');
    await writeFile(path.join(dir, 'notes.txt'), '');
    const { vectors } = await readVectors(dir);
    expect(vectors.map(({ name, kind, family }) => [name, kind, family])).toEqual([
      ['a', 'html', 'x'],
      ['b', 'js', 'other'],
    ]);
    expect(vectors[0]).toMatchObject({ headers: { link: '<y>' }, deed: 'click', watch: 5, bomb: false });
  });

  it.each([
    ['{"do": "dance"}', '"do" is one of click'],
    ['{"watch": -1}', '"watch" is a number'],
    ['{"headers": {"x": 1}}', '"headers" holds names'],
    ['{"x": }', 'is no JSON'],
  ])('that says %s is refused with the file and the reason', async (said, reason) => {
    await writeFile(path.join(dir, 'a.js'), `/* ${said} */`);
    await expect(readVectors(dir)).rejects.toThrow(reason);
    await expect(readVectors(dir)).rejects.toThrow('a.js');
  });

  it('that holds none, or is not there, is refused', async () => {
    await expect(readVectors(dir)).rejects.toThrow('holds no attack page');
    await expect(readVectors(path.join(dir, 'none'))).rejects.toThrow("can't be read");
  });
});

it('the pages of this version are more than 150 in families, each under a name of its own', async () => {
  const { vectors } = await readVectors(fileURLToPath(new URL('../../../../sandboxes/escape', import.meta.url)));
  expect(vectors.filter(({ bomb }) => !bomb).length).toBeGreaterThan(150);
  expect(new Set(vectors.map(({ name }) => name)).size).toBe(vectors.length);
  expect(vectors.filter(({ family }) => family === 'other')).toEqual([]);
});
