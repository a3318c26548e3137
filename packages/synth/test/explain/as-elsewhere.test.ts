import type { DomElement, Expr } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { asElsewhere } from '../../src/explain/as-elsewhere.ts';
import { pageHoles } from '../../src/explain/shared-registers.ts';
import type { ExplainInputs } from '../../src/explain/page-holes.ts';
import type { PageModel } from '../../src/pages/page-model.ts';
import { buildSite } from '../../src/pages/page-model.ts';
import { paramsOf } from '../../src/pages/params.ts';
import type { Belief } from '../../src/state/belief.ts';
import type { View } from '../../src/views.ts';
import type { Hole } from '../../src/template/holes.ts';
import { spotOf } from '../../src/template/place.ts';
import { cart, cartBehind, front, pieces } from '../fixtures/cart.ts';
import type { Visited } from '../fixtures/dom.ts';
import { el, html, viewOf } from '../fixtures/dom.ts';
import { stateOf } from '../fixtures/scopes.ts';

const sum: Expr = { sum: { from: 't0', as: 'q' }, get: { fn: 'amount', args: [{ col: 'c1' }] } };
const said: Expr = { fn: 'concat', args: [{ lit: 'Cart: ' }, sum] };
const held: Expr = { fn: 'concat', args: [{ lit: '' }, { reg: 'g0' }] };
/** What is right here, and hangs on the address or on what is remembered. */
const butFor = (test: Expr): Expr => ({ fn: 'if', args: [test, { lit: 'Closed' }, said] });
const asked = butFor({ fn: 'eq', args: [{ loc: 'path' }, { lit: '/closed' }] });
const wrong: Expr = { fn: 'concat', args: [{ lit: 'Cart: ' }, { lit: '50' }] };

interface Header {
  readonly cart: Hole;
  readonly front: Hole;
}

/** What a header says on two pages of a visit, and what becomes of explaining it there in those ways; at the front it may be seen once. */
function explained(
  pages: readonly Visited[],
  ways: Readonly<Record<keyof Header, Expr>>,
  isOnce = false,
): Readonly<Record<keyof Header, Expr | undefined>> {
  const behind = cartBehind(pages, pieces);
  const all = pageHoles(behind.site);
  const once = (hole: Hole): Hole => ({ ...hole, values: new Map([...hole.values].slice(0, 1)) });
  const placed = all.map(([page, hole]) => [page, isOnce && isAt(page, '/') ? once(hole) : hole] as const);
  const texts = (url: string): readonly Hole[] =>
    placed.filter(([page, { kind }]) => kind === 'text' && isAt(page, url)).map(([, hole]) => hole);
  const [inFront] = texts('/');
  const inCart = texts('/cart').find((hole) => inFront && spotOf(hole) === spotOf(inFront));
  if (!inFront || !inCart) throw new Error('There is no header.');
  const exprs = new Map([
    [inCart, ways.cart],
    [inFront, ways.front],
  ]);
  const better = asElsewhere(placed, exprs, inputsOf({ belief: behind.belief, tables: [behind.table] }));
  return { cart: better.get(inCart), front: better.get(inFront) };
}

const isAt = ({ views }: PageModel, url: string): boolean => views[0]?.url === url;

function inputsOf({ belief, tables }: Pick<ExplainInputs, 'belief' | 'tables'>): ExplainInputs {
  const visible: ExplainInputs['visible'] = { isVisible: () => true } as never;
  return { tables, belief, touched: [], visible, registers: [], queries: [] };
}

const visit = [cart('Axe 5', 'Cart: 5'), front('Cart: 5')];

describe('asElsewhere', () => {
  it('says nothing on a page where it would mostly be wrong, though what is remembered there can not be asked', () => {
    const others = Array.from({ length: 12 }, () => front('Cart: 50'));
    expect(explained([...visit, ...others], { cart: said, front: held }).front).toBeUndefined();
    expect(explained([...visit, ...others.slice(10)], { cart: said, front: held }).front).toEqual(said);
  });

  it('says of one part of the layout what accounts for it on all pages, rather than what is only remembered', () => {
    expect(explained(visit, { cart: said, front: held })).toEqual({ cart: undefined, front: said });
  });

  it('leaves a page its own words where those of others are wrong there', () => {
    const others = Array.from({ length: 12 }, () => front('Cart: 50'));
    expect(explained([...visit, ...others], { cart: said, front: wrong }).front).toBeUndefined();
    expect(explained([...visit, ...others.slice(6)], { cart: said, front: wrong }).front).toEqual(said);
  });

  it('takes no words from another page that speak of its own address', () => {
    expect(explained(visit, { cart: asked, front: held }).front).toBeUndefined();
  });

  it('reckons a number that never changed here as other pages do, if that is right here too', () => {
    expect(explained(visit, { cart: said, front: { lit: 'Cart: 5' } }, true).front).toEqual(said);
  });

  it('keeps a constant that others reckon otherwise, or remember', () => {
    const other = [cart('Axe 5', 'Cart: 5'), front('Cart: 7')];
    expect(explained(other, { cart: said, front: { lit: 'Cart: 7' } }, true).front).toBeUndefined();
    expect(explained(visit, { cart: held, front: { lit: 'Cart: 5' } }, true).front).toBeUndefined();
  });

  it('puts nothing that is only remembered in the place of what is known', () => {
    expect(explained(visit, { cart: butFor({ reg: 'g0' }), front: wrong }).front).toBeUndefined();
  });

  it('takes words that name the address from a page below the same path, but not from one elsewhere', () => {
    const named: Expr = { fn: 'concat', args: [{ lit: 'Hall ' }, { param: 'p2' }] };
    expect(headings(named, ['/halls/h8', '/halls/h7', '/halls/h7/plan'])).toEqual(named);
    expect(headings(named, ['/halls/h8', '/halls/h7', '/plans/h7/plan'])).toBeUndefined();
  });

  it('leaves a constant of a page where words that name the address would be wrong', () => {
    const named: Expr = { fn: 'concat', args: [{ lit: 'Room ' }, { param: 'p2' }] };
    expect(headings(named, ['/halls/h8', '/halls/h7', '/halls/h7/plan'])).toBeUndefined();
  });
});

/** What becomes of the heading of the last of three addresses, a plan that always showed the same, if the page of the others says that. */
function headings(said: Expr, urls: readonly [string, string, string]): Expr | undefined {
  const page = (url: string, ...more: readonly DomElement[]): DomElement =>
    html(el('header', {}, el('h1', {}, `Hall ${url.split('/')[2]}`)), el('main', {}, ...more));
  const plan = [
    el('table', {}, el('tr', {}, el('td', {}, 'North'))),
    el('form', {}, el('input', { name: 'scale' })),
    el('hr'),
    el('pre', {}, 'Plan'),
  ];
  const hall = [
    el('ul', {}, el('li', {}, 'Seats')),
    el('p', {}, 'Open'),
    el('section', {}, el('b', {}, 'Stage')),
    el('dl', {}, el('dt', {}, 'Size')),
  ];
  const views = urls.map((url, i) => viewOf(page(url, ...(i < 2 ? hall : plan)), { url, load: i }));
  const site = buildSite(views);
  const placed = pageHoles(site).filter(([, { kind }]) => kind === 'text');
  const exprs = new Map(placed.map(([{ views: of }, hole]) => [hole, of.includes(views[2] as View) ? { lit: 'Hall h7' } : said] as const));
  const belief = (view: View): Belief => {
    const of = site.pageOf.get(view) as PageModel;
    return { view, page: of, state: stateOf({ url: view.url }), params: paramsOf(of, view), live: new Map(), rowsOf: () => ({}) };
  };
  const better = asElsewhere(placed, exprs, inputsOf({ belief, tables: [] }));
  return [...better].find(([hole]) => [...hole.values.keys()].some(({ view }) => view === views[2]))?.[1];
}
