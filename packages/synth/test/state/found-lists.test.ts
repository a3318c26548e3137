import { describe, expect, it } from 'vitest';
import { buildSite } from '../../src/pages/page-model.ts';
import { areFound, joinFound } from '../../src/state/found-lists.ts';
import { itemsOf, keyOf } from '../../src/state/bindings.ts';
import type { Candidate } from '../../src/state/join-lists.ts';
import { keyColumns } from '../../src/state/keys.ts';
import type { TableModel } from '../../src/state/tables.ts';
import { localTables } from '../../src/state/tables.ts';
import { viewsOf } from '../../src/views.ts';
import type { Visited } from '../fixtures/dom.ts';
import { el, html, visitOf } from '../fixtures/dom.ts';
import { logsOf } from '../fixtures/visitor.ts';

const hits = (names: readonly string[]) =>
  el('aside', {}, ...names.map((name) => el('section', {}, el('b', {}, name), el('button', {}, 'Go'))));
const home = (names: readonly string[]): Visited => ({ url: '/', root: html(el('h1', {}, 'Home'), el('ul', {}, 'Home'), hits(names)) });
const help = (names: readonly string[]): Visited => ({
  url: '/help',
  root: html(el('h1', {}, 'Help'), el('form', {}, 'Help'), hits(names)),
});
/** Another list of the same records, whose addresses name them. */
const shelf = (names: readonly string[]): Visited => ({
  url: '/shelf',
  root: html(
    el(
      'table',
      {},
      el(
        'tbody',
        {},
        ...names.map((name) => el('tr', {}, el('td', {}, el('a', { href: `/ware/w-${name.toLowerCase().replace(' ', '-')}` }, name)))),
      ),
    ),
  ),
});

/** Lists of several pages, given what each shows when; records of their own where sessions are said to have them. */
function listsOf(shown: readonly (readonly string[])[], own = false): { readonly found: readonly Candidate[]; readonly table: TableModel } {
  const sessions = Array.from({ length: 5 }, (_, s) => {
    const named = (names: readonly string[]): readonly string[] => names.map((name) => (own ? `${name} ${'abcde'[s]}` : name));
    const pages = shown.map((names, i) => (i % 2 === 0 ? home : help)(named(names)));
    const all = [...named([...new Set(shown.flat())]), ...['Ink', 'Jar', 'Kite'].map((name) => `${name} ${'abcde'[s]}`)];
    return visitOf([shelf(all), ...pages, shelf(all.slice(1))], `s0${s}`, 'ada');
  });
  const bindings = localTables(buildSite(viewsOf(logsOf(sessions)).all), new Set());
  const found = bindings
    .filter(({ page }) => page.views[0]?.url !== '/shelf')
    .map((binding): Candidate => ({ binding, keys: keyColumns(binding) }));
  const [shelved] = bindings.filter(({ page }) => page.views[0]?.url === '/shelf');
  const [key] = shelved ? keyColumns(shelved) : [];
  if (!shelved || !key || found.length !== 2) throw new Error('There are not three lists.');
  return { found, table: { name: '', columns: shelved.columns, key: key.name, bindings: [shelved], recalled: true } };
}

const anew = [['Axe', 'Bell'], ['Cup', 'Drum', 'Egg'], ['Fork'], ['Gong', 'Hat']];

describe('areFound', () => {
  it('holds of lists of several pages that show others each time', () => {
    expect(areFound(listsOf(anew).found)).toBe(true);
  });

  it('does not hold of lists that go on where the page before left them', () => {
    const kept = [['Axe', 'Bell'], ['Axe', 'Bell', 'Cup'], ['Bell'], ['Bell', 'Cup']];
    expect(areFound(listsOf(kept, true).found)).toBe(false);
  });
});

describe('joinFound', () => {
  const reading = { accountOf: () => 'ada', group: 3 };

  it('takes such lists into the table whose records they show, by what these are called', () => {
    const { found, table } = listsOf(anew);
    const tables = [table];
    expect(joinFound(tables, found, reading)).toBe(true);
    const [, ...joined] = tables[0]?.bindings ?? [];
    expect(joined.map((binding) => binding.found)).toEqual([3, 3]);
    const names = joined.flatMap((binding) =>
      binding.page.views
        .slice(0, 1)
        .flatMap((view) => (itemsOf(binding, view) ?? []).map((item) => keyOf(binding, table.key as string, item))),
    );
    expect(names).toEqual(['w-axe', 'w-bell', 'w-cup', 'w-drum', 'w-egg']);
  });

  it('leaves lists of records that no table has', () => {
    const { found, table } = listsOf(anew);
    expect(joinFound([{ ...table, bindings: [], columns: [] }], found, reading)).toBe(false);
  });
});
