import type { Expr, Value } from '@backlot/protocol';
import { toText } from '@backlot/world';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derive } from '../../src/derive/derive.ts';
import { inputsOf, run } from './cases.ts';

const inputs = inputsOf(5);
const [name, amount, other, list, done] = inputs as [Expr, Expr, Expr, Expr, Expr];
const fn = (of: string, ...args: readonly Expr[]): Expr => ({ fn: of, args });
const lit = (value: Value): Expr => ({ lit: value });

const word = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnop'), minLength: 3, maxLength: 9 });
const words = fc.array(word, { minLength: 2, maxLength: 4 }).map((all) => all.join(' '));
const rows: fc.Arbitrary<readonly Value[]> = fc.tuple(
  words.map((text) => text.toUpperCase().slice(0, 1) + text.slice(1)),
  fc.integer({ min: 1, max: 400 }),
  words,
  fc.array(word, { minLength: 1, maxLength: 4 }),
  fc.boolean(),
);

const text = fc.constantFrom(name, other);
const constant = fc.constantFrom('Re: ', ' by ', ' (', ')', ' of ', ', ').map(lit);
const part = fc.oneof(
  text,
  text.map((of) => fn('upper', of)),
  text.map((of) => fn('title', of)),
  text.map((of) => fn('slug', of, lit('-'))),
  text.map((of) => fn('before', of, lit(' '))),
  text.map((of) => fn('initials', of)),
  fc.constant(fn('join', list, lit(', '))),
  fc.constant(amount),
);
const texts = fc.oneof(
  part,
  fc.tuple(part, constant, part).map((args) => fn('concat', ...args)),
  fc.tuple(constant, part, constant).map((args) => fn('concat', ...args)),
  fc.tuple(text, fc.integer({ min: 4, max: 9 })).map(([of, n]) => fn('concat', fn('slice', of, lit(0), lit(n)), lit('..'))),
  fc.constant(fn('concat', amount, lit(' '), fn('plural', amount, lit('item'), lit('items')))),
);
const numbers = fc.oneof(
  fc.tuple(fc.constantFrom('add', 'sub', 'mul'), fc.integer({ min: 2, max: 30 })).map(([of, k]) => fn(of, amount, lit(k))),
  fc.constantFrom(fn('len', list), fn('mul', amount, fn('len', list)), fn('round', fn('mul', amount, lit(0.08)), lit(2))),
);
const lists = fc.constantFrom(list, fn('sorted', list), fn('items', name, lit(' ')), fn('sorted', fn('items', other, lit(' '))));
const conditions = fc.constantFrom(done, fn('not', done));
const truths = fc.oneof(texts, numbers, lists, conditions);

const shown = (value: Value, like: Value): Value => (typeof like === 'string' ? toText(value) : value);
const examplesFor = (truth: Expr, drawn: readonly (readonly Value[])[]) =>
  drawn.map((values) => ({ inputs: values, output: run(truth, values) }));

describe('derive', () => {
  it('gives every example of a true expression its value', () => {
    fc.assert(
      fc.property(truths, fc.array(rows, { minLength: 3, maxLength: 12 }), (truth, drawn) => {
        const examples = examplesFor(truth, drawn);
        const learned = derive(inputs, examples);
        expect(learned?.misses).toEqual([]);
        for (const { inputs: values, output } of examples) expect(shown(run(learned?.expr ?? lit(null), values), output)).toEqual(output);
      }),
      { numRuns: 300 },
    );
  });

  it('agrees with the true expression on inputs that it has not seen, nearly always', () => {
    const missed: string[] = [];
    let asked = 0;
    fc.assert(
      fc.property(
        truths,
        fc.array(rows, { minLength: 8, maxLength: 12 }),
        fc.array(rows, { minLength: 5, maxLength: 5 }),
        (truth, seen, unseen) => {
          const learned = derive(inputs, examplesFor(truth, seen));
          for (const { inputs: values, output } of examplesFor(truth, unseen)) {
            asked++;
            const got = learned ? shown(run(learned.expr, values), output) : null;
            if (JSON.stringify(got) !== JSON.stringify(output)) missed.push(JSON.stringify({ truth, learned: learned?.expr }));
          }
        },
      ),
      { numRuns: 300 },
    );
    expect(missed.length / asked, [...new Set(missed)].slice(0, 5).join('\n')).toBeLessThan(0.02);
  });

  it('never claims more than the examples show', () => {
    const anything: fc.Arbitrary<Value> = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.array(word),
    );
    const example = fc.record({ inputs: fc.tuple(anything, anything, anything), output: anything });
    fc.assert(
      fc.property(fc.array(example, { maxLength: 8 }), fc.constantFrom(0, 0.3), (examples, slack) => {
        const learned = derive(inputsOf(3), examples, { slack });
        if (!learned) return;
        expect(learned.misses.length).toBeLessThanOrEqual(slack * examples.length);
        for (const [i, { inputs: values, output }] of examples.entries()) {
          if (!learned.misses.includes(i)) expect(shown(run(learned.expr, values), output)).toEqual(output);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives the same answer for the same examples', () => {
    fc.assert(
      fc.property(truths, fc.array(rows, { minLength: 2, maxLength: 6 }), (truth, drawn) => {
        const examples = examplesFor(truth, drawn);
        expect(derive(inputs, examples)).toEqual(derive(inputs, examples));
      }),
      { numRuns: 60 },
    );
  });

  it('looks through hundreds of examples with many inputs in a fraction of a second', () => {
    const many = Array.from({ length: 200 }, (_, i) =>
      Array.from({ length: 30 }, (_cell, j): Value => (j % 3 === 0 ? (i * (j + 3)) % 97 : `w${i % 13} v${(i * j) % 31}`)),
    );
    const examples = many.map((values, i) => ({ inputs: values, output: `zq${(i * 7919) % 1009}x` }));
    derive(inputsOf(30), examples.slice(0, 20));
    const start = performance.now();
    expect(derive(inputsOf(30), examples)).toBeNull();
    // Ten times what it takes on a quiet machine.
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
