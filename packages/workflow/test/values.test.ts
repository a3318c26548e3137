import { reset } from '@backlot/world';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../src/index.ts';
import { drawValue, learnValues, type ValueSample } from '../src/values.ts';
import { listWorld } from '../../world/fixtures/list-world.ts';

const state = reset(listWorld, 'two');
const samples = (values: readonly string[], more: Partial<ValueSample> = {}): readonly ValueSample[] =>
  values.map((value) => ({ value, account: 'two', state, secret: false, ...more }));
const context = { state, account: 'two', avoid: [] };

describe('learnValues', () => {
  it.each([
    ['number', ['12', '7']],
    ['date', ['2026-01-02', '2026-03-04']],
    ['email', ['a@x.org', 'b@y.org']],
    ['url', ['https://a.org/x', 'http://b.org']],
    ['word', ['red', 'green']],
    ['words', ['red', 'dark green']],
  ])('knows a %s by its form', (of, values) => {
    expect(learnValues(samples(values))).toMatchObject({ kind: 'new', of });
  });

  it('takes few values that come again for a choice', () => {
    expect(learnValues(samples(['a', 'b', 'a', 'b', 'a']))).toMatchObject({ kind: 'choice' });
  });

  it('never recombines secrets, and gives each account its own', () => {
    const model = learnValues([...samples(['x1'], { secret: true }), ...samples(['x2'], { secret: true, account: 'other' })]);
    expect(model).toMatchObject({ kind: 'choice' });
    expect(drawValue(model, context, createRng(1))).toBe('x1');
  });

  it('sees where a text was copied from', () => {
    expect(learnValues(samples(['Buy milk', 'Call Ada', 'Buy milk', 'Something else']))).toEqual({
      kind: 'copied',
      table: 'item',
      column: 'title',
    });
  });
});

describe('drawValue', () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,5}( [a-z]{1,5}){1,3}$/), { minLength: 2, maxLength: 6 });

  it('draws texts of words that were seen, but none that was seen whole', () => {
    fc.assert(
      fc.property(words, fc.integer(), (logged, seed) => {
        const model = learnValues(samples(logged));
        fc.pre(model.kind === 'new');
        const drawn = drawValue(model, context, createRng(seed));
        const known = new Set(logged.flatMap((text) => text.split(' ')));
        expect(drawn === null || (!logged.includes(drawn) && drawn.split(' ').every((word) => known.has(word)))).toBe(true);
      }),
    );
  });

  it('copies a cell that the state holds', () => {
    const drawn = drawValue({ kind: 'copied', table: 'item', column: 'title' }, { ...context, avoid: ['Buy milk'] }, createRng(3));
    expect(drawn).toBe('Call Ada');
  });

  it('gives nothing where all is to be avoided', () => {
    expect(drawValue({ kind: 'option', options: [{ value: 'a', count: 1 }] }, { ...context, avoid: ['a'] }, createRng(3))).toBeNull();
  });
});
