import type { DomElement } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { passingWrappers, unwrapped } from '../src/passing-wrappers.ts';
import { el, html, viewOf } from './fixtures/dom.ts';

const numbered = (id: number, element: DomElement): DomElement => ({ ...element, id });
const heading = numbered(3, el('h2', {}, 'Tools'));
const words = numbered(4, el('p', {}, 'A rake.'));
const wrapper = numbered(9, el('div.lit', {}, heading, words));
const page = (...inside: readonly DomElement[]): DomElement => html(numbered(2, el('main', {}, ...inside)));
const [plain, marked] = [page(heading, words), page(wrapper)];

describe('elements that scripts put around others for a while', () => {
  it('are told by coming around what was there', () => {
    expect([...passingWrappers([viewOf(plain), viewOf(marked)])]).toEqual(['div.lit']);
  });

  it('are none that a document always had', () => {
    expect(passingWrappers([viewOf(marked), viewOf(marked)]).size).toBe(0);
  });

  it('are none that hold something new', () => {
    const more = numbered(9, el('div.lit', {}, heading, numbered(8, el('p', {}, 'New'))));
    expect(passingWrappers([viewOf(plain), viewOf(page(more))]).size).toBe(0);
  });

  it('are none that most addresses never were without', () => {
    const kept = ['/a', '/b', '/c'].map((url, i) => viewOf(marked, { url, session: i + 1 }));
    expect(passingWrappers([viewOf(plain), viewOf(marked), ...kept]).size).toBe(0);
  });

  it('leave what is in them', () => {
    expect(unwrapped(marked, new Set(['div.lit']))).toEqual(plain);
    expect(unwrapped(plain, new Set(['div.lit']))).toBe(plain);
  });
});
