import type { DomElement } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { coarseLabel, contentSignature } from '../../src/template/lists.ts';
import { buildPattern } from '../../src/template/build.ts';
import type { ListPattern } from '../../src/template/pattern.ts';
import { el, html, viewOf } from '../fixtures/dom.ts';

/** Lists found over pages that sessions showed, one page a session. */
function listsIn(...pages: readonly (readonly DomElement[])[]): readonly ListPattern[] {
  return buildPattern(
    pages.map((children, session) => viewOf(html(el('div', {}, ...children)), { session })),
    'e',
  ).lists;
}

/** How many items each session's page has. */
function lengths(list: ListPattern | undefined): readonly number[] {
  const counts = [...(list?.items ?? [])].map(([outer, items]) => [outer.view.session, items.length] as const);
  return counts.toSorted(([a], [b]) => a - b).map(([, count]) => count);
}

const rowsOf = (...texts: readonly string[]): DomElement[] =>
  texts.map((text) => el('section', {}, el('b', {}, text), el('button', {}, 'Remove')));

describe('lists of records', () => {
  it('are like siblings whose number and content change', () => {
    const lists = listsIn(rowsOf('pear', 'fig'), rowsOf('lime'), rowsOf('kiwi', 'plum', 'date'));
    expect(lists.map(({ item }) => item.tag)).toEqual(['section']);
    expect(lengths(lists[0])).toEqual([2, 1, 3]);
  });

  it('are not a few labels that come and go, each with a look of its own', () => {
    const labels = { new: el('span.label.fresh', {}, 'New'), mine: el('span.label.own', {}, 'Mine') };
    const shown = [[], [], [], [labels.new], [labels.new, labels.mine], [labels.mine], [labels.new, labels.mine], [], [], []];
    expect(listsIn(...shown)).toEqual([]);
  });

  it('are not what stands in one sentence', () => {
    const sentence = (...names: readonly string[]): DomElement[] => [
      el('p', {}, ...names.flatMap((name, i) => (i === 0 ? [el('b', {}, name)] : [' was last changed by ', el('b', {}, name)]))),
    ];
    expect(listsIn(sentence('fig', 'ada'), sentence('plum'), sentence('pear', 'bob'))).toEqual([]);
  });

  it('are not empty marks that scripts put into a page, however many', () => {
    const marks = (count: number, said?: string): DomElement[] =>
      Array.from({ length: count }, (_, i) => el('div.unseen', { role: 'log' }, i === 0 && said !== undefined && el('div', {}, said)));
    const quiet = [marks(2), marks(14), marks(14), marks(5)];
    expect(listsIn(...quiet)).toEqual([]);
    expect(listsIn(...quiet, marks(14, 'Two results'))).toEqual([]);
  });

  it('are not the parts of a page that stand in a row', () => {
    const tabs = (current: string): DomElement[] =>
      ['First', 'Second', 'Third'].map((label) => el(label === current ? 'a.on' : 'a', { href: `#${label}` }, label));
    expect(listsIn(tabs('First'), tabs('Second'), tabs('Third'))).toEqual([]);
  });

  const options = (...texts: readonly string[]): DomElement[] => [el('select', {}, ...texts.map((text) => el('option', {}, text)))];

  it('are the options of a choice that depends on data', () => {
    const lists = listsIn(options('a', 'b'), options('c'), options('d', 'e', 'f'));
    expect(lists.map(({ item }) => item.tag)).toEqual(['option']);
    expect(lengths(lists[0])).toEqual([2, 1, 3]);
  });

  it('are not the options of a choice that is always the same', () => {
    expect(listsIn(options('Newest', 'Oldest'), options('Newest', 'Oldest'), options('Newest', 'Oldest'))).toEqual([]);
  });

  it('are one list though every other record has another class', () => {
    const table = (...texts: readonly string[]): DomElement[] => [
      el('table', {}, el('tbody', {}, ...texts.map((text, i) => el(i % 2 === 0 ? 'tr.odd' : 'tr.even', {}, el('td', {}, text))))),
    ];
    const lists = listsIn(table('pear', 'fig', 'lime'), table('kiwi'), table('plum', 'date', 'sloe', 'mango'), table('ox', 'yak', 'elk'));
    expect(lists.map(lengths)).toEqual([[3, 1, 4, 3]]);
  });

  it('may be of siblings that take turns, a heading and its text', () => {
    const pairs = (...texts: readonly string[]): DomElement[] =>
      texts.flatMap((text) => [el('dt', {}, text), el('dd', {}, el('i', {}, `about ${text}`))]);
    const lists = listsIn(pairs('ox', 'yak'), pairs('elk'), pairs('emu', 'hen', 'owl'), pairs('bat', 'cat'));
    expect(lengths(lists[0])).toEqual([2, 1, 3, 2]);
  });

  it('may have a list in each record', () => {
    const row = (name: string, ...tags: readonly string[]): DomElement =>
      el('section.fruit', {}, el('b.name', {}, name), el('p', {}, ...tags.map((tag) => el('a.tag', { href: `/t/${tag}` }, tag))));
    const lists = listsIn([row('pear', 'x', 'y'), row('fig', 'z')], [row('lime', 'q', 'r', 's')], [row('kiwi'), row('plum', 'u', 'v')]);
    expect(lists.map(({ item, frame }) => [item.tag, frame.list?.item.tag ?? null])).toEqual([
      ['a', 'section'],
      ['section', null],
    ]);
  });
});

describe('contentSignature', () => {
  it('is blind to classes and to what a box says', () => {
    expect(contentSignature(el('li.done', { checked: '' }, 'one'))).toBe(contentSignature(el('li', {}, ' one ')));
  });

  it('tells other texts and other addresses apart', () => {
    expect(contentSignature(el('a', { href: '/a' }, 'x'))).not.toBe(contentSignature(el('a', { href: '/b' }, 'x')));
    expect(contentSignature(el('a', {}, 'x'))).not.toBe(contentSignature(el('a', {}, 'y')));
  });
});

describe('a record that is shown otherwise for a while', () => {
  it('stays in its list', () => {
    const numbered = (rows: readonly DomElement[]): DomElement[] => rows.map((row, i) => ({ ...row, id: i + 1 }));
    const edited = el('section', {}, el('p', {}, el('input', { type: 'text' })), el('i', {}, 'Esc'));
    const names = [
      ['pear', 'fig', 'lime'],
      ['plum', 'date', 'sloe'],
    ];
    const pages = names.flatMap((texts, session) => {
      const [first, second, third] = rowsOf(...texts) as [DomElement, DomElement, DomElement];
      const shown = [[first, second, third], [first, edited, third], [first]];
      return shown.map((rows, step) => viewOf(html(el('div', {}, ...numbered(rows))), { session, step }));
    });
    const counts = buildPattern(pages, 'e').lists.map((list) => [...list.items.values()].map(({ length }) => length));
    expect(counts.map((each) => each.toSorted())).toEqual([[1, 1, 3, 3, 3, 3]]);
  });
});

describe('coarseLabel', () => {
  it('tells kinds of input apart', () => {
    expect([el('input'), el('input', { type: 'checkbox' }), el('p')].map(coarseLabel)).toEqual(['input:text', 'input:checkbox', 'p']);
  });
});
