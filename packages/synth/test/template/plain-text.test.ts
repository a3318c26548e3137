import type { DomElement, DomNode } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { buildPattern } from '../../src/template/build.ts';
import { holesOf } from '../../src/template/holes.ts';
import { withoutMarks } from '../../src/template/plain-text.ts';
import { el, html, viewOf } from '../fixtures/dom.ts';
import { occurrencesOf } from '../fixtures/occurrences.ts';

const title = (...children: readonly (DomNode | string)[]): DomElement => el('b', {}, ...children);
const marked = title('Old ', el('mark', {}, 'pear'), ' tree');
const plain = ['Red apple', 'Sour lime', 'Ripe fig'].map((text) => title(text));

describe('withoutMarks', () => {
  it('reads a text through the marks that only some occurrences have', () => {
    const [first, ...others] = [...withoutMarks(occurrencesOf(marked, ...plain)).values()];
    expect(first).toEqual(title('Old pear tree'));
    expect(others).toEqual(plain);
  });

  it('keeps marks that most occurrences have', () => {
    const nodes = occurrencesOf(marked, marked, ...plain);
    expect(withoutMarks(nodes)).toBe(nodes);
  });

  it('keeps what does more than set off: a link, an element with a title', () => {
    for (const part of [el('a', { href: '/pear' }, 'pear'), el('span', { title: 'a fruit' }, 'pear')]) {
      const nodes = occurrencesOf(title('Old ', part), ...plain);
      expect(withoutMarks(nodes)).toBe(nodes);
    }
  });

  it('keeps labels that come and go where there is no text otherwise', () => {
    const nodes = occurrencesOf(title(el('span', {}, 'Ripe')), title(' '), title(' '), title(' '));
    expect(withoutMarks(nodes)).toBe(nodes);
  });

  it('makes one hole of a text that a search marks', () => {
    const views = [marked, ...plain].map((node, session) => viewOf(html(node), { session }));
    expect(holesOf(buildPattern(views, 'e')).map(({ kind, values }) => [kind, [...values.values()]])).toEqual([
      ['text', ['Old pear tree', 'Red apple', 'Sour lime', 'Ripe fig']],
    ]);
  });
});
