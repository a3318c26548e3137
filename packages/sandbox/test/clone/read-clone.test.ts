import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { World } from '@backlot/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readClone } from '../../src/clone/index.ts';

const evidence = [{ session: 's1', step: 1 }];
const world: World = {
  v: 1,
  app: 'x',
  viewport: { width: 800, height: 600 },
  start: '/',
  defaultAccount: 'a',
  tables: [{ name: 'item', columns: [{ name: 'title', type: 'text', scope: 'server', initial: '' }] }],
  registers: [],
  seeds: { a: { tables: { item: [{ id: 'i1', title: 'One' }] }, registers: {} } },
  pages: [
    {
      id: 'p',
      route: '/',
      title: { fn: 'if', args: [{ lit: true }, { lit: 'Yes' }, { lit: 'No' }] },
      evidence,
      template: { el: 'html', anchor: 'h', attrs: { lang: 'en' }, kids: [{ text: 'Hello' }] },
    },
  ],
  rules: [
    {
      id: 'r',
      on: { ui: { page: 'p', anchor: 'h', event: 'click' } },
      do: [{ insert: 'item', row: { title: { lit: 'New' } }, at: 'end' }],
      then: 'stay',
      evidence,
      certainty: 'certain',
      probability: 1,
    },
  ],
  styles: [],
  css: [],
  exceptions: [],
};

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'backlot-read-'));
});
afterEach(() => rm(dir, { recursive: true }));

const put = (text: string) => writeFile(join(dir, 'world.json'), text);
/** The world with one value at a place put in. */
function changed(path: readonly (string | number)[], value: unknown): string {
  const copy = structuredClone(world) as unknown as Record<string | number, unknown>;
  let at = copy;
  for (const part of path.slice(0, -1)) at = at[part] as Record<string | number, unknown>;
  at[path.at(-1) as string] = value;
  return JSON.stringify(copy);
}

describe('readClone', () => {
  it('gives the world as it stands in the file, and the hash of the file', async () => {
    const text = `${JSON.stringify(world, null, 1)}\n`;
    await put(text);
    const clone = await readClone(dir);
    expect(clone).toEqual({ world, dir, hash: createHash('sha256').update(text).digest('hex') });
    expect(JSON.stringify(clone.world)).toBe(JSON.stringify(world));
  });

  it.each<[string, readonly (string | number)[], unknown, RegExp]>([
    ['an unknown effect', ['rules', 0, 'do', 0], { exec: 'rm' }, /rules\[0\]\.do\[0\]: no effect: it has exec/],
    ['an unknown expression', ['pages', 0, 'title'], { eval: '1' }, /pages\[0\]\.title: no text or expression: it has eval/],
    [
      'an unknown function',
      ['pages', 0, 'title', 'args', 1],
      { fn: 'fetch', args: [] },
      /pages\[0\]\.title\.args\[1\]\.fn: no function "fetch"/,
    ],
    ['a property too many', ['rules', 0, 'do', 0, 'script'], 'x', /rules\[0\]\.do\[0\]: Unrecognized key: "script"/],
    ['an unknown lead', ['rules', 0, 'then'], 'jump', /rules\[0\]\.then: /],
    ['an unknown trigger', ['rules', 0, 'on'], { load: 'p' }, /rules\[0\]\.on: no trigger/],
    [
      'a template of no kind',
      ['pages', 0, 'template', 'kids', 0],
      { html: '<b>' },
      /pages\[0\]\.template\.kids\[0\]: no template: it has html/,
    ],
    ['a row without an id', ['seeds', 'a', 'tables', 'item', 0], { title: 'x' }, /seeds\.a\.tables\.item\[0\]\.id: /],
    ['another version', ['v'], 2, /v: /],
    ['a table that every object has', ['tables', 0, 'name'], 'constructor', /tables\[0\]\.name: is a name that every object has/],
    ['a register that every object has', ['registers', 0], { name: '__proto__', scope: 'tab', initial: 1 }, /registers\[0\]\.name: /],
    [
      'a query of what every object has',
      ['pages', 0, 'title'],
      { count: { from: 'toString', as: 'q' } },
      /pages\[0\]\.title(?:\.count)?\.from: is a name/,
    ],
    [
      'a prototype of attributes',
      ['pages', 0, 'template', 'attrs'],
      JSON.parse('{"__proto__":"x"}'),
      /pages\[0\]\.template\.attrs\.__proto__: no record may have this key/,
    ],
  ])('refuses %s and names its place', async (_what, path, value, message) => {
    await put(changed(path, value));
    await expect(readClone(dir)).rejects.toThrow(message);
    await expect(readClone(dir)).rejects.toThrow(join(dir, 'world.json'));
  });

  it('refuses what is no JSON, what is missing and what is nested without end', async () => {
    await expect(readClone(dir)).rejects.toThrow(/there is no such file/);
    await put('{"v":1,');
    await expect(readClone(dir)).rejects.toThrow(/is no JSON/);
    const deep = '{"fn":"not","args":['.repeat(20_000) + '{"lit":1}' + ']}'.repeat(20_000);
    await put(JSON.stringify(world).replace('"title":{"fn":"if"', `"title":${deep},"ignored":{"fn":"if"`));
    await expect(readClone(dir)).rejects.toThrow(/nested too deeply/);
  });
});
