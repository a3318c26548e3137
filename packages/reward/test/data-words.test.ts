import type { World } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { dataWords } from '../src/index.ts';
import { sayRow } from '../src/wording.ts';
import { listWorld } from '../../world/fixtures/list-world.ts';

type Template = World['pages'][number]['template'];

const el = (tag: string, attrs: Record<string, string> = {}, ...kids: readonly Template[]): Template => ({
  el: tag,
  anchor: `${tag} ${JSON.stringify(attrs)}`,
  attrs,
  kids,
});
const text = (said: string): Template => ({ text: said });
const each = (from: string): Template => ({ each: { from, as: 'it' }, kids: [el('li')] });

function world(template: Template, effects: World['rules'][number]['do']): World {
  const [page] = listWorld.pages;
  const on = { request: { method: 'POST', route: '/items' } };
  const rule = { id: 'r', on, do: effects, then: 'stay', evidence: [], certainty: 'certain', probability: 1 } as const;
  return { ...listWorld, pages: [{ ...page!, template }], rules: [rule], tables: [{ name: 't0', columns: [], label: 'c0' }] };
}

describe('the words of data', () => {
  it('are the label of the field that is typed into a column, and the element that records are listed in', () => {
    const form = el(
      'form',
      {},
      el('label', { for: 'f1' }, text('The '), el('b', {}, text('title'))),
      el('input', { id: 'f1', name: 'x_title' }),
      el('textarea', { name: 'x_text', 'aria-label': 'Text' }),
      el('input', { name: 'x_place', placeholder: 'Where?' }),
      el('input', { name: 'x_other' }),
      el('input', { name: 'x_number', placeholder: '133' }),
    );
    const typed = (arg: string) => ({ fn: 'trim', args: [{ arg }] }) as const;
    const row = {
      c0: typed('x_title'),
      c1: typed('x_text'),
      c2: typed('x_place'),
      c3: typed('x_other'),
      c4: typed('x_number'),
      c5: { fn: 'concat', args: [{ arg: 'x_title' }, { arg: 'x_text' }] },
    } as const;
    const learned = world(el('html', {}, form, el('ul', { id: 'shopping-list' }, each('t0'))), [{ insert: 't0', row, at: 'end' }]);
    const words = dataWords(learned);
    expect(['c0', 'c1', 'c2', 'c3', 'c4', 'c5'].map((column) => words.column('t0', column))).toEqual([
      'The title',
      'Text',
      'Where?',
      'x_other',
      'c4',
      'c5',
    ]);
    expect(words.table('t0')).toBe('record of “shopping-list” (t0)');
    expect(sayRow(learned, 't0', { id: 'a', c0: 'Tea' })).toBe('record of “shopping-list” (t0) “Tea”');
  });

  it('leave out ids that a program made up, and what holds the records of several tables', () => {
    const made = world(el('div', { id: 'app' }, el('ul', { id: '_r_2_' }, each('t0')), el('ul', {}, each('t1'))), []);
    expect(['t0', 't1', 't2'].map((name) => dataWords(made).table(name))).toEqual(['record (t0)', 'record (t1)', 'record (t2)']);
  });

  it('are the names themselves where these say something', () => {
    const words = dataWords(listWorld);
    expect([words.table('item'), words.column('item', 'title'), words.register('name')]).toEqual(['item', 'title', 'name']);
  });
});
