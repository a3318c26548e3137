import type { Row } from '@backlot/protocol';
import { evaluate } from '@backlot/world';
import { describe, expect, it } from 'vitest';
import { thresholdTests } from '../../src/rules/threshold-tests.ts';
import { cart, cartBehind, pieces } from '../fixtures/cart.ts';
import { scopeOf } from '../fixtures/scopes.ts';

const { table } = cartBehind([cart('Axe 1', 'Cart: 1')], pieces);
const line = (cost: number): Row => ({ id: `t0k${cost}`, c0: `Ware ${cost}`, c1: '1', c2: `$${cost}.00` });
const carts = (...costs: readonly (readonly number[])[]) => costs.map((each) => scopeOf({ tables: { t0: each.map(line) } }));

/** Bounds on what the cart costs. */
const bounds = (...costs: readonly (readonly number[])[]): readonly number[] =>
  thresholdTests(carts(...costs), [table]).flatMap((test) => {
    const [, bound] = 'fn' in test ? test.args : [];
    return JSON.stringify(test).includes('"col":"c2"') && bound && 'lit' in bound ? [Number(bound.lit)] : [];
  });

describe('thresholdTests', () => {
  it('ask whether a sum reaches the roundest number between two that were seen', () => {
    expect(bounds([20, 25], [90], [60, 70])).toEqual([50, 100]);
    expect(bounds([903], [990], [1200])).toEqual([950, 1000]);
    expect(bounds([41], [43])).toEqual([43]);
  });

  it('hold from the bound on', () => {
    const [test] = thresholdTests(carts([45], [90]), [table]).filter((one) => JSON.stringify(one).includes('"col":"c2"'));
    const reaches = (...costs: readonly number[]): unknown => test && evaluate(test, scopeOf({ tables: { t0: costs.map(line) } }));
    expect([reaches(49), reaches(20, 30), reaches(51)]).toEqual([false, true, true]);
  });

  it('ask nothing where one sum was seen, or none but nothing', () => {
    expect(bounds([45], [45], [])).toEqual([]);
  });

  it('ask nothing where sums were seen of all kinds', () => {
    const costs = Array.from({ length: 25 }, (_, i) => [10 * i + 10]);
    expect([bounds(...costs.slice(1)).length > 0, bounds(...costs).length]).toEqual([true, 0]);
  });

  it('are about lists that scripts keep', () => {
    expect(thresholdTests(carts([45], [90]), [{ ...table, whole: false }])).toEqual([]);
  });
});
