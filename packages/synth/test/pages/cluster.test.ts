import { describe, expect, it } from 'vitest';
import { clusterPages } from '../../src/pages/cluster.ts';
import { el, html, viewOf } from '../fixtures/dom.ts';

const list = (...texts: readonly string[]) => html(el('h1', {}, 'List'), el('ul', {}, ...texts.map((text) => el('li', {}, text))));
const form = html(
  el('form', { id: 'sign' }, el('input', { name: 'user' }), el('input', { name: 'word' }), el('button', {}, 'Go')),
  el('footer', {}, el('small')),
);

describe('clusterPages', () => {
  it('gathers views of one route, whatever data they show', () => {
    const views = [viewOf(list('a')), viewOf(list('b', 'c', 'd')), viewOf(list(), { url: '/?page=2' })];
    expect(clusterPages(views).map((page) => page.views.length)).toEqual([3]);
  });

  it('tells pages of one route apart where they share too little', () => {
    const views = [viewOf(list('a')), viewOf(form), viewOf(list('b'))];
    expect(clusterPages(views).map((page) => page.views)).toEqual([[views[0], views[2]], [views[1]]]);
  });

  it('gathers what differs in a key of the address only', () => {
    const views = [viewOf(list('a'), { url: '/box/1' }), viewOf(list('b'), { url: '/box/2' })];
    expect(clusterPages(views).map(({ route, views: of }) => [route, of.length])).toEqual([['/box/:p2', 2]]);
  });

  it('numbers pages by route, whatever was seen first', () => {
    const views = [viewOf(form, { url: '/z' }), viewOf(list('a'), { url: '/a' })];
    expect(clusterPages(views).map(({ id, route }) => [id, route])).toEqual([
      ['p0', '/a'],
      ['p1', '/z'],
    ]);
  });
});
