import type { DomElement } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { pageRoutes } from '../../src/pages/page-routes.ts';
import type { View } from '../../src/views.ts';
import { el, html, viewOf } from '../fixtures/dom.ts';

const blank = html(el('p', {}, 'Words'));
const at = (...urls: readonly string[]): readonly View[] => urls.map((url) => viewOf(blank, { url }));
/** A page that a form was sent to get, or whose address the answer led to again. */
const sent = (url: string, fields: Readonly<Record<string, string>>, { isRedirected = false, root = blank as DomElement } = {}): View => ({
  ...viewOf(root, { url }),
  ...(isRedirected ? { redirected: fields } : { posted: fields }),
});

describe('pageRoutes', () => {
  it('asks for what a form sent where its answer has the address of another page', () => {
    const list = [...at('/boats', '/boats', '/boats'), sent('/boats', { act: 'sort', ids: '7' })];
    const question = [sent('/boats', { act: 'remove', ids: '4,5' }), sent('/boats', { act: 'remove', ids: '9' })];
    expect(pageRoutes([list, question])[1]).toEqual([{ route: '/boats', posted: { act: 'remove' } }]);
  });

  it('asks for nothing that was also sent where the application led back to the address', () => {
    const show = [
      ...at('/show?id=fig', '/show?id=plum', '/show?id=fig'),
      sent('/show?id=fig', { part: 'all', save: '1' }, { isRedirected: true }),
    ];
    const preview = [sent('/show?id=fig', { part: 'all', preview: '1' })];
    expect(pageRoutes([show, preview])[1]).toEqual([{ route: '/show', posted: { preview: null } }]);
  });

  it('asks for the same at all addresses of a page', () => {
    const ask = { act: 'remove', page: '1' };
    const boats = [...at('/boats', '/boats', '/boats'), sent('/boats', { act: 'remove', sure: 'yes' }, { isRedirected: true })];
    const cars = at('/cars', '/cars');
    const routes = pageRoutes([boats, cars, [sent('/boats', ask), sent('/cars', ask)]])[2];
    expect(routes).toEqual(['/boats', '/cars'].map((route) => ({ route, posted: { page: null } })));
  });

  it('asks for nothing that people typed', () => {
    const root = html(el('form', {}, el('input', { name: 'who', type: 'text' }), el('button', { name: 'try' })));
    const failed = [sent('/', { who: 'ada', try: '' }, { root })];
    expect(pageRoutes([at('/', '/', '/'), failed])[1]).toEqual([{ route: '/', posted: { try: null } }]);
  });

  it('shows what was seen at addresses spelt out at others with the same word', () => {
    const first = at('/run?id=home&do=map');
    const others = at('/run?id=fig&do=map', '/run?id=plum&do=map', '/run?id=yew&do=map');
    const plain = at('/run?id=home', '/run?id=fig', '/run?id=plum', '/run?id=yew', '/run');
    expect(pageRoutes([plain, others, first])[1]).toContainEqual({ route: '/run', query: { do: 'map' } });
  });
});
