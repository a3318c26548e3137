import type { Row } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { baseRows } from '../../src/state/base-rows.ts';
import { trackNamed } from '../../src/state/track-named.ts';
import type { Visited } from '../fixtures/dom.ts';
import { el, html, visitOf } from '../fixtures/dom.ts';
import { onlyTable, tablesBehind } from '../fixtures/tables.ts';

const texts = {
  fig: 'The fig tree near our southern wall bears twice every summer',
  plum: 'A plum keeps best where neither wasps nor children reach it',
  pear: 'Pears ripen from their core outwards after somebody picks them',
  sloe: 'Sloes taste bitter until frost has bitten them several times',
};
const kiwi = 'Kiwi vines want strong wires and another plant beside them';
const later = 'Kiwi vines want pruning twice every year or nothing grows';

const show = (id: string, text: string): Visited => ({
  url: `/w?id=${id}`,
  root: html(el('h1', {}, id), el('article', {}, el('p', {}, `${text}!`))),
});
const edit = (id: string, text: string): Visited => ({
  url: `/w?id=${id}&do=edit`,
  root: html(el('form', { method: 'post' }, el('textarea', { name: 'body', value: text }), el('button', {}, 'Save'))),
});
const fill = (value: string, id: string): Visited => ({
  ...edit(id, value),
  load: 1,
  action: { kind: 'fill', target: { role: 'textbox', name: '', nth: 0 }, value },
});
const save = (id: string, text: string): Visited => ({
  ...show(id, text),
  action: { kind: 'click', target: { role: 'button', name: 'Save', nth: 0 } },
  sent: new URLSearchParams({ id, body: text }).toString(),
});
const all = Object.entries(texts).flatMap(([id, text]) => [show(id, text), edit(id, text)]);

/** The records behind each page of a visit, and those with which its account begins. */
function behind(pages: readonly Visited[]) {
  const { views, tables } = tablesBehind([visitOf(pages, 's0'), visitOf(all, 's1'), visitOf(all.toReversed(), 's2')]);
  const table = onlyTable({ tables });
  const base = baseRows(table, views.sessions);
  const [session] = views.sessions;
  const tracked = trackNamed({ table, session: session!, base });
  const cellsAt = (i: number, id: string): readonly unknown[] =>
    Object.values((tracked.rows.get(session!.after[i]!) ?? []).find((row) => row['key'] === id) ?? {});
  return { base, cellsAt };
}

const says = (cells: readonly unknown[], text: string): boolean => cells.some((cell) => String(cell).includes(text));

describe('records whose text is written', () => {
  const { base, cellsAt } = behind([edit('kiwi', ''), fill(kiwi, 'kiwi'), save('kiwi', kiwi), show('fig', texts.fig)]);
  const rowOf = (id: string): Row | undefined => base.find((row) => row['key'] === id);

  it('do not begin with what was only written later', () => {
    expect(says(Object.values(rowOf('fig') ?? {}), texts.fig)).toBe(true);
    expect(says(Object.values(rowOf('kiwi') ?? {}), kiwi)).toBe(false);
  });

  it('hold nothing before it is written', () => {
    expect(says(cellsAt(0, 'kiwi'), kiwi)).toBe(false);
    expect(cellsAt(0, 'kiwi')).toContain('');
    expect(says(cellsAt(2, 'kiwi'), kiwi)).toBe(true);
  });
});

describe('fields that show what was sent for them', () => {
  it('have held it since it was sent', () => {
    const pages = [edit('fig', texts.fig), save('fig', later), show('plum', texts.plum), edit('fig', later)];
    const { cellsAt } = behind(pages);
    expect(cellsAt(0, 'fig')).toContain(texts.fig);
    expect([1, 2, 3].map((i) => cellsAt(i, 'fig').includes(later))).toEqual([true, true, true]);
  });

  it('hold what they showed while they were in sight', () => {
    const pages = [edit('fig', texts.fig), save('fig', later), edit('fig', texts.fig), edit('fig', later)];
    const { cellsAt } = behind(pages);
    expect([1, 2, 3].map((i) => cellsAt(i, 'fig').includes(later))).toEqual([false, false, true]);
  });
});
