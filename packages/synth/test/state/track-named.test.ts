import type { Row } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { baseRows } from '../../src/state/base-rows.ts';
import { trackNamed } from '../../src/state/track-named.ts';
import type { NamedTracking } from '../../src/state/track-named.ts';
import type { TableModel } from '../../src/state/tables.ts';
import type { SessionViews } from '../../src/views.ts';
import { cart, cartBehind, front, pieces, sent as buy } from '../fixtures/cart.ts';
import type { Visited } from '../fixtures/dom.ts';
import { visitOf } from '../fixtures/dom.ts';
import type { Ware } from '../fixtures/shop.ts';
import { about, elsewhere, priceList, shelf, ware } from '../fixtures/shop.ts';
import { onlyTable, tablesBehind } from '../fixtures/tables.ts';

const many = ware(1, 2, 3, 4, 5, 6);
const known = visitOf(
  [shelf(many), priceList(many), ...many.slice(0, 4).map((of) => about(of)), shelf(ware(1, 3)), priceList(ware(2, 4))],
  's01',
);

interface Followed {
  readonly table: TableModel;
  readonly session: SessionViews;
  /** Rows behind the view after each step. */
  readonly rows: readonly (readonly Row[])[];
}

/** Follows a visit by somebody whose account has the six wares. */
function follow(pages: readonly Visited[], predict?: (table: TableModel) => NonNullable<NamedTracking['predict']>): Followed {
  const { views, tables } = tablesBehind([visitOf(pages), known, elsewhere()]);
  const table = onlyTable({ tables });
  const [session, other] = views.sessions;
  if (!session || !other) throw new Error('There is no session.');
  const tracked = trackNamed({ table, session, base: baseRows(table, [other]), ...(predict ? { predict: predict(table) } : {}) });
  return { table, session, rows: session.after.map((view) => tracked.rows.get(view) ?? []) };
}

const numbers = (rows: readonly Row[] | undefined): string => (rows ?? []).map(({ id }) => id.replace(/^t0k/, '')).join(' ');
const texts = (rows: readonly Row[] | undefined, number: number): readonly unknown[] =>
  Object.values(rows?.find(({ id }) => id === `t0k${number}`) ?? {}).toSorted();
const sent = (page: Visited, fields = 'id=2'): Visited => ({
  ...page,
  action: { kind: 'click', target: { role: 'button', name: 'Send', nth: 0 } },
  sent: fields,
});

describe('trackNamed', () => {
  it('begins with what the account has, whatever part of it pages show', () => {
    const { rows } = follow([shelf(ware(2, 5)), shelf(ware(1))]);
    expect(rows.map(numbers)).toEqual(['1 2 3 4 5 6', '1 2 3 4 5 6']);
  });

  it('puts a record that comes into sight after its neighbour on the page', () => {
    const { rows } = follow([shelf(ware(1, 2, 3)), sent(shelf(ware(1, 2, 7, 3))), shelf(ware(8, 1))]);
    expect(rows.map(numbers)).toEqual(['1 2 3 4 5 6', '1 2 7 3 4 5 6', '8 1 2 7 3 4 5 6']);
  });

  it('takes over what a page says of a record, and keeps what it does not say', () => {
    const [axe] = ware(1) as [Ware];
    const { rows } = follow([priceList(ware(1, 2)), sent(priceList([{ ...axe, price: '$77' }, ...ware(2)])), shelf(ware(1, 2))]);
    expect(texts(rows[0], 1)).toEqual(['$9', '1', 'Axe', 't0k1']);
    expect(texts(rows[1], 1)).toEqual(['$77', '1', 'Axe', 't0k1']);
    expect(texts(rows[2], 1)).toEqual(['$77', '1', 'Axe', 't0k1']);
  });

  it('takes a record off that its page shows no more after it was named in what was sent', () => {
    const { rows } = follow([shelf(ware(1, 2, 3)), sent(shelf(ware(1, 3)))]);
    expect(rows.map(numbers)).toEqual(['1 2 3 4 5 6', '1 3 4 5 6']);
  });

  it('keeps a record that nothing of what was sent names', () => {
    const [first, second] = [shelf(ware(1, 2, 3)), shelf(ware(1, 3))];
    expect(numbers(follow([first, sent(second, 'id=3&what=bell+2nd')]).rows[1])).toBe('1 2 3 4 5 6');
    expect(numbers(follow([first, sent(second, 'go=%2Fware%2F2')]).rows[1])).toBe('1 3 4 5 6');
  });

  it('keeps a record that is only out of sight: elsewhere, for another page, or until it comes back', () => {
    expect(numbers(follow([shelf(ware(1, 2, 3)), shelf(ware(1, 3))]).rows[1])).toBe('1 2 3 4 5 6');
    expect(numbers(follow([shelf(ware(1, 2, 3)), sent(shelf(ware(1, 3), '/?kind=tool'))]).rows[1])).toBe('1 2 3 4 5 6');
    expect(numbers(follow([shelf(ware(1, 2, 3)), sent(shelf(ware(1, 3))), shelf(ware(2))]).rows[1])).toBe('1 2 3 4 5 6');
  });

  it('keeps the last record where a newcomer pushed it off a full page', () => {
    const { rows } = follow([shelf(ware(1, 2, 3)), sent(shelf(ware(7, 1, 2)), 'id=3')]);
    expect(numbers(rows[1])).toBe('7 1 2 3 4 5 6');
  });

  it('lets a record that rules added under a made-up name be the newcomer that looks like it', () => {
    const { rows } = follow([shelf(ware(1, 2)), sent(about(ware(1)[0]!)), shelf(ware(1, 2, 7))], (table) => {
      const [name] = table.columns.filter(({ source }) => source?.kind === 'text');
      return (step, was) => (step === 1 ? [...was, { id: 'n1', [name?.name ?? '']: 'Gong' } as Row] : null);
    });
    expect(rows.map((each) => each.length)).toEqual([6, 7, 7]);
    expect(numbers(rows[1])).toBe('1 2 3 4 5 6 nt00');
    expect(numbers(rows[2])).toBe('1 2 3 4 5 6 7');
    expect(texts(rows[2], 7)).toContain('Gong');
  });

  it('names a record that rules added by its key', () => {
    const { rows } = follow(
      [shelf(ware(1, 2)), sent(about(ware(1)[0]!))],
      (table) => (step, was) => (step === 1 ? [...was, { id: 'n1', [table.key ?? '']: '8' } as Row] : null),
    );
    expect(numbers(rows[1])).toBe('1 2 3 4 5 6 8');
  });
});

/** What is in the cart after each step of a visit, with what totals say of it or without. */
function inCart(pages: readonly Visited[], knows = true, predict: NonNullable<NamedTracking['predict']> = () => null): readonly string[] {
  const { table, session, totals } = cartBehind(pages, pieces);
  const { rows } = trackNamed({ table, session, base: [], predict, ...(knows && totals ? { totals } : {}) });
  return session.after.map((view) =>
    (rows.get(view) ?? []).map(({ c0, c1, c2 }) => `${String(c0)} ${String(c1)} ${String(c2)}`).join(', '),
  );
}

describe('trackNamed of a list that scripts keep', () => {
  const bought = [cart('Axe 1', 'Cart: 1'), front('Cart: 1'), buy(front('Cart: 3')), front('Cart: 3'), cart('Axe 1, Bell 2', 'Cart: 3')];

  it('takes what is seen next for what was there since a total says so', () => {
    const [one, two] = ['Axe 1 $9.00', 'Axe 1 $9.00, Bell 2 $18.00'];
    expect(inCart(bought)).toEqual([one, one, two, two, two]);
    expect(inCart(bought, false)).toEqual([one, one, one, one, two]);
  });

  it('goes back to what was there before where a total says that nothing came of it', () => {
    const refused = [cart('Axe 1', 'Cart: 1'), buy(front('Cart: 1')), front('Cart: 1')];
    const bell = { id: 'n1', c0: 'Bell', c1: '2', c2: '$18.00' };
    const foretold = (step: number, was: readonly Row[]): readonly Row[] | null => (step === 1 ? [...was, bell] : null);
    expect(inCart(refused, true, foretold)).toEqual(['Axe 1 $9.00', 'Axe 1 $9.00', 'Axe 1 $9.00']);
    expect(inCart(refused, false, foretold).at(-1)).toBe('Axe 1 $9.00, Bell 2 $18.00');
  });

  it('holds nothing where its total is 0, in sight or not', () => {
    const emptied = [cart('Axe 1', 'Cart: 1'), buy(front('Cart: 0')), front('Cart: 0')];
    expect(inCart(emptied)).toEqual(['Axe 1 $9.00', '', '']);
    expect(inCart(emptied, false)).toEqual(['Axe 1 $9.00', 'Axe 1 $9.00', 'Axe 1 $9.00']);
  });

  it('gives its one record the number told where no page shows it again', () => {
    expect(inCart([cart('Axe 1', 'Cart: 1'), buy(front('Cart: 4'))])).toEqual(['Axe 1 $9.00', 'Axe 4 null']);
  });

  it('stays as it was where a total cannot be told from what was seen', () => {
    const [both] = ['Axe 1 $9.00, Bell 2 $18.00'];
    expect(inCart([cart('Axe 1, Bell 2', 'Cart: 3'), buy(front('Cart: 4'))])).toEqual([both, both]);
  });
});
