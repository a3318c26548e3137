import type { Expr, Query } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import type { Asked } from './lists.ts';
import { asking, heldOut, vocabulary } from './lists.ts';

const col = (name: string): Expr => ({ col: name, of: 'r' });
const call = (fn: string, ...args: readonly Expr[]): Expr => ({ fn, args });
const q: Expr = { param: 'q' };
const s: Expr = { param: 's' };
const lit = (value: string | boolean): Expr => ({ lit: value });
const blankOr = (param: Expr, test: Expr): Expr => call('or', call('isBlank', param), test);
const where = (expr: Expr): Query => ({ from: 't', as: 'r', where: expr });
const [seenWords, otherWords] = [vocabulary.slice(0, 9), vocabulary.slice(9)];

const byArgument: readonly (readonly [string, Expr, readonly string[], readonly string[]])[] = [
  ['one column contains it', call('containsText', col('title'), q), [...seenWords, 'ED', 'me'], [...otherWords, 'OV']],
  [
    'one of several columns contains it',
    call('or', call('containsText', col('title'), q), call('containsText', col('note'), q)),
    seenWords,
    otherWords,
  ],
  [
    'any text contains it',
    call('or', ...['title', 'note', 'owner', 'state', 'price', 'date', 'tags'].map((name) => call('containsText', col(name), q))),
    [...seenWords, 'ada', 'open', 'jan', '2021', '$12'],
    [...otherWords, 'bob', 'sep'],
  ],
  [
    'every word of it is in a column',
    call('containsWords', col('title'), q),
    ['amber cedar', 'larch', 'ember', 'grove', 'delta 1', '1 mesa', 'pebble birch', 'o a', 'e a'],
    ['a e r', 'jetty knoll', '2 e'],
  ],
  [
    'words after a minus must be missing',
    call('matchesWords', col('title'), q),
    ['-amber', 'larch', '-ember', 'grove -a', 'e -1', '-mesa', 'pe -birch', 'o a', 'e a'],
    ['a -e', '-jetty', '2 e'],
  ],
  ['a column is equal to it', call('eq', call('trim', col('owner')), q), ['ada', 'bob', 'ada'], ['cyd']],
  [
    'a column is equal in any letter case',
    call('eq', call('lower', col('state')), call('lower', q)),
    ['open', 'closed'],
    ['waiting', 'OPEN'],
  ],
  [
    'a column begins with it',
    call('startsWith', call('lower', col('title')), call('lower', q)),
    ['a', 'b', 'ce', 'DE', 'fj'],
    ['g', 'me', 'p'],
  ],
  ['a list has it as an item', call('hasItem', col('tags'), q), seenWords, otherWords],
  [
    'a list has every word of it as an item',
    call('hasItems', col('tags'), q),
    [...seenWords, 'amber,cedar', 'birch ember', '-delta', 'grove -amber', '-ember'],
    [...otherWords, '-mesa'],
  ],
  [
    'a list has an item that begins with it',
    call('hasItemPrefix', col('tags'), q),
    ['a', 'b', 'c', 'de', 'e', 'gro', 'h'],
    ['l', 'me', 'p'],
  ],
  [
    'a price is at least it',
    call('ge', call('sortKey', col('price')), call('sortKey', q)),
    ['100', '900', '1500', '2500', '2000'],
    ['300', '2200'],
  ],
];

describe('a filter by an argument', () => {
  it.each(byArgument)('finds rows of which %s, and all rows while it is blank', (_, test, seen, unseen) => {
    const learned = heldOut(where(blankOr(q, test)), asking('q', seen), asking('q', unseen));
    expect(learned.exact).toBe(1);
    expect(learned.membership).toBe(1);
    expect(learned.agrees).toBe(1);
  });

  it('finds nothing while it is blank where a list asks for an argument', () => {
    const query = where(call('and', call('not', call('isBlank', q)), call('containsText', col('title'), q)));
    expect(heldOut(query, asking('q', seenWords), asking('q', otherWords)).agrees).toBe(1);
  });

  it('reads a value that means a condition of its own', () => {
    const kind = (value: string, test: Expr, rest: Expr): Expr => call('if', call('eq', q, lit(value)), test, rest);
    const query = where(kind('private', col('hidden'), kind('untagged', call('isBlank', col('tags')), lit(true))));
    const seen = ['private', 'untagged', 'private', 'untagged', 'private', 'untagged'];
    expect(heldOut(query, asking('q', seen), asking('q', ['private', 'untagged']))).toMatchObject({ exact: 1, agrees: 1 });
  });

  it('reads a word that switches it off, and a condition that holds while it is absent', () => {
    const open = call('eq', col('state'), lit('Open'));
    const rule = call('if', call('isBlank', q), open, call('if', call('eq', q, lit('all')), lit(true), call('eq', col('state'), q)));
    const seen = ['all', 'Closed', 'all', 'Waiting', 'all', 'Closed', 'Waiting', 'all', 'Open'];
    expect(heldOut(where(rule), asking('q', seen), asking('q', ['all', 'Open', 'Closed']))).toMatchObject({ exact: 1, agrees: 1 });
  });

  it('shows rows with a flag while a box is ticked', () => {
    const query = where(blankOr(q, col('pinned')));
    expect(heldOut(query, asking('q', ['yes', 'yes', 'yes']), asking('q', ['yes'])).agrees).toBe(1);
  });
});

describe('filters together', () => {
  const text = blankOr(q, call('containsText', col('title'), q));
  const state = blankOr(s, call('eq', call('trim', col('state')), s));

  it('learns each though both are often active', () => {
    const seen = [...vocabulary.slice(0, 8), 'e', 'a', 'o'].flatMap((word, i): Asked[] => [
      { params: { q: word } },
      { params: { q: word.slice(0, 2), s: ['Open', 'Closed'][i % 2] as string } },
      { params: { s: ['Open', 'Closed'][i % 2] as string } },
    ]);
    const unseen = vocabulary.slice(8).map((word) => ({ params: { q: word.slice(0, 1), s: 'Waiting' } }));
    const learned = heldOut(where(call('and', text, state)), [...seen, {}, {}], unseen);
    expect(learned).toMatchObject({ exact: 1, agrees: 1 });
  });

  it('hides what is never shown, whatever is asked', () => {
    const query = where(call('and', call('not', col('hidden')), text));
    expect(heldOut(query, asking('q', seenWords), asking('q', otherWords))).toMatchObject({ exact: 1, agrees: 1 });
  });

  it('shows some rows only in a mode of the server', () => {
    const query = where(call('or', { reg: 'on' }, call('not', col('hidden'))));
    const seen = [true, false, true, false, false].map((on) => ({ registers: { on } }));
    expect(heldOut(query, seen, seen)).toMatchObject({ exact: 1, agrees: 1 });
  });

  it('shows hidden rows to their owner', () => {
    const query = where(call('or', call('not', col('hidden')), call('eq', col('owner'), { reg: 'user' })));
    const seen = ['ada', 'bob', '', 'ada', 'ada', 'bob', '', 'ada', 'ada'].map((user) => ({ registers: { user } }));
    const learned = heldOut(query, seen, [{ registers: { user: 'cyd' } }, { registers: { user: '' } }]);
    expect(learned).toMatchObject({ exact: 1, agrees: 1 });
  });
});
