import type { Expr } from '@backlot/protocol';
import { evaluate, toText } from '@backlot/world';
import { describe, expect, it } from 'vitest';
import type { Vocabulary } from '../../src/explain/learn-expr.ts';
import { learnPieces } from '../../src/explain/pieces.ts';
import { example, scopeOf } from '../fixtures/scopes.ts';

const terms: readonly Expr[] = [{ reg: 'n' }, { reg: 'm' }, { reg: 'q' }];
const vocabulary: Vocabulary = {
  terms,
  tests: [
    { fn: 'eq', args: [{ reg: 'n' }, { lit: 0 }] },
    { fn: 'eq', args: [{ reg: 'n' }, { lit: 1 }] },
  ],
  depth: 1,
  slack: 0,
};
const found = (n: number): string => (n === 0 ? 'Nothing found' : n === 1 ? '1 result' : `${n} results`);
const says = (expr: Expr | undefined, registers: Readonly<Record<string, number>>): string | undefined =>
  expr && toText(evaluate(expr, scopeOf({ registers })));

describe('learnPieces', () => {
  it('explains each number and the words between them by themselves', () => {
    const of = [
      [3, 7],
      [2, 5],
      [12, 40],
    ].map(([n, m]) => example(`Page ${n} of ${m}`, { n: n as number, m: m as number }));
    const learned = learnPieces(of, vocabulary);
    expect(says(learned?.expr, { n: 8, m: 9 })).toBe('Page 8 of 9');
  });

  it('decides between the words that go with a number', () => {
    const learned = learnPieces(
      [1, 2, 5, 1, 7].map((n) => example(found(n), { n })),
      vocabulary,
    );
    expect([1, 4].map((n) => says(learned?.expr, { n }))).toEqual(['1 result', '4 results']);
  });

  it('decides between forms that have other pieces', () => {
    const learned = learnPieces(
      [0, 2, 5, 0, 1, 7].map((n) => example(found(n), { n })),
      vocabulary,
    );
    expect([0, 1, 9].map((n) => says(learned?.expr, { n }))).toEqual(['Nothing found', '1 result', '9 results']);
  });

  it('takes a text that is sometimes blank as a form of it', () => {
    const learned = learnPieces(
      [0, 2, 5, 0].map((n) => example(n === 0 ? '' : `${n} new`, { n })),
      vocabulary,
    );
    expect([0, 3].map((n) => says(learned?.expr, { n }))).toEqual(['', '3 new']);
  });

  it('leaves a text unexplained of which one piece is', () => {
    const of = [
      [3, 81],
      [2, 14],
      [6, 55],
    ].map(([n, secret]) => example(`${n} of ${secret}`, { n: n as number }));
    expect(learnPieces(of, vocabulary)).toBeNull();
  });

  it('leaves alone what comes in many forms, and what is no text', () => {
    const forms = [1, 2, 3, 4, 5].map((n) => example(Array.from({ length: n }, (_, i) => `a${i}`).join(' '), { n }));
    const tests = [1, 2, 3, 4, 5].map((n): Expr => ({ fn: 'eq', args: [{ reg: 'n' }, { lit: n }] }));
    expect(learnPieces(forms.slice(0, 4), { ...vocabulary, tests })).not.toBeNull();
    expect(learnPieces(forms, { ...vocabulary, tests })).toBeNull();
    expect(learnPieces([example(3, { n: 3 })], vocabulary)).toBeNull();
  });
});
