import { describe, expect, it } from 'vitest';
import { namesOf } from '../../src/template/labels.ts';
import { el } from '../fixtures/dom.ts';

describe('namesOf', () => {
  it('calls an element by its first words, however deep they stand', () => {
    expect(namesOf([el('p', {}, el('i'), el('b', {}, ' Price '), 'in all')])).toEqual(['Price']);
  });

  it('leaves out numbers, which are what a part says', () => {
    expect(namesOf([el('a', {}, 'Open 12'), el('a', {}, 'Open 7'), el('a', {}, '$1,200.50')])).toEqual(['Open #', 'Open #', '#']);
  });

  it('takes the accessible name of an element without words, else what it is named by', () => {
    const siblings = [el('img', { 'aria-label': 'Logo', alt: 'x' }), el('img', { alt: 'Cat' }), el('input', { name: 'q' }), el('hr')];
    expect(namesOf(siblings)).toEqual(['Logo', 'Cat', 'q', '']);
  });
});
