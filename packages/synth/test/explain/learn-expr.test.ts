import type { Expr, Value } from '@backlot/protocol';
import { evaluate, toText } from '@backlot/world';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Vocabulary } from '../../src/explain/learn-expr.ts';
import { learnExpr } from '../../src/explain/learn-expr.ts';
import { example } from '../fixtures/scopes.ts';

const [x, y, on, late]: readonly Expr[] = [{ reg: 'x' }, { reg: 'y' }, { reg: 'on' }, { reg: 'late' }];
const vocabulary: Vocabulary = { terms: [x as Expr, y as Expr], tests: [on as Expr, late as Expr], depth: 2, slack: 0 };

describe('learnExpr', () => {
  it('takes a constant where the value never changes', () => {
    expect(learnExpr([example('a', { x: 1 }), example('a', { x: 2 })], vocabulary)).toEqual({ expr: { lit: 'a' }, size: 0, misses: [] });
  });

  it('takes the first term that always shows the value', () => {
    const examples = [example('1', { x: 1, y: 1 }), example('2', { x: 2, y: 2 })];
    expect(learnExpr(examples, vocabulary)?.expr).toEqual(x);
  });

  it('reads a text as a term though white space stands around it', () => {
    expect(learnExpr([example(' ann ', { x: 'ann' }), example('bob', { x: ' bob' })], vocabulary)?.expr).toEqual(x);
  });

  it('sets numbers in constant text', () => {
    const examples = [example('Strike 3 of 5', { x: 3, y: 5 }), example('Strike 1 of 4', { x: 1, y: 4 })];
    expect(learnExpr(examples, vocabulary)?.expr).toEqual({ fn: 'concat', args: [{ lit: 'Strike ' }, x, { lit: ' of ' }, y] });
  });

  it('decides by a test where no one term fits', () => {
    const examples = [example('yes', { on: true }), example('no', { on: false }), example('yes', { on: true, late: true })];
    expect(learnExpr(examples, vocabulary)).toEqual({ expr: { fn: 'if', args: [on, { lit: 'yes' }, { lit: 'no' }] }, size: 1, misses: [] });
  });

  it('says a switch as the test itself, its opposite, or both together', () => {
    const of = (value: boolean, a: boolean, b: boolean) => example(value, { on: a, late: b });
    expect(learnExpr([of(true, true, false), of(false, false, false)], vocabulary)?.expr).toEqual(on);
    expect(learnExpr([of(false, true, false), of(true, false, false)], vocabulary)?.expr).toEqual({ fn: 'not', args: [on] });
    const both = [of(true, true, true), of(false, true, false), of(false, false, true), of(false, false, false)];
    expect(learnExpr(both, vocabulary)?.expr).toEqual({ fn: 'and', args: [on, late] });
  });

  it('decides twice where once is not enough, and no more often than allowed', () => {
    const examples = [
      example('a', { on: true, late: true }),
      example('b', { on: true, late: false }),
      example('c', { on: false, late: true }),
    ];
    expect(learnExpr(examples, { ...vocabulary, depth: 1 })).toBeNull();
    expect(learnExpr(examples, vocabulary)?.size).toBe(2);
  });

  it('leaves rare noise unexplained within the slack, and says which', () => {
    const examples = [...Array.from({ length: 49 }, (_, i) => example(i, { x: i })), example(7, { x: 100 })];
    expect(learnExpr(examples, vocabulary)).toBeNull();
    expect(learnExpr(examples, { ...vocabulary, slack: 0.03 })).toEqual({ expr: x, size: 0, misses: [49] });
  });

  it('finds nothing where nothing fits', () => {
    expect(learnExpr([example('a', { x: 1 }), example('b', { x: 1 })], vocabulary)).toBeNull();
  });

  it('gives every example its value, save those that it names', () => {
    const texts = fc.constantFrom('a', 'b', '', '3 left', '4 left');
    const counts = fc.integer({ min: 0, max: 3 });
    const registers = fc.record({ x: fc.oneof(counts, texts), y: fc.oneof(counts, texts), on: fc.boolean(), late: fc.boolean() });
    // A place shows values of one kind only.
    const examplesOf = <T extends Value>(value: fc.Arbitrary<T>) => fc.array(fc.tuple(value, registers), { minLength: 1, maxLength: 12 });
    const examples = fc.oneof<fc.Arbitrary<[Value, Record<string, Value>][]>[]>(
      examplesOf(texts),
      examplesOf(counts),
      examplesOf(fc.boolean()),
    );
    fc.assert(
      fc.property(examples, fc.constantFrom(0, 0.2), (drawn, slack) => {
        const all = drawn.map(([value, of]) => example(value, of));
        const learned = learnExpr(all, { ...vocabulary, slack });
        if (!learned) return;
        for (const [i, { value, scope }] of all.entries()) {
          if (learned.misses.includes(i)) continue;
          const got = evaluate(learned.expr, scope);
          // A text agrees with the number that reads the same: pages show both alike.
          expect(typeof value === 'string' ? toText(got) : got).toEqual(value);
        }
      }),
    );
  });
});
