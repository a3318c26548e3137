import type { Value } from '@backlot/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { functions } from '../src/index.ts';

const call = (name: string, ...args: Value[]): Value => functions[name]?.(...args) ?? null;

const scalar = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('', ' ', '%', '2024-02-30', '31/12/2020', 'http://', '\ud800', '$1,2.3,4', '-', '9'.repeat(400), 'May 3, 2024'),
  fc.double(),
  fc.constantFrom(1e308, -1e308, 5e-324, 21, -1),
  fc.boolean(),
  fc.constant(null),
);
const anyValue: fc.Arbitrary<Value> = fc.oneof(scalar, fc.array(fc.oneof(scalar, fc.array(scalar, { maxLength: 2 })), { maxLength: 4 }));

function isValue(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isValue);
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

describe('functions', () => {
  it('keep what was come to last: each item once, at the end, as many as there may be', () => {
    const list = call('recent', call('recent', null, 2, '/a', 'A'), 2, '/b', 'B');
    expect(list).toEqual([
      ['/a', 'A'],
      ['/b', 'B'],
    ]);
    expect(call('recent', list, 2, '/a', 'A again')).toEqual([
      ['/b', 'B'],
      ['/a', 'A again'],
    ]);
    expect(call('recent', list, 1, '/c')).toEqual([['/c']]);
    expect(call('recent', list, 0, '/c')).toHaveLength(3);
  });

  it('give a value for any arguments, and the same one twice', () => {
    for (const [name, fn] of Object.entries(functions)) {
      fc.assert(
        fc.property(fc.array(anyValue, { maxLength: 4 }), (args) => {
          const got = fn(...args);
          expect(isValue(got), name).toBe(true);
          expect(fn(...args)).toEqual(got);
        }),
        { numRuns: 60 },
      );
    }
  });

  it('change the case of letters and leave the rest', () => {
    expect(call('capitalise', 'ab Cd')).toBe('Ab Cd');
    expect(call('title', 'ab-c  dE')).toBe('Ab-c  DE');
    expect(call('capitalise', null)).toBe('');
  });

  it('cut texts only where they are longer', () => {
    expect(call('excerpt', 'abcdef', 3, '…')).toBe('abc…');
    expect(call('excerpt', 'abc', 3, '…')).toBe('abc');
    expect(call('excerpt', 'abcd', 3, '…', 4)).toBe('abcd');
    expect(call('excerptWords', 'one two three', 8, '...')).toBe('one two...');
    expect(call('excerptWords', 'one two three', 7, '...')).toBe('one two...');
    expect(call('excerptWords', 'onetwothree', 5, '...')).toBe('...');
    expect(call('firstWords', 'a b c', 2, '…')).toBe('a b…');
    expect(call('firstLine', 'a\r\nb')).toBe('a');
  });

  it('read a missing delimiter as standing at the end', () => {
    expect(call('before', 'a-b-c', '-')).toBe('a');
    expect(call('beforeLast', 'a-b-c', '-')).toBe('a-b');
    expect(call('after', 'a-b-c', '-')).toBe('b-c');
    expect(call('afterLast', 'a-b-c', '-')).toBe('c');
    expect(call('before', 'abc', '-')).toBe('abc');
    expect(call('after', 'abc', '-')).toBe('');
    expect(call('before', 'abc', '')).toBe('abc');
    expect(call('between', 'a(b)c', '(', ')')).toBe('b');
    expect(call('between', 'a(b', '(', ')')).toBe('');
  });

  it('shape texts', () => {
    expect(call('initials', 'ann von Lee')).toBe('AVL');
    expect(call('mask', 'abc', '*')).toBe('***');
    expect(call('pad', '7', 3, '0')).toBe('007');
    expect(call('slug', ' Hello, World! ', '-')).toBe('hello-world');
    expect([call('slug', "The child's (2nd) - cup", '-'), call('slugBare', "The child's (2nd) - cup", '-')]).toEqual([
      'the-child-s-2nd-cup',
      'the-childs-2nd-cup',
    ]);
  });

  it('take addresses apart', () => {
    const url = 'https://user@www.a.org:80/x/y?q=a+b&p=%26#top';
    expect(['host', 'site', 'pathOf', 'queryOf'].map((name) => call(name, url))).toEqual(['www.a.org:80', 'a.org', '/x/y', 'q=a+b&p=%26']);
    expect([call('queryValue', url, 'q'), call('queryValue', url, 'p'), call('queryValue', url, 'none')]).toEqual(['a b', '&', '']);
    expect(call('queryValue', '/x?flag&q=', 'flag')).toBe('');
    expect([call('withScheme', 'a.org', 'http://'), call('withScheme', 'x://a', 'http://'), call('withScheme', '', 'http://')]).toEqual([
      'http://a.org',
      'x://a',
      '',
    ]);
    expect([call('encodeQuery', 'a b&'), call('decodeQuery', 'a+b%26'), call('decode', '%')]).toEqual(['a+b%26', 'a b&', '%']);
    expect(call('encode', '\ud800')).toBe('%EF%BF%BD');
    expect(call('withQuery', '/x?a=1&q=2#h', 'q', 'a b')).toBe('/x?a=1&q=a+b');
    expect([call('withQuery', '/x', 'q', '1'), call('withQuery', '/x?q=1', 'q', '')]).toEqual(['/x?q=1', '/x']);
    expect([call('sortQuery', '/x?q=1&a=2&b=#h'), call('sortQuery', '/x?')]).toEqual(['/x?a=2&b=&q=1', '/x']);
  });

  it('make and arrange lists', () => {
    expect(call('items', 'a, b c,,', ', ')).toEqual(['a', 'b', 'c']);
    expect(call('items', [' a ', '', 1], ',')).toEqual(['a', '1']);
    expect([
      call(
        'lookup',
        [
          ['a', 1],
          ['b', 2],
        ],
        'b',
      ),
      call('lookup', [['a', 1]], 'c'),
      call('lookup', null, 'a'),
    ]).toEqual([2, null, null]);
    expect(call('unique', ['a', 1, '1', 'a'])).toEqual(['a', 1, '1']);
    expect(call('sorted', [10, 9, 1])).toEqual([1, 9, 10]);
    expect(call('sorted', ['b', 'B', 'a'])).toEqual(['B', 'a', 'b']);
    expect(call('reversed', [1, 2])).toEqual([2, 1]);
    expect(call('lowerItems', ['A', 2])).toEqual(['a', '2']);
    expect(call('joinEach', ['a', 'b'], '; ')).toBe('a; b; ');
    expect([call('toggled', '', 'a', ','), call('toggled', 'b,c', 'a', ','), call('toggled', 'b,a,c', 'a', ',')]).toEqual([
      'a',
      'b,c,a',
      'b,c',
    ]);
    expect([call('toggled', 'a', 'a', ','), call('toggled', ',ab,', 'a', ','), call('toggled', null, 1, ',')]).toEqual(['', 'ab,a', '1']);
    expect([call('countOf', ['a', 'b', 'a'], 'a'), call('countOf', [true, false, false], true), call('countOf', [1, '1'], '1')]).toEqual([
      2, 1, 2,
    ]);
    expect([call('sumOf', [1, '2', null]), call('sumOf', null)]).toEqual([3, 0]);
    expect([call('allButLast', ['a', 'b']), call('allButLast', null)]).toEqual([['a'], []]);
  });

  it('calculate, and never divide by zero', () => {
    expect([call('div', 1, 4), call('div', 1, 0), call('mod', 7, 3), call('mod', 7, 0)]).toEqual([0.25, 0, 1, 0]);
    expect([call('min', 1, '2'), call('max', 1, '2'), call('floor', -1.5), call('ceil', 1.2)]).toEqual([1, 2, -2, 2]);
    expect([call('round', 1.005, 2), call('round', -2.5, 0), call('round', 2.5)]).toEqual([1.01, -3, 3]);
  });

  it('read and write amounts', () => {
    const texts = ['$1,234.50', '1.234,50 €', '-$3', 'about 7 days', 'none', '1 234,5', '1.5', '1,234', '12,5'];
    expect(texts.map((text) => call('amount', text))).toEqual([1234.5, 1234.5, -3, 7, 0, 1234.5, 1.5, 1234, 12.5]);
    expect([call('fixed', 1234.5, 2, ','), call('fixed', 1234.5, 2, '.'), call('fixed', -1234567, 0, ' ')]).toEqual([
      '1,234.50',
      '1.234,50',
      '-1 234 567',
    ]);
  });

  it('write dates in any form', () => {
    const texts = ['2024-05-03', 'May 3, 2024', 'Fri, 3 May 2024', '3.5.2024', '05/03/2024', '2024-05-03T10:20:30.000Z'];
    expect(texts.map((text) => call('date', text, 'EEE d.M.yy'))).toEqual(texts.map(() => 'Fri 3.5.24'));
    expect(call('date', '03/05/2024', 'yyyy-MM-dd', 'dmy')).toBe('2024-05-03');
    expect(call('date', '2024-02-29 13:05', 'EEEE, MMMM d, h:mm a')).toBe('Thursday, February 29, 1:05 PM');
    expect(['2023-02-29', '2024-13-01', 'soon', ''].map((text) => call('date', text, 'd'))).toEqual(['', '', '', '']);
  });
});

describe('functions that lists are filtered and ordered by', () => {
  const ordered = (...texts: string[]): string[] => {
    const key = (text: string): Value => call('sortKey', text);
    return [...texts].sort((a, b) => (call('lt', key(a), key(b)) ? -1 : call('gt', key(a), key(b)) ? 1 : 0));
  };

  it('order numbers, money, dates, ages and texts with numbers as people do', () => {
    expect(ordered('10', '9', '-1', '2.5')).toEqual(['-1', '2.5', '9', '10']);
    expect(ordered('$1,200.00', '$99.50', '1.300,00 EUR')).toEqual(['$99.50', '$1,200.00', '1.300,00 EUR']);
    expect(ordered('1,204 views', '3 views', '87 views')).toEqual(['3 views', '87 views', '1,204 views']);
    expect(ordered('May 3, 2024', '2023-12-31', '4 May 2024')).toEqual(['2023-12-31', 'May 3, 2024', '4 May 2024']);
    expect(ordered('1 hour ago', '3 days ago', '20 minutes ago', 'a year ago')).toEqual([
      'a year ago',
      '3 days ago',
      '1 hour ago',
      '20 minutes ago',
    ]);
    expect(ordered('Item 10', 'item 9', 'Apple', 'banana')).toEqual(['Apple', 'banana', 'item 9', 'Item 10']);
    expect([call('sortKey', 3), call('sortKey', null), call('sortKey', true)]).toEqual([3, '', 1]);
  });

  it('look for words in any letter case, and for their absence after a minus', () => {
    expect([
      call('containsWords', 'Red oak', 'OAK red'),
      call('containsWords', 'Red oak', 'oak ash'),
      call('containsWords', '', ''),
    ]).toEqual([true, false, true]);
    expect(['red -ash', 'red -oak', '-', '-ash'].map((words) => call('matchesWords', 'Red oak', words))).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });

  it('look for items of a list, of which the first part counts', () => {
    const list: Value = [['Oak', '/t/oak'], 'Red Ash'];
    expect(['oak', 'RED ash', 'red', '/t/oak', ''].map((item) => call('hasItem', list, item))).toEqual([true, true, false, false, false]);
    expect(['oak', 'oak,-red', 'oak+ash', '-oak'].map((words) => call('hasItems', list, words))).toEqual([true, true, false, false]);
    expect(['o', 'red a', 'ash'].map((start) => call('hasItemPrefix', list, start))).toEqual([true, true, false]);
    expect([call('hasItem', null, ''), call('hasItems', 'oak', 'oak'), call('hasItemPrefix', [], 'o')]).toEqual([false, true, false]);
  });
});
