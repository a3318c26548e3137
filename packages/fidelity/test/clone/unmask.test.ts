import type { DomElement, World } from '@backlot/protocol';
import { reset } from '@backlot/world';
import { describe, expect, it } from 'vitest';
import { unmasked } from '../../src/index.ts';
import { counterWorld } from '../fixtures/counter-world.ts';

const field = { el: 'input', anchor: 'pass', attrs: { name: 'pass', type: 'password', value: 'secret' }, kids: [] };
const base = counterWorld();
const world = {
  ...base,
  pages: base.pages.map((page) => ({ ...page, template: { el: 'html', anchor: 'h', attrs: {}, kids: [field] } })),
} as World;
const input = (name: string, value: string): DomElement => ({ tag: 'input', attrs: { name, value }, children: [] });
const page = (...children: DomElement[]): DomElement => ({ tag: 'html', attrs: {}, children });

describe('unmasked', () => {
  it('puts what is believed where the recorder hid the text', () => {
    const root = unmasked(page(input('pass', '******'), input('user', 'mara')), world, reset(world));
    expect(root).toEqual(page(input('pass', 'secret'), input('user', 'mara')));
  });

  it('leaves a mask of which nothing is believed, and what is not masked', () => {
    const root = page(input('other', '****'), input('pass', 'shown'));
    expect(unmasked(root, world, reset(world))).toEqual(root);
  });
});
