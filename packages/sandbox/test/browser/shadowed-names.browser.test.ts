import type { Action, Template, World } from '@backlot/protocol';
import { chromium } from 'playwright-core';
import { expect, it } from 'vitest';
import { listWorld } from '../../../world/fixtures/list-world.ts';
import { createBrowserEngine, createTextEngine, type Engine } from '../../src/index.ts';
import { writeCloneFolder } from './clone-folder.ts';

type ElementTemplate = Extract<Template, { el: string }>;
const executablePath = process.env['BACKLOT_CHROMIUM'] ?? '';

/** Every name that documents, forms and windows answer to in this browser. */
async function takenNames(): Promise<readonly string[]> {
  const browser = await chromium.launch({ executablePath });
  try {
    const page = await browser.newPage();
    return await page.evaluate(() => {
      const names = new Set<string>();
      for (const first of [document, document.createElement('form'), window]) {
        for (let at: object | null = first; at !== null; at = Object.getPrototypeOf(at))
          for (const name of Object.getOwnPropertyNames(at)) names.add(name);
      }
      return [...names].sort();
    });
  } finally {
    await browser.close();
  }
}

let anchors = 0;
const el = (tag: string, attrs: ElementTemplate['attrs'], ...kids: readonly Template[]): ElementTemplate => ({
  el: tag,
  anchor: `x${(anchors += 1)}`,
  attrs,
  kids,
});

/** The list world with an element, and a field of a form around its controls, under every one of the names. */
function shadowingWorld(names: readonly string[]): World {
  const [list, ...others] = listWorld.pages;
  const html = list?.template as ElementTemplate;
  const [head, body] = html.kids as readonly [ElementTemplate, ElementTemplate];
  const fields = names.map((name) => el('input', { name, id: name, type: 'hidden', value: name }));
  const images = names.map((name) => el('img', { name, alt: '' }));
  const frames = names.map((name) => el('form', { name, hidden: '' }));
  const around = el('form', { action: '/settings', 'aria-label': 'Around' }, ...fields, ...body.kids, el('button', {}, { text: 'Send' }));
  const template = { ...html, kids: [head, { ...body, kids: [...frames, ...images, around] }] };
  return { ...listWorld, pages: [{ ...(list as World['pages'][number]), template }, ...others] };
}

const on = (role: string, name: string, nth = 0): Pick<Action, 'target'> => ({ target: { role, name, nth } });
const work: readonly Action[] = [
  { kind: 'click', ...on('checkbox', 'Done') },
  { kind: 'fill', ...on('textbox', 'What needs doing?'), value: 'Tea' },
  { kind: 'press', ...on('textbox', 'What needs doing?'), value: 'Enter' },
  { kind: 'hover', ...on('button', 'Delete') },
  { kind: 'click', ...on('button', 'Delete') },
  { kind: 'reload' },
  { kind: 'click', ...on('link', 'Settings') },
  { kind: 'back' },
  { kind: 'click', ...on('button', 'Send') },
  { kind: 'back' },
];

async function run(engine: Engine, clone: Parameters<Engine['open']>[0]['clone']): Promise<readonly unknown[]> {
  try {
    const episode = await engine.open({ clone, account: 'two' });
    const seen: unknown[] = [];
    for (const action of work) {
      const { refused, observation } = await episode.act(action);
      seen.push({ action, refused, url: observation.url, aria: observation.aria });
    }
    await episode.close();
    return seen;
  } finally {
    await engine.close();
  }
}

it(
  'shows and does the same as the interpreter where elements bear every name that documents, forms and windows have',
  { timeout: 240_000 },
  async () => {
    const names = await takenNames();
    expect(names.length).toBeGreaterThan(500);
    const world = shadowingWorld(names);
    const { dir, remove } = await writeCloneFolder(world);
    try {
      const clone = { world, hash: '0', dir };
      const wanted = await run(createTextEngine(), clone);
      expect(await run(createBrowserEngine({ executablePath }), clone)).toEqual(wanted);
    } finally {
      await remove();
    }
  },
);
