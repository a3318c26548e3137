import type { Effect, Expr, Then } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { explainPage } from '../../src/clone/explain-page.ts';
import { wordExpr } from '../../src/clone/word-expr.ts';
import { wordEffect, wordThen, wordTrigger } from '../../src/clone/word-rule.ts';
import { namesWorld } from './fixtures.ts';

const nameAnchor = (anchor: string) => `the field “${anchor}”`;
const fn = (name: string, ...args: Expr[]): Expr => ({ fn: name, args });

describe('wordExpr', () => {
  it.each<[Expr, string]>([
    [{ lit: null }, 'nothing'],
    [{ lit: '' }, 'empty text'],
    [{ lit: ['a', 1, true] }, '[“a”, 1, yes]'],
    [fn('eq', { col: 'done' }, { lit: false }), 'its done is no'],
    [fn('and', fn('eq', { loc: 'hash' }, { lit: '/x' }), fn('not', { reg: 'busy' })), '(the fragment is “/x”) and not the register busy'],
    [fn('trim', { arg: 'value' }), 'what is in the field without outer blanks'],
    [fn('slice', { field: 'n' }, { lit: 2 }), 'part 2 to the end of what is in the field “n”'],
    [fn('odd', { param: 'id' }), 'odd(id of the address)'],
    [
      {
        count: { from: 'item', as: 'q', where: fn('not', { col: 'done' }), order: [{ by: { col: 'at' }, desc: true }], limit: { lit: 3 } },
      },
      'the number of rows of item where not its done, ordered by its at (falling), at most 3',
    ],
    [{ sum: { from: 'item', as: 'q' }, get: { col: 'price' } }, 'the sum of its price over rows of item'],
    [{ first: { from: 'item', as: 'q' }, get: { col: 'name', of: 'q' } }, 'the name of row q of the first of rows of item'],
  ])('says %j as "%s"', (expr, words) => {
    expect(wordExpr(expr, nameAnchor)).toBe(words);
  });
});

describe('wordEffect and wordThen', () => {
  it.each<[Effect, string]>([
    [{ insert: 'item', at: 'end', row: { title: { arg: 'value' } } }, 'Add a row to item at the end: title = what is in the field.'],
    [
      { update: 'item', where: { col: 'done', of: 'it' }, set: { done: { lit: false } } },
      'In rows of item where the row’s done, set done = no.',
    ],
    [{ delete: 'item', where: { lit: true } }, 'Delete rows of item where yes.'],
    [{ forEach: { from: 'a', as: 'r' }, do: [{ set: 'n', to: { lit: 1 } }] }, 'For each of the rows of a: Set the register n to 1.'],
    [{ draft: 'n', to: null }, 'Put the field “n” back to what the page says.'],
    [{ focus: 'n' }, 'Give the field “n” the focus.'],
    [{ emit: { method: 'POST', url: { lit: '/x' }, form: {} } }, 'Send POST “/x” with no fields.'],
    [{ after: 300, timer: 'save' }, 'After 300 ms, the timer save runs out.'],
  ])('says %j', (effect, words) => {
    expect(wordEffect(effect, nameAnchor)).toBe(words);
  });

  it('says a dialog with what follows', () => {
    const lead: Then = { dialog: { type: 'confirm', message: { lit: 'Sure?' }, accept: [], then: { go: { lit: '/' }, soft: true } } };
    expect(wordThen(lead, nameAnchor)).toBe(
      'A dialog (confirm) says “Sure?”. If accepted: Nothing changes. It leads to “/”, without loading a document.',
    );
  });

  it('says what sets a rule off', () => {
    expect(wordTrigger({ request: { method: 'GET', route: '/a', query: { q: null, n: '1' } } }, nameAnchor)).toBe(
      'When GET /a?q&n=1 is asked for',
    );
    expect(wordTrigger({ ui: { page: 'p', anchor: 'n', event: 'key', key: 'Enter' } }, nameAnchor)).toBe(
      'When the field “n” hears the key Enter',
    );
  });
});

describe('explainPage', () => {
  const page = explainPage(namesWorld('/assets/dot.svg'));

  it('says pages, rules, evidence, certainty, data and what stays unexplained', () => {
    for (const text of [
      'When the field “Name” hears the key Enter, if not (what is in the field is blank):',
      'Add a row to person at the end: name = what is in the field without outer blanks.',
      'held in 75 % of its occasions',
      'Blank names are added too.',
      's1, step 1',
      'Repeats over rows of person.',
      's2, step 7: No rule explains it.',
      'ada: “good”',
    ]) {
      expect(page).toContain(text);
    }
  });

  it('lets nothing learned become markup, and loads nothing', () => {
    expect(page).toContain('“&lt;b&gt;Ada&lt;/b&gt;”');
    expect(page).not.toMatch(/<script|<b>Ada|<link|src=|@import|url\(/);
  });
});
