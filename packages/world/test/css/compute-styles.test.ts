import type { DomElement, StyleRule } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { computeStyles } from '../../src/css/index.ts';
import { el, page } from '../aria/dom.ts';

const rule = (selector: string, rest: Omit<StyleRule, 'selector' | 'specificity'>): StyleRule => ({ selector, specificity: 0, ...rest });

/** The styled form of one element of a page. */
function styled(element: DomElement, rules: readonly StyleRule[] = [], ...around: readonly DomElement[]) {
  const found = computeStyles(page(element, ...around), rules).of(element);
  if (found === undefined) throw new Error('The element is not in its page.');
  return found;
}

describe('display', () => {
  it.each([
    ['div', {}, 'block'],
    ['span', {}, 'inline'],
    ['li', {}, 'list-item'],
    ['td', {}, 'table-cell'],
    ['button', {}, 'inline-block'],
    ['dialog', {}, 'none'],
    ['dialog', { open: '' }, 'block'],
    ['input', { type: 'hidden' }, 'none'],
    ['p', { hidden: '' }, 'none'],
    ['p', { hidden: 'until-found' }, 'block'],
    ['span', { style: 'display: flex' }, 'flex'],
    ['span', { style: 'position: absolute' }, 'block'],
    ['span', { style: 'float: left' }, 'block'],
  ] as const)('of <%s %j> is %s', (tag, attrs, display) => {
    expect(styled(el(tag, attrs)).display).toBe(display);
  });

  it('is by the strongest rule that matches', () => {
    const rules = [rule('p', { display: 'flex' }), rule('.a', { display: 'grid' }), rule('.b', { display: 'none' })];
    expect(styled(el('p', { class: 'a' }), rules).display).toBe('grid');
  });

  it('lets inline style win, except over important rules', () => {
    const inline = el('p', { style: 'display: inline' });
    expect(styled(inline, [rule('p', { display: 'grid' })]).display).toBe('inline');
    expect(styled(inline, [rule('p', { display: 'grid', important: true })]).display).toBe('grid');
    expect(styled(el('p', { style: 'display: flex !important' }), [rule('p', { display: 'grid', important: true })]).display).toBe('flex');
  });

  it('cannot show a hidden input', () => {
    expect(styled(el('input', { type: 'hidden' }), [rule('input', { display: 'block', important: true })]).display).toBe('none');
  });

  it('goes back to the browser for revert', () => {
    expect(styled(el('div'), [rule('div', { display: 'none' }), rule('body div', { display: 'revert' })]).display).toBe('block');
  });

  it('is settled anew for elements alike in class when a condition differs', () => {
    const [a, b] = [el('p', { class: 'x' }), el('p', { class: 'x' })];
    const document = computeStyles(page(a, b), [rule('.x:first-child', { display: 'none' })]);
    expect([document.of(a)?.display, document.of(b)?.display]).toEqual(['none', 'block']);
  });

  it('tells elements alike in class apart by attributes that rules read', () => {
    const [a, b] = [el('p', { 'data-s': 'on' }), el('p', { 'data-s': 'off' })];
    const document = computeStyles(page(a, b), [rule('[data-s=off]', { display: 'none' })]);
    expect([document.of(a)?.display, document.of(b)?.display]).toEqual(['block', 'none']);
  });
});

describe('visibility', () => {
  it('is inherited until set anew', () => {
    const inner = el('b');
    const shown = el('i', { style: 'visibility: visible' });
    const outer = el('div', { style: 'visibility: hidden' }, inner, shown);
    const document = computeStyles(page(outer), []);
    expect([document.of(inner)?.visible, document.of(shown)?.visible]).toEqual([false, true]);
  });

  it('is lost inside of what is not displayed', () => {
    const inner = el('b');
    expect(computeStyles(page(el('div', { hidden: '' }, inner)), []).of(inner)?.visible).toBe(false);
  });
});

describe('generated content', () => {
  it.each([
    ['"x"', 'x'],
    ['\'a\' "b"', 'ab'],
    ['"\\f007"', '\uf007'],
    ['attr(data-n)', '7'],
    ['attr(none)', ''],
    ['url(x) / "alt"', 'alt'],
    ['counter(n)', ''],
    ['none', ''],
    ['var(--c)', 'own'],
    ['var(--missing, "fall")', 'fall'],
    ['var(--missing)', ''],
  ])('from %s is %j', (content, text) => {
    const rules = [rule('p', { vars: { '--c': '"own"' } }), rule('p', { pseudo: 'before', content })];
    expect(styled(el('p', { 'data-n': '7' }), rules).before).toBe(text);
  });

  it('stands apart where its box is a block', () => {
    expect(styled(el('p'), [rule('p', { pseudo: 'after', content: '"x"', display: 'block' })]).after).toBe(' x ');
    expect(styled(el('p'), [rule('p', { display: 'flex' }), rule('p', { pseudo: 'after', content: '"x"' })]).after).toBe(' x ');
  });

  it('takes variables from the nearest element that sets them', () => {
    const inner = el('p', { style: '--t: "inner"' });
    const rules = [rule(':root', { vars: { '--t': '"root"' } }), rule('p', { pseudo: 'before', content: 'var(--t)' })];
    expect(styled(inner, rules).before).toBe('inner');
    expect(styled(el('p'), rules).before).toBe('root');
  });

  it('ends where variables refer to each other', () => {
    const rules = [rule('p', { vars: { '--a': 'var(--b)', '--b': 'var(--a)' } }), rule('p', { pseudo: 'before', content: 'var(--a)' })];
    expect(styled(el('p'), rules).before).toBe('');
  });
});
