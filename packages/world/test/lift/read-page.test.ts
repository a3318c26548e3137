import type { DomElement, DomNode, State } from '@backlot/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currentUrl, lift, render, reset, transition } from '../../src/index.ts';
import { listWorld } from '../../fixtures/list-world.ts';
import { shopWorld } from './fixtures/shop-world.ts';

const at = (state: State, url: string): State => ({ ...state, history: { entries: [url], index: 0 } });

/** The page that a shop shows at an address. */
function shopPage(state: State, url: string): { url: string; root: DomElement } {
  return { url, root: render(shopWorld, at(state, url)).root };
}
const visitor = (): State => reset(shopWorld, 'visitor');
const titles = (state: State): readonly unknown[] => (state.tables['item'] ?? []).map((row) => row['title']);

/** The tree with every text changed. */
function retold(node: DomNode, change: (text: string) => string): DomNode {
  return 'text' in node ? { text: change(node.text) } : { ...node, children: node.children.map((child) => retold(child, change)) };
}

describe('lift of lists', () => {
  const two = reset(listWorld, 'two');

  it('keeps the row whose text was changed between known neighbours', () => {
    const root = retold(render(listWorld, two).root, (text) => (text === 'Call Ada' ? 'Call Bo' : text)) as DomElement;
    const { state } = lift(listWorld, two, { url: '/', root });
    expect(state.tables['item']).toMatchObject([{ id: 'a1' }, { id: 'a2', title: 'Call Bo', done: true }]);
  });

  it('adds what is shown and unknown next to its neighbour, and drops what should have been shown', () => {
    const { root } = render(listWorld, two);
    const empty = lift(listWorld, two, { url: '/', root: render(listWorld, reset(listWorld, 'empty')).root });
    expect(titles(empty.state)).toEqual([]);
    expect(titles(lift(listWorld, reset(listWorld, 'empty'), { url: '/', root }).state)).toEqual(['Buy milk', 'Call Ada']);
  });

  it('keeps rows that the page would not show', () => {
    const { state } = transition(listWorld, two, { type: 'goto', url: '/#/open' });
    const lifted = lift(listWorld, two, { url: '/#/open', root: render(listWorld, state).root });
    expect(titles(lifted.state)).toEqual(['Buy milk', 'Call Ada']);
  });

  it('takes a number that speaks of rows not shown for rows of which nothing is known, and says so', () => {
    const real = at(two, '/#/open');
    const { state, unknowns } = lift(listWorld, reset(listWorld, 'empty'), { url: '/#/open', root: render(listWorld, real).root });
    expect(titles(state)).toEqual(['Buy milk', '']);
    expect(unknowns).toContain('item');
  });
});

describe('lift of records and registers', () => {
  it('changes the record that the address names', () => {
    const { url, root } = shopPage(visitor(), '/p/tea');
    const page = { url, root: retold(root, (text) => text.replace('Green tea', 'White tea').replace('4.50', '5.25')) as DomElement };
    const { state } = lift(shopWorld, visitor(), page);
    expect(state.tables['product']?.[0]).toMatchObject({ id: 'p1', code: 'tea', name: 'White tea', price: 5.25 });
    expect(state.tables['product']?.slice(1)).toEqual(visitor().tables['product']?.slice(1));
  });

  it('adds the record that the address names where it was not known', () => {
    const { state } = lift(shopWorld, reset(shopWorld, 'bo'), shopPage(visitor(), '/p/tea'));
    expect(state.tables['product']?.at(-1)).toMatchObject({ code: 'tea', name: 'Green tea', price: 4.5 });
  });

  it('takes another name of the user for another user, not for a new name', () => {
    const { state } = lift(shopWorld, visitor(), shopPage(reset(shopWorld, 'bo'), '/basket'));
    expect(state.registers['user']).toBe('bo@shop.test');
    expect(state.tables['user']).toEqual(visitor().tables['user']);
  });

  it('reads a list back into the cell that it was split from', () => {
    const root = retold(shopPage(visitor(), '/').root, (text) => (text === 'plug' ? 'power' : text)) as DomElement;
    const { state } = lift(shopWorld, visitor(), { url: '/', root });
    expect(state.tables['product']?.find(({ id }) => id === 'p3')).toMatchObject({ tags: 'power' });
  });

  it('names what the page shows but does not tell', () => {
    const { url, root } = shopPage(reset(shopWorld, 'bo'), '/basket');
    const { unknowns } = lift(shopWorld, reset(shopWorld, 'bo'), {
      url,
      root: retold(root, (text) => text.replace('14', '15')) as DomElement,
    });
    expect(unknowns).toContain('product.price');
  });
});

describe('lift of fields', () => {
  it('takes for typed what differs from the rest of the page', () => {
    const editing = transition(listWorld, reset(listWorld, 'two'), { type: 'dblclick', key: 'p8:a1' }).state;
    const typed = transition(listWorld, editing, { type: 'fill', key: 'p10:a1', value: 'Buy oats' }).state;
    const { state } = lift(listWorld, reset(listWorld, 'two'), { url: '/', root: render(listWorld, typed).root });
    expect(state.drafts).toEqual({ 'p10:a1': 'Buy oats' });
    expect(titles(state)).toEqual(['Buy milk', 'Call Ada']);
  });

  it('takes the value of a field that nothing else tells for the application’s, unless it was believed to be typed', () => {
    const start = at(reset(listWorld, 'two'), '/settings');
    const typed = transition(listWorld, start, { type: 'fill', key: 's6', value: 'Ours' }).state;
    const page = { url: '/settings', root: render(listWorld, typed).root };
    expect(lift(listWorld, start, page).state).toMatchObject({ registers: { name: 'Ours' }, drafts: {} });
    expect(lift(listWorld, typed, page).state).toMatchObject({ registers: { name: 'Ada’s list' }, drafts: { s6: 'Ours' } });
  });
});

describe('lift of odd pages', () => {
  const node: fc.Arbitrary<DomNode> = fc.letrec<{ node: DomNode }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 5 },
      fc.record({ text: fc.string() }),
      fc.record({
        tag: fc.constantFrom('html', 'body', 'ul', 'li', 'input', 'label', 'footer', 'select', 'option', 'textarea', 'a'),
        attrs: fc.dictionary(fc.constantFrom('class', 'id', 'href', 'value', 'checked', 'type', '__proto__'), fc.string(), { maxKeys: 3 }),
        children: fc.array(tie('node'), { maxLength: 4 }),
      }),
    ),
  })).node;

  it('never throws, and moves to the page’s address', () => {
    fc.assert(
      fc.property(node, fc.constantFrom('/', '/p/tea', '/basket', '/?page=2', '/elsewhere', ''), (body, url) => {
        const root: DomElement = {
          tag: 'html',
          attrs: {},
          children: [
            { tag: 'head', attrs: {}, children: [] },
            { tag: 'body', attrs: {}, children: [body] },
          ],
        };
        expect(currentUrl(lift(shopWorld, visitor(), { url, root }).state)).toBe(url);
      }),
    );
  });

  it('leaves the belief where the address has no page', () => {
    const { state, unknowns } = lift(shopWorld, visitor(), { url: '/nowhere', root: shopPage(visitor(), '/').root });
    expect(state.tables).toEqual(visitor().tables);
    expect(unknowns).toEqual([]);
  });
});
