import type { DomElement } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { clusterPages, type PageCluster } from '../../src/pages/cluster.ts';
import type { View } from '../../src/views.ts';
import { el, html, viewOf } from '../fixtures/dom.ts';

let opened = 0;
const open = (root: DomElement, url: string): View => viewOf(root, { url, load: opened++ });

/** A page with a header, a navigation and a footer around its content. */
const shell = (...content: readonly DomElement[]): DomElement =>
  html(
    el('header.top', {}, el('h1', {}, 'Site'), el('form.find', { role: 'search' }, el('input', { name: 'q' }), el('button', {}, 'Find'))),
    el('nav', {}, el('ul', {}, el('li', {}, el('a', { href: '/' }, 'Start')), el('li', {}, el('a', { href: '/more' }, 'More')))),
    el('main', {}, ...content),
    el('footer', {}, el('p', {}, el('small', {}, 'About'), el('a', { href: '/help' }, 'Help'))),
  );

const article = (title: string, ...notes: readonly DomElement[]): DomElement =>
  shell(
    el(
      'article.text',
      {},
      el('h2', {}, title),
      el('p', {}, 'Words of ', el('em', {}, title)),
      el('section', {}, el('h3', {}), el('p', {})),
    ),
    el('aside.toc', {}, el('ol', {}, el('li', {}, el('a', { href: '#one' }, 'One')))),
    ...notes,
  );
const editor = (text: string, ...notes: readonly DomElement[]): DomElement =>
  shell(
    ...notes,
    el(
      'form.edit',
      { method: 'post' },
      el('fieldset.tools', {}, el('button', { name: 'bold' }, 'B'), el('button', { name: 'italic' }, 'I')),
      el('label', {}, 'Text', el('textarea', { name: 'text' }, text)),
      el('label', {}, 'Summary', el('input', { name: 'summary' })),
      el('div.actions', {}, el('button', { name: 'save' }, 'Save'), el('button', { name: 'preview' }, 'Preview')),
    ),
  );
const table = (...rows: readonly string[]): DomElement =>
  shell(
    el('div.filters', {}, el('form', {}, el('select', { name: 'state' }, el('option', {}, 'open')), el('select', { name: 'owner' }))),
    el(
      'table.list',
      {},
      el('thead', {}, el('tr', {}, el('th', {}, 'Id'), el('th', {}, 'Title'))),
      el('tbody', {}, ...rows.map((row) => el('tr', {}, el('td', {}, row), el('td', {}, el('a', {}, el('span.title', {}, row)))))),
    ),
    el('div.pages', {}, el('a.previous', {}, 'Back'), el('a.next', {}, 'On')),
  );
const login = html(
  el(
    'div.box',
    {},
    el('h1', {}, 'Sign in'),
    el('form.login', {}, el('input', { name: 'user' }), el('input', { name: 'word' }), el('button', {})),
  ),
);
const history = shell(
  el('h2', {}, 'Versions'),
  el('form.compare', {}, el('ul.versions', {}, el('li', {}, el('input', { name: 'left', type: 'radio' }), el('time', {}), el('b', {})))),
  el('dl.legend', {}, el('dt', {}, 'cur'), el('dd', {}, 'now'), el('dt', {}, 'last'), el('dd', {}, 'before')),
);

const spell = (address: { route: string; query?: Readonly<Record<string, string | null>>; hash?: string }): string => {
  const query = Object.entries(address.query ?? {}).map(([name, value]) => `${name}=${value ?? '…'}`);
  return address.route + (query.length > 0 ? `?${query.join('&')}` : '') + (address.hash === undefined ? '' : `#${address.hash}`);
};
const told = (pages: readonly PageCluster[]): readonly (readonly [string, number])[] =>
  pages.map((page) => [[page, ...page.also].map(spell).join(' '), page.views.length] as const);

describe('clusterPages', () => {
  it('gathers views of one address, whatever data they show', () => {
    const views = [open(table('a'), '/'), open(table('b', 'c', 'd'), '/'), open(table(), '/?page=2')];
    expect(told(clusterPages(views))).toEqual([['/', 3]]);
  });

  it('tells pages of one address apart where they share too little', () => {
    const views = [open(table('a'), '/'), open(login, '/'), open(table('b'), '/')];
    expect(clusterPages(views).map((page) => page.views)).toEqual([[views[0], views[2]], [views[1]]]);
  });

  it('numbers pages by address, whatever was seen first', () => {
    const views = [open(login, '/z'), open(table('a'), '/a')];
    expect(clusterPages(views).map(({ id, route }) => [id, route])).toEqual([
      ['p0', '/a'],
      ['p1', '/z'],
    ]);
  });

  it('finds the same pages whatever order the views come in', () => {
    const views = [article('a'), editor('a'), table('a'), table(), login, history].map((root, i) => open(root, `/${'abcdef'[i]}`));
    const sorted = (of: readonly View[]) => told(clusterPages(of)).map(([routes]) => routes);
    expect(sorted([...views].reverse())).toEqual(sorted(views));
  });

  it('keeps what lies over a page, and what failed in it, with the page', () => {
    const dialog = el('div.modal', { role: 'dialog' }, el('h2', {}), el('form', {}, el('input', { name: 'why' }), el('button', {}, 'Yes')));
    const portal = el('div.portal', {}, el('ul.choices', {}, el('li.choice', {}, el('b', {}), el('i', {}))));
    const errors = el('div.errors', {}, el('p.error', {}, 'A summary is needed'), el('ul', {}, el('li', {}, 'summary')));
    const views = [
      viewOf(article('a'), { url: '/a', load: 900 }),
      viewOf(article('a', dialog), { url: '/a', load: 900 }),
      viewOf(article('a', portal), { url: '/a', load: 900 }),
      open(editor('x'), '/edit'),
      open(editor('y', errors), '/edit'),
    ];
    expect(told(clusterPages(views))).toEqual([
      ['/a', 3],
      ['/edit', 2],
    ]);
  });

  it('keeps a page together for those who are signed in and those who are not', () => {
    const member = el('div.member', {}, el('a', { href: '/out' }, 'Leave'), el('b', {}, 'ada'));
    const guest = el('div.guest', {}, el('a', { href: '/in' }, 'Enter'), el('a', { href: '/join' }, el('i', {}, 'Join')));
    const views = [open(article('a', member), '/a'), open(article('b', guest), '/b'), open(article('c', member), '/b'), open(login, '/in')];
    expect(told(clusterPages(views)).map(([, count]) => count)).toEqual([3, 1]);
  });

  it('keeps the fragments of an application of one page together', () => {
    const views = ['/', '/#/', '/#/active', '/#/completed'].map((url, i) => open(table(...'abc'.slice(i)), url));
    expect(told(clusterPages(views))).toEqual([['/', 4]]);
  });

  it('tells views apart that an application shows by fragment', () => {
    const views = [open(table('a'), '/#/list'), open(table('b', 'c'), '/#/list'), open(editor('x'), '/#/new'), open(login, '/#/login')];
    expect(told(clusterPages(views))).toEqual([
      ['/', 2],
      ['/#/login', 1],
      ['/#/new', 1],
    ]);
  });
});

describe('clusterPages finds the addresses of', () => {
  it('a wiki with its page names and modes in parameters', () => {
    const names = ['start', 'garden', 'house', 'kitchen'];
    const views = [
      open(article('start'), '/doku.php'),
      ...names.map((name) => open(article(name), `/doku.php?id=${name}`)),
      ...names.slice(0, 2).map((name) => open(editor(name), `/doku.php?id=${name}&do=edit`)),
      ...names.slice(1, 3).map((name) => open(history, `/doku.php?id=${name}&do=revisions`)),
      open(login, '/doku.php?id=start&do=login'),
      open(login, '/doku.php?id=house&do=login'),
    ];
    expect(told(clusterPages(views))).toEqual([
      ['/doku.php', 5],
      ['/doku.php?do=edit', 2],
      ['/doku.php?do=login', 2],
      ['/doku.php?do=revisions', 2],
    ]);
  });

  it('a wiki with its page names in the path', () => {
    const names = ['Start', 'Garden', 'House', 'Kitchen'];
    const views = [
      ...names.map((name) => open(article(name), `/wiki/${name}`)),
      open(editor('x'), '/wiki/Garden?action=edit'),
      open(history, '/wiki/House?action=history'),
    ];
    expect(told(clusterPages(views))).toEqual([
      ['/wiki/:p2', 4],
      ['/wiki/:p2?action=edit', 1],
      ['/wiki/:p2?action=history', 1],
    ]);
  });

  it('one file that lists without a parameter and shows with one', () => {
    const views = [
      open(table('a', 'b'), '/index.php/view.php'),
      open(article('a'), '/index.php/view.php?id=3'),
      open(article('b'), '/index.php/view.php?id=4'),
    ];
    expect(told(clusterPages(views))).toEqual([
      ['/index.php/view.php', 1],
      ['/index.php/view.php?id=…', 2],
    ]);
  });

  it('a tracker with numbered words, filters and editors', () => {
    const views = [
      open(article('a'), '/issue12'),
      open(article('b'), '/issue7'),
      open(table('a', 'b'), '/issue?state=open'),
      open(table('a'), '/issue?owner=ada&state=done'),
      open(editor('a'), '/bugs/12/edit'),
      open(editor('b'), '/bugs/13/edit'),
    ];
    expect(told(clusterPages(views))).toEqual([
      ['/:p1', 2],
      ['/bugs/:p2/edit', 2],
      ['/issue', 2],
    ]);
  });

  it('a shop with names in its paths, where fixed pages stand beside them', () => {
    const goods = ['tools/red-garden-rake', 'tools/old-iron-spade', 'toys/wood-train-set', 'books/how-to-dig', 'books/a-small-tale'];
    const views = [
      ...goods.map((name) => open(article(name), `/${name}`)),
      ...['tools', 'toys', 'books'].map((name) => open(table(name), `/${name}`)),
      open(history, '/orders'),
      open(login, '/login'),
      open(editor('x'), '/account/edit'),
    ];
    expect(told(clusterPages(views))).toEqual([
      ['/:p1', 3],
      ['/:p1/:p2', 5],
      ['/account/edit', 1],
      ['/login', 1],
      ['/orders', 1],
    ]);
  });

  it('lists and forms of many kinds of records in one large frame, each with columns and fields of its own', () => {
    const kinds = ['book', 'author', 'shelf'];
    const frame = (...content: readonly DomElement[]): DomElement =>
      shell(...kinds.map((kind) => el(`nav.model-${kind}`, {}, el(`a.add-${kind}`, {}), el(`a.change-${kind}`, {}))), ...content);
    const names = [...'abcd'];
    const list = (kind: string): DomElement =>
      frame(el('table.results', {}, el('tr', {}, ...names.map((name) => el(`th.column-${kind}-${name}`, {}, el('a', {}, name))))));
    const form = (kind: string): DomElement =>
      frame(el('form.edit', {}, ...names.map((name) => el(`div.field-${kind}-${name}`, {}, el('input', { name: `${kind}_${name}` })))));
    const views = kinds.flatMap((kind) => [
      ...[1, 2].map(() => open(list(kind), `/admin/${kind}`)),
      ...[1, 2].map((id) => open(form(kind), `/admin/${kind}/${id}/change`)),
    ]);
    const pages = clusterPages([...views, open(login, '/login'), open(login, '/login')]);
    expect(pages.map((page) => page.views.length)).toEqual([2, 2, 2, 2, 2, 2, 2]);
  });

  it('a kind of page seen for two words, which is there for others', () => {
    const views = [
      ...['books', 'people'].map((word) => open(history, `/${word}/1/versions`)),
      open(table('a'), '/books'),
      open(editor('x'), '/people/1/change'),
    ];
    const versions = clusterPages(views).find((page) => page.views.length === 2);
    expect(told([versions as PageCluster])[0]?.[0]).toBe('/books/:p2/versions /people/:p2/versions /:p1/:p2/versions');
  });

  it('what a form was sent for, though it stands at the address of another page', () => {
    const ask = { ...open(editor('Are you sure?'), '/list'), posted: { action: 'delete' } };
    const views = [open(table('a'), '/list'), open(table('b', 'c'), '/list'), ask, open(login, '/login')];
    expect(clusterPages(views).map((page) => page.views.length)).toEqual([2, 1, 1]);
  });

  it('two kinds of pages behind one pattern: those seen less are spelt out', () => {
    const goods = ['red-garden-rake', 'old-iron-spade', 'wood-train-set', 'how-to-dig'];
    const views = [
      ...goods.map((name) => open(article(name), `/x/${name}`)),
      ...['all-our-tools', 'all-our-toys'].map((name) => open(table(name), `/x/${name}`)),
    ];
    expect(told(clusterPages(views))).toEqual([
      ['/x/:p2', 4],
      ['/x/all-our-tools /x/all-our-toys', 2],
    ]);
  });
});
