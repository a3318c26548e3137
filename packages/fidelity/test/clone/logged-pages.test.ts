import type { DomElement, PageView, Session } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { LoggedPages } from '../../src/clone/logged-pages.ts';

const el = (tag: string, attrs: Record<string, string>, id: number, ...children: DomElement['children']): DomElement => ({
  tag,
  attrs,
  id,
  children,
});

const root = el(
  'html',
  {},
  1,
  el('head', {}, 2, el('style', { _cssText: '.tool { display: none } .card:hover .tool { display: block }' }, 3)),
  el('body', {}, 4, el('div', { class: 'card' }, 5, { text: 'Card' }, el('button', { class: 'tool' }, 6, { text: 'Remove' }))),
);
const page: PageView = { url: '/', root, title: '', at: 0, load: 0 };
const session = { viewport: { width: 800, height: 600 } } as Session;
const step = { index: 0, before: page, after: page, node: 5, exchanges: [], thinkMs: 0, latencyMs: 0, event: 0 };

describe('LoggedPages', () => {
  it('hides what the log’s own style sheets hide', () => {
    expect(new LoggedPages(session).of(page)).toEqual(['- text: Card']);
  });

  it('shows after a hover what only a pointer at that element shows', () => {
    const pages = new LoggedPages(session);
    expect(pages.after({ ...step, action: { kind: 'hover' } })).toEqual(['- text: Card', '- button "Remove"']);
    expect(pages.after({ ...step, action: { kind: 'click' } })).toEqual(['- text: Card']);
  });
});
