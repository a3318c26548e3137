import type { Expr, Template } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import type { EmittedPage } from '../../src/emit/grafts.ts';
import { withGrafts } from '../../src/emit/grafts.ts';
import { buildPattern } from '../../src/template/build.ts';
import { el, html, viewOf } from '../fixtures/dom.ts';

const isOpen: Expr = { reg: 'g0' };
const box = (anchor: string, ...kids: readonly Template[]): Template => ({ el: 'div', anchor, attrs: {}, kids });
const field = (anchor: string): Template => ({ el: 'input', anchor, attrs: {}, kids: [] });
const drawer = (page: string, when: Expr = isOpen): Template => ({
  when,
  kids: [box(`${page}-drawer`, field(`${page}-field`), { text: { field: `${page}-field` } })],
});

/** A page with those templates in its bar, and the names that it shares with others. */
function pageOf(id: string, kids: readonly Template[], names: readonly string[]): EmittedPage {
  const own = new Map(names.map((name) => [name, `${id}-${name}`]));
  const common = new Map([...own].map(([name, anchor]) => [anchor, name]));
  const pattern = buildPattern([viewOf(html(el('p', {}, id)))], id);
  const page = { id, shared: { own, common }, pattern } as unknown as EmittedPage['page'];
  return { page, template: box(`${id}-bar`, ...kids) };
}

const link = (page: string): Template => ({ el: 'a', anchor: `${page}-link`, attrs: {}, kids: [] });
const shown = ['bar', 'link', 'drawer'];
const pages = (when: Expr = isOpen): readonly EmittedPage[] => [
  pageOf('a', [link('a'), drawer('a', when), { text: 'end' }], shown),
  pageOf('b', [link('b'), drawer('b', when), { text: 'end' }], shown),
  pageOf('c', [link('c'), { text: 'end' }], ['bar', 'link']),
];
const never = (): boolean => false;

describe('withGrafts', () => {
  it('gives a page what a switch shows at the same place of others, with anchors of its own', () => {
    const [, , last] = withGrafts(pages(), never);
    const wanted = { when: isOpen, kids: [box('cg0', field('cg1'), { text: { field: 'cg1' } })] };
    expect(last?.template).toEqual(box('c-bar', link('c'), wanted, { text: 'end' }));
    expect(last?.page.shared.own.get('drawer')).toBe('cg0');
    expect(last?.page.shared.common.get('cg0')).toBe('drawer');
  });

  it('leaves the pages that have it', () => {
    const all = pages();
    expect(
      withGrafts(all, never)
        .slice(0, 2)
        .map(({ template }) => template),
    ).toEqual(all.slice(0, 2).map(({ template }) => template));
  });

  it('leaves a page that was seen without it in the state that shows it', () => {
    const [, , last] = withGrafts(pages(), (_, { id }) => id === 'c');
    expect(last?.template).toEqual(pages()[2]?.template);
  });

  it.each<readonly [string, Expr]>([
    ['says something of its own address', { param: 'p' }],
    ['counts records', { count: { from: 't0', as: 'q' } }],
  ])('leaves what %s', (_, when) => {
    const [, , last] = withGrafts(pages(when), never);
    expect(last?.template).toEqual(pages()[2]?.template);
  });
});
