import type { Effect, Expr, Then } from '@backlot/protocol';
import { functions } from '@backlot/world';
import { describe, expect, it } from 'vitest';
import { explainPage } from '../../src/clone/explain-page.ts';
import { wordExpr } from '../../src/clone/word-expr.ts';
import { wordEffect, wordThen, wordTrigger } from '../../src/clone/word-rule.ts';
import { fn, memoryWorld, namesWorld } from './fixtures.ts';

const wording = { name: (anchor: string) => `the field “${anchor}”` };
const here = fn('concat', { loc: 'path' }, { lit: '?' }, { loc: 'search' });
const at = (key: Expr) => ({ from: 'mp0', as: 'm', where: fn('eq', { col: 'key', of: 'm' }, key) });
const h0: Expr = { col: 'h0', of: 'm' };

describe('wordExpr', () => {
  it.each<[Expr, string]>([
    [{ lit: null }, 'nothing'],
    [{ lit: '' }, 'empty text'],
    [{ lit: ' ' }, 'a blank'],
    [{ lit: ['a', 1, true] }, '[“a”, 1, yes]'],
    [fn('eq', { col: 'done' }, { lit: false }), 'its done is no'],
    [
      fn('and', fn('eq', { loc: 'hash' }, { lit: '/x' }), fn('not', { reg: 'busy' })),
      'the fragment is “/x” and the register busy is not set',
    ],
    [
      fn('not', fn('and', { reg: 'a' }, fn('or', { reg: 'b' }, { reg: 'c' }))),
      'the register a is not set or (the register b is not set and the register c is not set)',
    ],
    [fn('if', { reg: 'a' }, fn('isBlank', { param: 'q' }), { lit: false }), 'the register a is set and q of the address is blank'],
    [fn('and', fn('not', fn('or', fn('isBlank', { param: 'q' }), { lit: false })), { lit: true }), 'q of the address is not blank'],
    [fn('if', { reg: 'a' }, { lit: 'x' }, { lit: '' }), '“x” if the register a is set'],
    [fn('if', { reg: 'a' }, { lit: 'x' }, { lit: 'y' }), '“x” if the register a is set, otherwise “y”'],
    [fn('trim', { arg: 'value' }), 'what is in the field without outer blanks'],
    [fn('slice', { field: 'n' }, { lit: 2 }), 'part 2 to the end of what is in the field “n”'],
    [fn('fixed', { col: 'price' }, { lit: 2 }), 'its price written with 2 decimals'],
    [fn('fixed', { col: 'price' }, { lit: 2 }, { lit: ',' }), 'its price written with 2 decimals and “,” between thousands'],
    [fn('mul', fn('add', { lit: 1 }, { lit: 2 }), { lit: 3 }), '(1 + 2) × 3'],
    [fn('odd', { param: 'id' }), 'odd(id of the address)'],
    [fn('concat', { lit: 'Clear (' }, { count: { from: 'item', as: 'q' } }, { lit: ')' }), '“Clear (‹the number of rows of item›)”'],
    [
      {
        count: {
          from: 'item',
          as: 'q',
          where: fn('not', { col: 'done' }),
          order: [{ by: { col: 'at' }, desc: true }, { by: { col: 'name', of: 'q' } }],
          offset: fn('mul', { param: 'page' }, { lit: 3 }),
          limit: { lit: 3 },
        },
      },
      'the number of rows of item where its done is not set, ordered by its at, last first, then by its name, leaving out the first page of the address × 3, at most 3',
    ],
    [fn('eq', { count: { from: 'item', as: 'q' } }, { lit: 0 }), 'there are no rows of item'],
    [{ sum: { from: 'item', as: 'q' }, get: { col: 'price' } }, 'the sum of the price over the rows of item'],
    [{ first: { from: 'item', as: 'q' }, get: { col: 'name', of: 'q' } }, 'the name of the first of the rows of item'],
    [
      { collect: { from: 'item', as: 'q' }, get: fn('lower', { col: 'name', of: 'q' }) },
      'a list of its name in lower case of the rows of item',
    ],
    [here, 'this address'],
    [
      fn('if', { count: at(here) }, { first: at(here), get: h0 }, { first: at({ lit: '*' }), get: h0 }),
      'what was remembered for this address (h0 of mp0)',
    ],
    [
      {
        count: {
          from: 'item',
          as: 'q',
          where: fn('or', fn('eq', fn('len', { col: 'at0' }), { lit: 0 }), fn('contains', { col: 'at0' }, here)),
        },
      },
      'the number of rows of item where it is new or it was seen at this address',
    ],
  ])('says %j as "%s"', (expr, words) => {
    expect(wordExpr(expr, wording)).toBe(words);
  });

  it.each(Object.keys(functions).sort())('has a phrase for the function %s', (name) => {
    const words = wordExpr(fn(name, { param: 'a' }, { param: 'b' }, { param: 'c' }), wording);
    expect(words).not.toContain(`${name}(`);
    expect(words).not.toMatch(/[$[\]]/);
    expect(words).toContain('of the address');
  });

  it('speaks of its own row and of the row around it', () => {
    const inner: Expr = { count: { from: 'tag', as: 't', where: fn('eq', { col: 'item', of: 't' }, { col: 'id', of: 'r' }) } };
    expect(wordExpr(inner, { ...wording, row: 'r' })).toBe('the number of rows of tag where its item is the row’s id');
  });
});

describe('wordEffect and wordThen', () => {
  it.each<[Effect, string]>([
    [{ insert: 'item', at: 'end', row: { title: { arg: 'value' } } }, 'Add a row to item at the end: title = what is in the field.'],
    [
      { update: 'item', where: { col: 'done', of: 'it' }, set: { done: { lit: false } } },
      'In the rows of item where its done is set, set done = no.',
    ],
    [{ delete: 'item', where: { lit: true } }, 'Delete all rows of item.'],
    [{ delete: 'item', where: fn('eq', { col: 'id', of: 'it' }, { col: 'id', of: 'r' }) }, 'Delete the row of item where it happened.'],
    [{ forEach: { from: 'a', as: 'r' }, do: [{ set: 'n', to: { lit: 1 } }] }, 'For each of the rows of a: Set the register n to 1.'],
    [{ if: { reg: 'a' }, do: [{ set: 'n', to: { lit: 1 } }] }, 'If the register a is set: Set the register n to 1.'],
    [{ draft: 'n', to: null }, 'Put the field “n” back to what the page says.'],
    [{ focus: 'n' }, 'Give the field “n” the focus.'],
    [{ emit: { method: 'POST', url: { lit: '/x' }, form: {} } }, 'Send POST “/x” with no fields.'],
    [{ after: 300, timer: 'save' }, 'After 300 ms, the timer save runs out.'],
  ])('says %j', (effect, words) => {
    expect(wordEffect(effect, wording)).toBe(words);
  });

  it('says a dialog with what follows', () => {
    const lead: Then = { dialog: { type: 'confirm', message: { lit: 'Sure?' }, accept: [], then: { go: { lit: '/' }, soft: true } } };
    expect(wordThen(lead, wording)).toBe(
      'A dialog (confirm) says “Sure?”. If accepted: Nothing changes. It leads to “/”, without loading a document.',
    );
  });

  it('says what sets a rule off', () => {
    expect(wordTrigger({ request: { method: 'GET', route: '/a', query: { q: null, n: '1' } } }, wording)).toBe(
      'When GET /a?q=…&n=1 is asked for',
    );
    expect(wordTrigger({ ui: { page: 'p', anchor: 'n', event: 'key', key: 'Enter' } }, wording)).toBe(
      'When the field “n” hears the key Enter',
    );
  });
});

describe('explainPage', () => {
  const page = explainPage(namesWorld('/assets/dot.svg'));

  it('says pages, rules, evidence, certainty, data and what stays unexplained', () => {
    for (const text of [
      'When the field “Name” hears the key Enter, if what is in the field is not blank:',
      'Add a row to person at the end: name = what is in the field without outer blanks.',
      'held in 75 % of its occasions',
      'Blank names are added too.',
      's1, step 1',
      'Lists the rows of person, for each:',
      'The list item “‹name›” shows its name.',
      'No rule explains it.',
      's2, step 7',
      'ada: “good”',
    ]) {
      expect(page).toContain(text);
    }
  });

  it('lets nothing learned become markup, and loads nothing', () => {
    expect(page).toContain('“&lt;b&gt;Ada&lt;/b&gt;”');
    expect(page).not.toMatch(/<script|<b>Ada|<link|src=|@import|url\(/);
  });

  const long = explainPage(memoryWorld(120));

  it('says further addresses, ordered lists and grammars', () => {
    for (const text of [
      '<code>/items/:id</code>',
      '<code>/old?tab=…</code>',
      'rows of item, ordered by its name, last first, at most 5',
      'Text between “**” and “**” is bold text.',
      'is shown as a heading of level 2 and begins a section.',
    ]) {
      expect(long).toContain(text);
    }
  });

  it('keeps what is only remembered in a section of its own', () => {
    const at = long.indexOf('id="remembered"');
    expect(at).toBeGreaterThan(0);
    expect(long.indexOf('id="table-mp0"')).toBeGreaterThan(at);
    expect(long.slice(at)).toContain('which records each address showed (at0)');
    expect(long.slice(0, at)).toContain('what was remembered for this address (h0 of mp0)');
  });

  it('cuts long tables and counts the rest', () => {
    expect(long).toContain('ada: 120 rows');
    expect(long).toContain('and 70 more rows');
    expect(long).toContain('“item 49”');
    expect(long).not.toContain('“item 50”');
  });
});
