import { describe, expect, it } from 'vitest';
import type { Grammar } from '../src/index.ts';
import { grammarSchema } from '../src/index.ts';

const grammar: Grammar = {
  root: [{ tag: 'div', attrs: { class: 'page' } }],
  blocks: [
    {
      block: 'line',
      open: '## ',
      close: '',
      wrap: [{ tag: 'h2', attrs: { id: [{ of: 'text', how: 'slug' }] } }],
      reach: 'line',
      interrupts: true,
    },
    { block: 'rule', mark: '-', least: 3, wrap: [{ tag: 'hr', attrs: {} }], interrupts: true },
  ],
  paragraph: { wrap: [{ tag: 'p', attrs: {} }], lines: 'join', blank: 'split' },
  inlines: [{ inline: 'escape', mark: '\\' }],
  notes: {
    open: '((',
    close: '))',
    mark: [{ tag: 'sup', attrs: { id: ['to', { of: 'level', how: 'raw' }] }, children: [{ text: [{ of: 'level', how: 'raw' }] }] }],
    item: [{ tag: 'li', attrs: {}, children: [{ content: true }] }],
    list: [
      { tag: 'hr', attrs: {}, children: [] },
      { tag: 'ol', attrs: {}, children: [{ content: true }] },
    ],
  },
};

describe('grammarSchema', () => {
  it('reads back what was written', () => {
    expect(grammarSchema.parse(JSON.parse(JSON.stringify(grammar)))).toEqual(grammar);
  });

  it('reads a grammar that has no notes', () => {
    const { notes: _notes, ...plain } = grammar;
    expect(grammarSchema.parse(JSON.parse(JSON.stringify(plain)))).toEqual(plain);
  });

  it.each([
    ['a rule of an unknown kind', { ...grammar, blocks: [{ block: 'regex', interrupts: true }] }],
    ['a mark that is empty', { ...grammar, inlines: [{ inline: 'escape', mark: '' }] }],
    ['a spelling that the interpreter lacks', { ...grammar, root: [{ tag: 'a', attrs: { href: [{ of: 'text', how: 'eval' }] } }] }],
    ['notes whose mark is empty', { ...grammar, notes: { ...grammar.notes, open: '' } }],
    ['a piece of a note that is nothing', { ...grammar, notes: { ...grammar.notes, mark: [{ tag: 'b', attrs: {}, children: [{}] }] } }],
    ['a property that nobody reads', { ...grammar, script: 'alert(1)' }],
  ])('refuses %s', (_, broken) => {
    expect(grammarSchema.safeParse(broken).success).toBe(false);
  });
});
