import type { DomElement } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { buildSite } from '../../src/pages/page-model.ts';
import type { ColumnModel } from '../../src/state/columns.ts';
import { keyColumns } from '../../src/state/keys.ts';
import { localTables } from '../../src/state/tables.ts';
import { viewsOf } from '../../src/views.ts';
import { el, html, visitOf } from '../fixtures/dom.ts';
import { logsOf } from '../fixtures/visitor.ts';

/** Columns that name the records of the one list that pages of a session show, best first. */
function keysOf(pages: readonly (readonly DomElement[])[], loadOf = (page: number): number => page): readonly ColumnModel[] {
  const visits = pages.map((rows, page) => ({ root: html(el('div', {}, ...rows)), load: loadOf(page) }));
  const site = buildSite(viewsOf(logsOf([visitOf(visits)])).all);
  const [records, ...others] = localTables(site, new Set());
  if (!records || others.length > 0) throw new Error('The pages show no list, or several.');
  return keyColumns(records);
}

const names = (columns: readonly ColumnModel[]): unknown =>
  columns.map(({ source, part }) => [source?.kind, source?.name, part !== undefined]);
const fruits = 'pear fig lime kiwi plum date sloe mango peach quince apple cherry melon'.split(' ');
/** Pages with so many records in all that they are data and no parts of the page. */
const pagesOf = (row: (name: string) => DomElement): (readonly DomElement[])[] =>
  [fruits, fruits.slice(1, 3), fruits.slice(0, 4)].map((texts) => texts.map(row));
const numberOf = (name: string): string => String(11 + fruits.indexOf(name));
const row = (name: string, ...more: readonly DomElement[]): DomElement =>
  el('section.row', {}, el('b.name', {}, name), ...more, el('button', {}, 'Eat'));

describe('keyColumns', () => {
  it('prefers a part of an address over what a record is called', () => {
    const keys = keysOf(pagesOf((name) => row(name, el('a', { href: `/fruit/${numberOf(name)}` }, 'See'))));
    expect(names(keys)).toEqual([
      ['attribute', 'href', true],
      ['text', '', false],
    ]);
  });

  it('takes what records are called where they have no other name', () => {
    expect(names(keysOf(pagesOf((name) => row(name))))).toEqual([['text', '', false]]);
  });

  it('takes no column in which two records of a page agree', () => {
    const keys = keysOf(pagesOf((name) => row(name, el('i.kind', {}, name.length > 3 ? 'long' : 'short'))));
    expect(names(keys)).toEqual([['text', '', false]]);
  });

  it('takes no column that leaves a record blank', () => {
    const keys = keysOf(pagesOf((name) => row(name, el('i.note', {}, name === 'fig' ? '' : `of ${numberOf(name)}`))));
    expect(names(keys)).toEqual([['text', '', false]]);
  });

  it('takes no name that is made up anew for every page', () => {
    let made = 0;
    const keys = keysOf(pagesOf((name) => row(name, el('i', { 'data-key': `k${made++}` }))));
    expect(names(keys)).toEqual([['text', '', false]]);
  });

  it('takes no column that one element changes while its page stays', () => {
    const shown = (texts: readonly string[]): DomElement[] =>
      texts.map((text, i) => ({
        ...el('section.row', { 'data-key': `n${i}` }, el('b.name', {}, text), el('button', {}, 'Eat')),
        id: 90 + i,
      }));
    const pages = [fruits, fruits.slice(3, 6), fruits.slice(0, 4), fruits.slice(5, 9)].map(shown);
    expect(names(keysOf([...pages, ...pages], (page) => (page < pages.length ? 0 : 1)))).toEqual([['attribute', 'data-key', false]]);
    expect(names(keysOf([...pages, ...pages]))).toEqual([
      ['attribute', 'data-key', false],
      ['text', '', false],
    ]);
  });

  it('takes none where no page shows two records', () => {
    const site = buildSite(
      viewsOf(logsOf([visitOf(pagesOf((name) => row(name)).map((rows) => ({ root: html(el('div', {}, ...rows)) })))])).all,
    );
    const [records] = localTables(site, new Set());
    if (!records) throw new Error('The pages show no list.');
    expect(keyColumns(records)).toHaveLength(1);
    const alone = new Map([...records.list.items].map(([outer, items]) => [outer, items.slice(0, 1)]));
    expect(keyColumns({ ...records, list: { ...records.list, items: alone } })).toEqual([]);
  });
});
