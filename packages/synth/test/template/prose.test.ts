import type { DomElement, DomNode } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { isProse } from '../../src/template/prose.ts';
import { el } from '../fixtures/dom.ts';
import { occurrencesOf } from '../fixtures/occurrences.ts';

const div = (...children: readonly (DomNode | string)[]): DomElement => el('div', {}, ...children);
const p = (...children: readonly (DomNode | string)[]): DomElement => el('p', {}, ...children);
const written = [
  div(p('One')),
  div(p('Two ', el('em', {}, 'words')), p('Three')),
  div(el('ul', {}, el('li', {}, 'Four'))),
  div(p('Five'), el('pre', {}, el('code', {}, '6'))),
];

describe('isProse', () => {
  it('is true of written text in forms that differ', () => {
    expect(isProse(occurrencesOf(...written))).toBe(true);
  });

  it('is false of one form with other words', () => {
    expect(isProse(occurrencesOf(...['a', 'b', 'c', 'd'].map((text) => div(p(text, el('em', {}, text))))))).toBe(false);
  });

  it('is false of two forms: a part that is only sometimes there', () => {
    expect(isProse(occurrencesOf(div(p('a')), div(p('b'), p('c')), div(p('d')), div(p('e'), p('f'))))).toBe(false);
  });

  it('is false where one occurrence holds what nobody writes', () => {
    expect(isProse(occurrencesOf(...written, div(p('Seven'), el('button', {}, 'Go'))))).toBe(false);
    expect(isProse(occurrencesOf(...written, div(p('Seven'), el('input', { type: 'text' }))))).toBe(false);
  });

  it('is true of lists with boxes to tick', () => {
    const task = el('ul', {}, el('li', {}, el('input', { type: 'checkbox' }), 'Buy milk'));
    expect(isProse(occurrencesOf(...written, div(task)))).toBe(true);
  });

  it('is false of links and spans alone', () => {
    const link = (text: string): DomElement => el('a', { href: `/${text}` }, text);
    expect(isProse(occurrencesOf(div(link('a')), div(link('b'), link('c')), div(el('span', {}, 'd'), link('e')), div('f')))).toBe(false);
  });

  it('is false where most elements have classes, as parts of a page do', () => {
    const line = (text: string): DomElement => el('p.line', {}, text);
    expect(isProse(occurrencesOf(div(line('a')), div(line('b'), line('c')), div(line('d'), line('e'), line('f'))))).toBe(false);
  });
});
