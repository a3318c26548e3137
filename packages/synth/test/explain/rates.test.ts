import { describe, expect, it } from 'vitest';
import type { Rated } from '../../src/explain/rates.ts';
import { ratesOn } from '../../src/explain/rates.ts';
import type { Bill } from '../fixtures/bill.ts';
import { billed, shownBy } from '../fixtures/bill.ts';

const goods = [1000, 2550, 1999, 5015, 3125, 7790];
const rates = { ada: 0.08, jo: 0.0925 };

/** Bills of two accounts with a tax on what is left of the goods once it is chosen how they are sent, and only in Norway. */
const bills = goods.flatMap((sum, i) =>
  (['ada', 'jo'] as const).flatMap((account): Bill[] => {
    const off = i % 2 === 0 ? 0 : 300;
    const tax = Math.round((sum - off) * rates[account]);
    const plain = { account, goods: sum, off, total: 1 + i * i };
    return [
      plain,
      { ...plain, asks: true },
      { ...plain, sending: 450, tax },
      ...(i < 2 ? [{ ...plain, sending: 900, country: 'Canada' }] : []),
    ];
  }),
);
const now = { i: '$100.00', u: '$10.00', asked: true, sent: true, h2: 'Norway' };

function found(of: readonly Bill[]): Rated {
  const { page, exprs, sessions } = billed(of);
  return ratesOn(page, { exprs, sessions, from: 7 });
}

describe('ratesOn', () => {
  it('finds the rate of each account, of what is left after what is off, and when it is charged', () => {
    const { exprs, registers } = found(bills);
    expect(registers.map(({ name, values }) => [name, [...new Set(values.values())].sort()])).toEqual([['g7', [0.08, 0.0925]]]);
    expect(shownBy(exprs, 'em', { ...now, g7: 0.08 })).toBe('$7.20');
    expect(shownBy(exprs, 'em', { ...now, g7: 0.0925 })).toBe('$8.33');
    expect(shownBy(exprs, 'em', { ...now, g7: 0.08, sent: false })).toBe('$0.00');
    expect(shownBy(exprs, 'em', { ...now, g7: 0.08, h2: 'Canada' })).toBe('$0.00');
  });

  it('says a rate that all accounts have as it is', () => {
    const { exprs, registers } = found(bills.filter(({ account }) => account === 'ada'));
    expect(registers).toEqual([]);
    expect(shownBy(exprs, 'em', now)).toBe('$7.20');
  });

  it('finds no rate in amounts that have none', () => {
    expect(found(bills.map((bill, i) => ({ ...bill, tax: bill.tax === undefined ? 0 : 100 + i * 37 }))).exprs.size).toBe(0);
  });
});
