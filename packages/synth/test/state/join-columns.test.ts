import { describe, expect, it } from 'vitest';
import type { Visited } from '../fixtures/dom.ts';
import { el, html, visitOf } from '../fixtures/dom.ts';
import { ware } from '../fixtures/shop.ts';
import { onlyTable, tablesBehind } from '../fixtures/tables.ts';

/** How many there are of each ware, which changes out of sight. */
type Stock = (id: number) => number;

const store = (stock: Stock, of: readonly number[]): Visited => ({
  url: '/store',
  root: html(
    el('h1', {}, 'Store'),
    el(
      'div',
      {},
      ...ware(...of).map(({ id, name }) => el('section', {}, el('a', { href: `/ware/${id}` }, name), el('i', {}, `${stock(id)}`))),
    ),
  ),
});
const order = (stock: Stock, of: readonly number[]): Visited => ({
  url: '/order',
  root: html(
    el(
      'table',
      {},
      el(
        'tbody',
        {},
        ...ware(...of).map(({ id, name }) =>
          el('tr', {}, el('td', {}, el('a', { href: `/ware/${id}` }, name)), el('td.left', {}, `${stock(id)}`)),
        ),
      ),
    ),
    el('form', { method: 'post' }, el('textarea', { name: 'words' }), el('button', {}, 'Order')),
  ),
});
const away: Visited = { url: '/away', root: html(el('aside', {}, el('p', {}, 'Nothing here'))) };

/** Visits that see the store, right after it the order, and later the order again when all has changed. */
function columnsAfter(fresh: (stock: Stock) => Stock): number {
  const ids = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14];
  const visits = [0, 1, 2, 3].map((n) => {
    const of = ids.filter((id) => (id + n) % 4 !== 0);
    const [now, later]: readonly Stock[] = [(id) => 3 * id + 7 * n, (id) => 100 + 5 * id + n];
    const few = of.filter((id) => id % 3 !== n % 3).slice(n);
    return visitOf([store(now as Stock, of), order(fresh(now as Stock), few), away, order(later as Stock, few)], `s0${n}`);
  });
  return onlyTable(tablesBehind([...visits])).columns.length;
}

describe('joined', () => {
  it('takes columns as one that agree wherever one was seen right after the other, whatever happened later out of sight', () => {
    expect(columnsAfter((stock) => stock)).toBe(3);
  });

  it('keeps columns apart that differ even then', () => {
    expect(columnsAfter((stock) => (id) => 500 + ((stock(id) * 37) % 101))).toBe(4);
  });
});
