import { describe, expect, it } from 'vitest';
import { pageDifference } from '../../src/gates/page-difference.ts';
import { el, html } from '../fixtures/dom.ts';

const everything = (): boolean => true;
const logged = html(el('p.big.red', { title: 'Hello' }, 'Two  words'), el('ul', {}, el('li', {}, 'one')));

describe('pageDifference', () => {
  it('finds none where only white space and the order of class tokens differ', () => {
    const rendered = html(el('p.red.big', { title: 'Hello' }, ' Two words '), el('ul', {}, el('li', {}, 'one'), ' '));
    expect(pageDifference(logged, rendered, everything)).toBeNull();
  });

  it('tells the way to the first text that differs', () => {
    const rendered = html(el('p.big.red', { title: 'Hello' }, 'Two words'), el('ul', {}, el('li', {}, 'two')));
    expect(pageDifference(logged, rendered, everything)).toEqual({ path: 'html/1:body/1:ul/0:li/0', want: '"one"', got: '"two"' });
  });

  it('tells of a missing element and of one too many', () => {
    const fewer = html(el('p.big.red', { title: 'Hello' }, 'Two words'));
    expect(pageDifference(logged, fewer, everything)).toEqual({ path: 'html/1:body/1', want: '<ul>', got: '(nothing)' });
    expect(pageDifference(fewer, logged, everything)).toEqual({ path: 'html/1:body/1', want: '(nothing)', got: '<ul>' });
  });

  it('tells of attributes, and leaves out those that are not compared', () => {
    const rendered = html(el('p.big.red', { title: 'Bye' }, 'Two words'), el('ul', {}, el('li', {}, 'one')));
    expect(pageDifference(logged, rendered, everything)?.path).toBe('html/1:body/0:p@title');
    expect(pageDifference(logged, rendered, (_, name) => name !== 'title')).toBeNull();
  });

  it('judges class tokens one by one', () => {
    const rendered = html(el('p.big', { title: 'Hello' }, 'Two words'), el('ul', {}, el('li', {}, 'one')));
    expect(pageDifference(logged, rendered, everything)).toEqual({ path: 'html/1:body/0:p@class', want: '"big red"', got: '"big"' });
    expect(pageDifference(logged, rendered, (_, name) => name !== '.red')).toBeNull();
  });
});
