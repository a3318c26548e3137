import type { DomElement } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { styleSheetsOf } from '../../src/styles/index.ts';

const el = (tag: string, attrs: Record<string, string>, ...children: DomElement['children']): DomElement => ({ tag, attrs, children });

describe('the style sheets of a page', () => {
  it('come in document order, from text and from recorded attributes', () => {
    const root = el(
      'html',
      {},
      el('head', {}, el('link', { rel: 'stylesheet', _cssText: 'a{}' }), el('style', {}, { text: 'b{}' }, { text: 'c{}' })),
      el('body', {}, el('style', { _cssText: 'd{}' }, { text: 'ignored' })),
    );
    expect(styleSheetsOf(root)).toEqual(['a{}', 'b{}c{}', 'd{}']);
  });

  it('keep the medium that they are for', () => {
    expect(styleSheetsOf(el('style', { media: 'print' }, { text: 'p{}' }))).toEqual(['@media print {\np{}\n}']);
  });

  it('leave out links that are no active style sheet', () => {
    const links: Record<string, string>[] = [{ rel: 'icon' }, { rel: 'alternate stylesheet' }, { rel: 'stylesheet', disabled: '' }];
    expect(links.flatMap((attrs) => styleSheetsOf(el('link', { ...attrs, _cssText: 'a{}' })))).toEqual([]);
    expect(styleSheetsOf(el('link', { rel: 'stylesheet', href: 'x.css' }))).toEqual([]);
  });
});
