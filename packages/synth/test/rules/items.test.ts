import type { Value } from '@backlot/protocol';
import { evaluate } from '@backlot/world';
import { describe, expect, it } from 'vitest';
import { learnItems } from '../../src/rules/items.ts';
import { learnValue } from '../../src/rules/value.ts';
import { example, scopeOf } from '../fixtures/scopes.ts';

const terms = ['code', 'shade', 'size'].map((reg) => ({ reg }));
const learn = (given: Parameters<typeof learnItems>[0]) => learnItems(given, (part) => learnValue(part, { terms, tests: [], sources: [] }));

/** What a ware says of itself, and the list made of it. */
const ware = (code: string, shade: string, size: string, list: readonly string[] = [code, shade, size].filter((item) => item !== '')) =>
  example(list as Value, { code, shade, size });

const wares = [
  ware('Code A-1', 'Shade: Grey', 'Size: 4'),
  ware('Code B-2', '', 'Size: 5'),
  ware('Code C-3', 'Shade: Red', ''),
  ware('Code D-4', 'Shade: Blue', 'Size: 6'),
];

describe('learnItems', () => {
  it('learns each kind of item by itself, blank where it is absent', () => {
    const learned = learn(wares);
    const list = (code: string, shade: string, size: string): unknown =>
      learned && evaluate(learned.expr, scopeOf({ registers: { code, shade, size } }));
    expect(learned?.misses).toEqual([]);
    expect(list('Code Z-9', 'Shade: Pink', 'Size: 1')).toEqual(['Code Z-9', 'Shade: Pink', 'Size: 1']);
    expect(list('Code Z-9', '', 'Size: 1')).toEqual(['Code Z-9', 'Size: 1']);
    expect(list('Code Z-9', '', '')).toEqual(['Code Z-9']);
  });

  it('puts kinds in the order in which all lists have them, though no list has them all', () => {
    const learned = learn([ware('Code A-1', 'Shade: Grey', ''), ware('', 'Shade: Red', 'Size: 4'), ware('Code B-2', '', 'Size: 5')]);
    const said = { code: 'Code Z-9', shade: 'Shade: Pink', size: 'Size: 1' };
    expect(learned && evaluate(learned.expr, scopeOf({ registers: said }))).toEqual(Object.values(said));
  });

  it('is of no lists that have a kind twice or differ in its place', () => {
    expect(learn([...wares, ware('Code A-1', 'Code A-2', '')])).toBeNull();
    expect(learn([...wares, ware('Code A-1', 'Shade: Grey', '', ['Shade: Grey', 'Code A-1'])])).toBeNull();
  });

  it('is of no lists of more kinds than a record has parts', () => {
    const many = (count: number) =>
      example(
        Array.from({ length: count }, (_, i) => `kind${i} same`),
        {},
      );
    expect([8, 9].map((count) => learn([many(count)]) === null)).toEqual([false, true]);
  });

  it('names the occasions on which any kind is missed', () => {
    const [odd, other] = ['Shade: other than said', 'Size: other than said'];
    const told = [...wares, ware('Code E-5', 'Shade: Grey', '', ['Code E-5', odd]), ware('Code F-6', '', 'Size: 4', ['Code F-6', other])];
    expect(learn(told)?.misses).toEqual([4, 5]);
  });

  it('is nothing where a kind cannot be learned, or where there are no items', () => {
    expect(
      learnItems(wares, (part) => (part.some(({ value }) => value === 'Size: 4') ? null : { expr: { lit: '' }, misses: [] })),
    ).toBeNull();
    expect(learn([ware('', '', '')])).toBeNull();
  });
});
