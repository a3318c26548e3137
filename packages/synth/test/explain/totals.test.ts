import type { Row } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import type { CartBehind, Line } from '../fixtures/cart.ts';
import { cart, cartBehind, front, pieces, plain, pressed, sent } from '../fixtures/cart.ts';
import type { Visited } from '../fixtures/dom.ts';

const sum = (of: readonly Line[]): number => of.reduce((all, { count }) => all + count, 0);
const total = (pages: readonly Visited[], says = pieces): CartBehind['totals'] => cartBehind(pages, says).totals;

/** The number that is told of the cart behind each view of a visit. */
function numbers(...pages: readonly Visited[]): readonly (number | undefined)[] {
  const { session, totals } = cartBehind(pages, pieces);
  return session.after.map((view) => totals?.at.get(view));
}

/** A record of the cart: name, number and cost. */
const line = (name: string, count: string | null, cost: string | null): Row => ({ id: name, c0: name, c1: count, c2: cost });

describe('totalsOf', () => {
  it('reads what a place of the layout says of all records, with the list in sight or not', () => {
    expect(numbers(front('Cart: 0'), cart('Axe 5', 'Cart: 5'), front('Cart: 5'))).toEqual([0, 5, 5]);
  });

  it('tells how many records there are', () => {
    const totals = total([cart('Axe 5', 'Cart: 1')], (of) => `Cart: ${of.length}`);
    expect(totals?.of([line('Axe', '5', '$45.00'), line('Bell', '2', '$18.00')])).toBe(2);
  });

  it('tells what a number of theirs adds up to', () => {
    expect(total([cart('Axe 5', 'Cart: 5')])?.of([line('Axe', '5', '$45.00'), line('Bell', '2', '$18.00')])).toBe(7);
    const cost = total([cart('Axe 5', 'Due: $45')], (of) => `Due: $${9 * sum(of)}`);
    expect(cost?.of([line('Axe', '5', '$45.00'), line('Bell', '2', '$18.00')])).toBe(63);
  });

  it('finds none in a number that says something else', () => {
    expect(total([cart('Axe 5', 'Cart: 8')], (of) => `Cart: ${sum(of) + 3}`)).toBeUndefined();
  });

  it('finds none where the words around the number differ, or where there are two numbers', () => {
    expect(total([cart('Axe 5', 'Cart: 5'), front('Carton: 5')])).toBeUndefined();
    expect(total([cart('Axe 5', '5 of 9')], (of) => `${sum(of)} of 9`)).toBeUndefined();
  });

  it('bears with one page in ten that was recorded too early, and with no more', () => {
    const early = (times: number): readonly Visited[] => Array.from({ length: times }, () => cart('Axe 1', 'Cart: 2'));
    expect([1, 3].map((times) => total(early(times)) !== undefined)).toEqual([true, false]);
  });
});

describe('what a total says', () => {
  it('holds for the pages before that do not say it, back to where data was sent', () => {
    expect(numbers(cart('Axe 5', 'Cart: 5'), sent(plain), plain, front('Cart: 6'))).toEqual([5, 6, 6, 6]);
    expect(numbers(cart('Axe 5', 'Cart: 5'), plain, sent(front('Cart: 6')))).toEqual([5, undefined, 6]);
  });

  it('holds on both sides of a button that sends nothing, where others do send', () => {
    expect(numbers(sent(plain), pressed(front('Cart: 6')))).toEqual([6, 6]);
    expect(numbers(plain, pressed(front('Cart: 6')))).toEqual([undefined, 6]);
  });

  it('does not reach back over what another page said', () => {
    expect(numbers(cart('Axe 4', 'Cart: 4'), plain, front('Cart: 6'))).toEqual([4, 6, 6]);
  });

  it('is the number of the one record there is; what may hang on it is not known', () => {
    expect(total([cart('Axe 5', 'Cart: 5')])?.told([line('Axe', '5', '$45.00')], 6)).toEqual([line('Axe', '6', null)]);
  });

  it('tells nothing of any one record where there are several or none, or where it only counts them', () => {
    const totals = total([cart('Axe 5', 'Cart: 5')]);
    expect(totals?.told([line('Axe', '5', '$45.00'), line('Bell', '1', '$9.00')], 9)).toBeNull();
    expect(totals?.told([], 9)).toBeNull();
    expect(total([cart('Axe 5', 'Cart: 1')], (of) => `Cart: ${of.length}`)?.told([line('Axe', '5', '$45.00')], 2)).toBeNull();
  });
});
