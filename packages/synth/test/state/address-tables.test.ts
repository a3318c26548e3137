import type { DomElement } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { baseRows } from '../../src/state/base-rows.ts';
import type { Visited } from '../fixtures/dom.ts';
import { el, html, visitOf } from '../fixtures/dom.ts';
import { tablesBehind } from '../fixtures/tables.ts';

const names = ['fig', 'plum', 'pear', 'sloe'] as const;
type Name = (typeof names)[number];
const texts: Readonly<Record<Name, string>> = {
  fig: 'Figs ripen twice a year along southern walls and terraces',
  plum: 'Plums want pruning before midsummer or silver leaf arrives',
  pear: 'Pears keep until spring when wrapped in old newspapers',
  sloe: 'Sloes taste better after the first hard autumn frost',
};
/** What is edited says more than what is shown: words that markup takes away. */
const source = (name: Name): string => `= ${name} =\n${texts[name].replace(/(\w+)$/, '[[$1]]')} <!-- ${name.length * 7} -->`;
const page = (...content: readonly DomElement[]): DomElement =>
  html(el('header', {}, el('h2', {}, 'Orchard'), el('form', {}, el('input', { name: 'q' }))), el('main', {}, ...content));
const halves = (text: string): readonly string[] => [text.split(' ').slice(0, 5).join(' '), text.split(' ').slice(5).join(' ')];
const show = (name: Name): Visited => ({
  root: page(
    el('h1', {}, name),
    el('div.text', {}, ...halves(texts[name]).map((half, i) => el(name === 'fig' && i === 1 ? 'blockquote' : 'p', {}, half))),
  ),
  url: `/run?id=${name}`,
});
const edit = (name: Name): Visited => ({
  root: page(
    el(
      'form.editor',
      {},
      el('fieldset', {}, el('legend', {}, 'Edit'), el('textarea', { name: 'text', value: source(name) })),
      el('div.buttons', {}, el('button', { name: 'save' }, 'Save'), el('button', { name: 'stop' }, 'Stop')),
      el('label', {}, 'Summary', el('input', { name: 'summary' })),
    ),
  ),
  url: `/run?id=${name}&do=edit`,
});

const visits = (order: readonly Name[], id: string) =>
  visitOf(
    order.flatMap((name) => [show(name), edit(name), show(name)]),
    id,
  );
const sessions = [visits(names, 's0'), visits([...names].reverse(), 's1'), visits(['pear', 'fig', 'plum'], 's2')];

describe('records that addresses name', () => {
  const { tables, views } = tablesBehind(sessions);
  const table = tables.find(({ bindings }) => bindings.some(({ by }) => by?.param === 'id'));

  it('are one table for all pages whose addresses name them alike, though no list shows them', () => {
    expect(table?.bindings.map(({ by }) => by?.param)).toEqual(['id', 'id']);
    expect(new Set(table?.bindings.map(({ page: { id } }) => id)).size).toBe(2);
  });

  it('hold the document that one page shows and the source that another edits', () => {
    const shown = table?.bindings.flatMap(({ shows }) => [...shows.keys()]) ?? [];
    expect(shown.some(({ kind }) => kind === 'prose')).toBe(true);
    expect(shown.some(({ live }) => live)).toBe(true);
  });

  it('have no cell for what their address says: a page of a record that nobody saw says it too', () => {
    const shown = (table?.bindings ?? []).flatMap(({ shows }) => [...shows.keys()]);
    expect(shown.some(({ values }) => [...values.values()].includes('fig'))).toBe(false);
  });

  it('begin with what sessions first saw of them, whether or not a session saw them all', () => {
    const rows = table ? baseRows(table, views.sessions) : [];
    expect(rows.map((row) => row['key']).toSorted()).toEqual([...names].toSorted());
    expect(rows.every((row) => Object.values(row).some((cell) => String(cell).includes(halves(texts[row['key'] as Name])[0] ?? '-')))).toBe(
      true,
    );
  });

  it('are none where people type what the address holds: they may look for what is not there', () => {
    const found = (word: string): Visited => ({
      root: html(
        el('form', { method: 'get' }, el('input', { name: 'q', value: word })),
        el('h1', {}, `Found ${word}`),
        el('p', {}, `All of ${word}`),
      ),
      url: `/find?q=${word}`,
    });
    const looked = ['fig', 'plum', 'pear', 'sloe'].map(found);
    const { tables } = tablesBehind([visitOf(looked, 's0'), visitOf(looked.toReversed(), 's1')]);
    expect(tables.some(({ bindings }) => bindings.some(({ by }) => by?.param === 'q'))).toBe(false);
  });
});
