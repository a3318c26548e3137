import type { Expr, Page, Template, World } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { indexOf, matchingPages } from '../src/page-index.ts';
import { listWorld } from '../fixtures/list-world.ts';

const pageAt = (id: string, addresses: Omit<Page, 'id' | 'title' | 'template' | 'evidence'>): Page => ({
  id,
  title: '',
  template: { text: '' },
  evidence: [],
  ...addresses,
});

describe('matchingPages', () => {
  const world: World = {
    ...listWorld,
    pages: [
      pageAt('any', { route: '/:p1' }),
      pageAt('other', { route: '/:p1' }),
      pageAt('cart', { route: '/cart' }),
      pageAt('edit', { route: '/:p1', query: { do: 'edit' } }),
      pageAt('question', { route: '/cart', posted: { act: 'remove', ids: null } }),
      pageAt('search', { route: '/find', also: [{ route: '/:p1/search' }, { route: '/:p1', query: { q: null, do: null } }] }),
    ],
  };
  const found = (url: string): readonly string[] => matchingPages(world, url).map(({ page }) => page.id);

  it('gives the most specific first, pages that match as well in their order', () => {
    expect(found('/cart')).toEqual(['cart', 'any', 'other']);
    expect(found('/x?do=edit')).toEqual(['edit', 'any', 'other']);
    expect(found('/x?do=edit&q=1')).toEqual(['search', 'edit', 'any', 'other']);
  });

  it('finds a page by any of its patterns, once', () => {
    expect(found('/find')).toEqual(['search', 'any', 'other']);
    expect(found('/a/search')).toEqual(['search']);
  });

  it('finds a page by what a form sent only where it did', () => {
    const sent = (fields: Readonly<Record<string, string>>): string | undefined => matchingPages(world, '/cart', fields)[0]?.page.id;
    expect(sent({ act: 'remove', ids: '4' })).toBe('question');
    expect(sent({ act: 'remove' })).toBe('cart');
    expect(found('/cart?act=remove&ids=4')[0]).toBe('cart');
  });

  it('finds nothing at an address that no pattern has', () => {
    expect(found('/a/b/c')).toEqual([]);
  });
});

describe('indexOf', () => {
  const el = (anchor: string, ...kids: readonly Template[]): Template => ({ el: 'div', anchor, attrs: {}, kids });
  const [outer, inner]: readonly [Expr, Expr] = [{ reg: 'outer' }, { reg: 'inner' }];
  const template = el('a', {
    when: outer,
    kids: [el('b', { each: { from: 'item', as: 'r' }, kids: [{ when: inner, kids: [el('c')], else: [el('d')] }] })],
  });
  const world: World = { ...listWorld, pages: [{ ...pageAt('p', { route: '/' }), template }] };
  const conditionsOf = (anchor: string): unknown => indexOf(world).anchors.get('p')?.get(anchor)?.conditions;

  it('knows under which conditions an element is on its page, and which must not hold, the outermost first', () => {
    expect(['a', 'b', 'c', 'd'].map(conditionsOf)).toEqual([
      [],
      [{ when: outer, holds: true }],
      [
        { when: outer, holds: true },
        { when: inner, holds: true },
      ],
      [
        { when: outer, holds: true },
        { when: inner, holds: false },
      ],
    ]);
  });
});
