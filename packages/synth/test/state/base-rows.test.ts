import type { Row } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { baseRows } from '../../src/state/base-rows.ts';
import type { Visited } from '../fixtures/dom.ts';
import { visitOf } from '../fixtures/dom.ts';
import type { Ware } from '../fixtures/shop.ts';
import { about, elsewhere, priceList, shelf, ware } from '../fixtures/shop.ts';
import { onlyTable, tablesBehind } from '../fixtures/tables.ts';

/** The records with which the account of those visits begins. */
function baseOf(...visits: readonly (readonly Visited[])[]): readonly Row[] {
  const sessions = visits.map((pages, i) => visitOf(pages, `s0${i}`));
  const { views, tables } = tablesBehind([...sessions, elsewhere()]);
  return baseRows(onlyTable({ tables }), views.sessions.slice(0, -1));
}

/** What rows say, whatever their columns are called. */
const said = (rows: readonly Row[]): readonly string[] =>
  rows.map(({ id: _id, ...cells }) => Object.values(cells).map(String).toSorted().join(' '));
const idsOf = (rows: readonly Row[]): readonly string[] => rows.map(({ id }) => id);
const typing = (page: Visited, value: string): Visited => ({ ...page, action: { kind: 'fill', value } });
const repriced = (of: Ware, price: string): Ware => ({ ...of, price });

describe('baseRows', () => {
  it('are all records that pages showed, one name each, in the order of the lists', () => {
    const rows = baseOf([shelf(ware(1, 2, 4)), shelf(ware(2, 3, 4)), shelf(ware(4, 5))]);
    expect(said(rows)).toEqual(['1 Axe', '2 Bell', '3 Cup', '4 Drum', '5 Egg']);
    expect(idsOf(rows)).toEqual(['t0k1', 't0k2', 't0k3', 't0k4', 't0k5']);
  });

  it('are put together from all places that show a record', () => {
    const rows = baseOf([shelf(ware(2, 1)), priceList(ware(1, 2, 3)), shelf(ware(1, 3)), priceList(ware(3, 1))]);
    expect(said(rows.toSorted((a, b) => (a.id < b.id ? -1 : 1)))).toEqual(['$9 1 Axe', '$5 2 Bell', '$3 3 Cup']);
  });

  it('leave out what the user typed before it first came into sight', () => {
    const [first, second] = [shelf(ware(1, 2, 3)), shelf(ware(1, 2, 3, 6))];
    expect(said(baseOf([first, typing(first, 'Fork'), second], [first, shelf(ware(1, 2))]))).toEqual(['1 Axe', '2 Bell', '3 Cup']);
    expect(said(baseOf([first, typing(first, 'Spoon'), second], [first, shelf(ware(1, 2))]))).toContain('6 Fork');
  });

  it('keep what holds words that most sessions type, such as the name of the account', () => {
    const [first, second] = [shelf(ware(1, 2, 3)), shelf(ware(1, 2, 3, 6))];
    const one = [first, typing(first, 'Fork'), second];
    expect(said(baseOf(one, one, [first, shelf(ware(1, 2))]))).toContain('6 Fork');
  });

  it('keep a record that was there before the user typed its words', () => {
    const page = shelf(ware(1, 2, 3));
    expect(said(baseOf([page, typing(page, 'Bell'), page, shelf(ware(1, 2))]))).toContain('2 Bell');
  });

  it('say what most sessions saw first, not what became of it later', () => {
    const [axe, bell, cup] = ware(1, 2, 3) as [Ware, Ware, Ware];
    const now = priceList([axe, bell, cup]);
    const later = priceList([repriced(axe, '$99'), bell, cup]);
    const rows = baseOf([now, later, later, later], [now, later, priceList([bell, cup])], [later, priceList([axe, bell])]);
    expect(said(rows)).toContain('$9 1 Axe');
  });

  it('stand in the order of a column that their list follows, also where no one page shows two of them', () => {
    const rows = baseOf([shelf(ware(1, 3, 6, 8)), shelf(ware(2, 7)), shelf(ware(4, 5)), shelf(ware(1, 4, 8)), shelf(ware(2, 5, 7))]);
    expect(said(rows)).toEqual(['1 Axe', '2 Bell', '3 Cup', '4 Drum', '5 Egg', '6 Fork', '7 Gong', '8 Hat']);
  });

  it('take over what a page about one record tells besides its list', () => {
    const [axe, bell, cup] = ware(1, 2, 3) as [Ware, Ware, Ware];
    const pages = [shelf(ware(1, 2, 3)), about(axe), about(bell), about(cup), shelf(ware(1, 2)), about(axe)];
    expect(said(baseOf(pages))).toEqual(['$9 1 Axe', '$5 2 Bell', '$3 3 Cup']);
  });
});
