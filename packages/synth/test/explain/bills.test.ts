import { describe, expect, it } from 'vitest';
import { totalsOn } from '../../src/explain/bills.ts';
import type { Bill } from '../fixtures/bill.ts';
import { billed, shownBy } from '../fixtures/bill.ts';

const bill = (goods: number, off: number, sending?: number): Bill => ({
  goods,
  off,
  ...(sending === undefined ? {} : { sending }),
  total: goods - off + (sending ?? 0),
});
const bills = [bill(1000, 0), bill(2550, 255), bill(1999, 0, 450), bill(5000, 500, 900), bill(3125, 0, 450), bill(120000, 12000)];
const now = { i: '$1,300.00', u: '$30.00', q: '$9.50', sent: true };

describe('totalsOn', () => {
  it('adds up what the page shows, without what is off and what is not there', () => {
    const { page, exprs } = billed(bills);
    const found = totalsOn(page, exprs, () => true);
    expect(shownBy(found, 'b', now)).toBe('$1279.50');
    expect(shownBy(found, 'b', { ...now, sent: false })).toBe('$1270.00');
    expect([...found.keys()]).toHaveLength(1);
  });

  it('leaves alone what is explained without a miss', () => {
    const { page, exprs } = billed(bills);
    expect(totalsOn(page, exprs, () => false).size).toBe(0);
  });

  it('finds no sum where amounts have nothing to do with each other', () => {
    const { page, exprs } = billed(bills.map((one, i) => ({ ...one, total: 700 + i * i * 131 })));
    expect(totalsOn(page, exprs, () => true).size).toBe(0);
  });
});
