import type { Expr } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { learnRoughCondition, learnValue } from '../../src/rules/value.ts';
import { example } from '../fixtures/scopes.ts';

const reg = (name: string): Expr => ({ reg: name });
const is = (name: string, text: string): Expr => ({ fn: 'eq', args: [reg(name), { lit: text }] });
const known = { terms: [], tests: [], sources: [] };

describe('learnValue', () => {
  it('lets what was chosen decide before a number that happens to part the occasions', () => {
    const given = ['slow', 'fast', 'slow', 'fast'].map((way, i) => example(way === 'fast' ? '$9' : '$2', { way, count: i % 2 }));
    const byNumber: Expr = { fn: 'eq', args: [reg('count'), { lit: 1 }] };
    const learned = learnValue(given, { ...known, tests: [byNumber, is('way', 'fast')] });
    expect(learned?.expr).toEqual({ fn: 'if', args: [is('way', 'fast'), { lit: '$9' }, { lit: '$2' }] });
  });

  it('takes a value that is given as it is for no choice', () => {
    const given = ['slow', 'fast', 'slow', 'fast'].map((way) => example(way, { way }));
    expect(learnValue(given, { ...known, terms: [reg('way')], tests: [is('way', 'fast')] })?.expr).toEqual(reg('way'));
  });

  it('is what mostly happens where nothing better is found, and says where not', () => {
    const given = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((i) => example(i % 4 === 0 ? `odd ${i}` : 'even', { i }));
    expect(learnValue(given, known)).toMatchObject({ expr: { lit: 'even' }, misses: [3, 7] });
  });

  it('is nothing where too much goes wrong', () => {
    const given = [1, 2, 3, 4, 5, 6].map((i) => example(i % 2 === 0 ? `odd ${i}` : 'even', { i }));
    expect(learnValue(given, known)).toBeNull();
  });

  it('hangs on a condition that halves what goes wrong', () => {
    const values = [...Array.from({ length: 14 }, () => 'a'), 'c', 'b', 'b', 'b', 'b', 'b'];
    const given = values.map((value, i) => example(value, { late: i > 14 }));
    const learned = learnValue(given, { ...known, tests: [reg('late')] });
    expect(learned).toMatchObject({ expr: { fn: 'if', args: [reg('late'), { lit: 'b' }, { lit: 'a' }] }, misses: [14] });
  });
});

describe('learnRoughCondition', () => {
  /** Sixteen occasions, of which the last four ended otherwise, some of them late. */
  const cases = (...late: readonly number[]) => Array.from({ length: 16 }, (_, i) => example(i < 12, { late: late.includes(i) }));

  it('is a condition that halves what its absence gets wrong', () => {
    expect(learnRoughCondition(cases(13, 14, 15), [reg('late')])).toEqual({ fn: 'not', args: [reg('late')] });
  });

  it('is nothing where none does', () => {
    expect(learnRoughCondition(cases(15), [reg('late')])).toBeNull();
    expect(learnRoughCondition(cases(0, 2, 13, 15), [reg('late')])).toBeNull();
    expect(learnRoughCondition(cases(13, 14, 15), [])).toBeNull();
  });
});
