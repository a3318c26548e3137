import { describe, expect, it } from 'vitest';
import type { TableModel } from '../../src/state/tables.ts';
import type { View } from '../../src/views.ts';
import type { Visited } from '../fixtures/dom.ts';
import { visitOf } from '../fixtures/dom.ts';
import type { Ware } from '../fixtures/shop.ts';
import { about, elsewhere, priceList, shelf, ware } from '../fixtures/shop.ts';
import { onlyTable, shownIn, tablesBehind } from '../fixtures/tables.ts';

const pages = [
  shelf(ware(1, 2, 3)),
  priceList(ware(1, 2, 3, 4)),
  shelf(ware(2, 3)),
  priceList(ware(2, 4, 5)),
  shelf(ware(1, 3, 4, 5)),
  priceList(ware(1, 2, 3)),
];

/** Names of a table's columns by what their records say. */
const columnOf = (table: TableModel, view: View | undefined, text: string): string | undefined =>
  table.bindings
    .flatMap((binding) => shownIn(table, binding, view) as readonly (readonly [string, Readonly<Record<string, unknown>>])[])
    .flatMap(([, cells]) => Object.entries(cells).filter(([, cell]) => cell === text))[0]?.[0];

describe('tablesOf', () => {
  it('makes one table of two lists of the same records, with the columns of both', () => {
    const { tables, views } = tablesBehind([visitOf(pages), elsewhere()]);
    const table = onlyTable({ tables });
    expect(table.bindings).toHaveLength(2);
    const [first, second] = views.sessions[0]?.after ?? [];
    expect(columnOf(table, first, 'Axe')).toBeDefined();
    expect(columnOf(table, second, 'Axe')).toBe(columnOf(table, first, 'Axe'));
    expect(columnOf(table, second, '$9')).toBeDefined();
    expect(table.columns).toHaveLength(3);
  });

  it('keeps lists apart whose records have the same numbers but are called otherwise', () => {
    const people = (...ids: readonly number[]): Visited =>
      priceList(ids.map((id) => ({ id, name: `Mr ${String.fromCharCode(64 + id)}`, price: `${30 + id}` })));
    const many = [9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22];
    const { tables } = tablesBehind([
      visitOf([shelf(ware(1, 2, 3)), people(1, 2, 3), shelf(ware(2, 3)), people(2, 4), shelf(ware(1, 3, 4, 5)), people(1, 2, 3, 4, 5)]),
      visitOf([shelf(ware(...many)), people(...many), shelf(ware(10, 12, 14, 16)), people(10, 12, 14, 16)], 's01'),
    ]);
    expect(tables.map(({ bindings }) => bindings.length)).toEqual([1, 1]);
  });

  it('leaves a list that is better known by lineage without a name for its records', () => {
    const { tables } = tablesBehind([visitOf(pages), elsewhere()], { byLineage: ({ list }) => list?.item.tag === 'tr' });
    expect(tables.map(({ name, key, recalled }) => [name, key !== undefined, recalled])).toEqual([
      ['t0', true, true],
      ['t1', false, false],
    ]);
  });

  it.each([
    ['a variable of its path', (id: number) => `/ware/${id}`],
    ['a parameter of its query', (id: number) => `/look?at=${id}`],
  ])('takes a page about one record into its table by %s', (_, urlOf) => {
    const visits = [...pages, ...ware(1, 2, 3, 2).map((of) => about(of, urlOf(of.id)))];
    const { tables, views } = tablesBehind([visitOf(visits), elsewhere()]);
    const table = onlyTable({ tables });
    expect(table.bindings.map(({ list, by }) => [list !== undefined, by !== undefined])).toEqual([
      [true, false],
      [true, false],
      [false, true],
    ]);
    const shown = views.sessions[0]?.after.slice(-4).map((view) => shownIn(table, table.bindings[2], view));
    const [list, page] = [views.sessions[0]?.after[1], views.sessions[0]?.after.at(-1)];
    expect(shown?.map((records) => records.map((record) => (record as [string])[0]))).toEqual([['1'], ['2'], ['3'], ['2']]);
    expect(columnOf(table, page, '$5')).toBe(columnOf(table, list, '$5'));
  });

  it('takes what a path says as the name of a record at once', () => {
    const known = visitOf([...pages, ...ware(1, 2, 3).map((of) => about(of))]);
    const early = visitOf([about(ware(6)[0]!), shelf(ware(1, 2))], 's01');
    const { tables, views } = tablesBehind([known, early, elsewhere()]);
    const place = onlyTable({ tables }).bindings.find(({ by }) => by);
    expect(place?.by?.nameAt(views.sessions[1]!.after[0]!)).toBe('6');
  });

  const asked = (of: Ware): Visited => about(of, `/look?at=${of.id}`);

  it('takes the value of a parameter as the name of a record only once the record was seen', () => {
    const known = visitOf([...pages, ...ware(1, 2, 3).map(asked)]);
    const early = visitOf([asked(ware(6)[0]!), shelf(ware(1, 2, 6)), asked(ware(6)[0]!)], 's01');
    const { tables, views } = tablesBehind([known, early, elsewhere()]);
    const table = onlyTable({ tables });
    const place = table.bindings.find(({ by }) => by);
    const [before, , after] = views.sessions[1]?.after ?? [];
    expect(place?.by?.nameAt(before!)).toBe('');
    expect(place?.by?.nameAt(after!)).toBe('6');
  });

  it('takes it at once where several sessions of the account know it, and no other account’s', () => {
    const knows = (id: string): ReturnType<typeof visitOf> => visitOf([...pages, ...ware(1, 2, 3).map(asked)], id);
    const comes = (id: string, account: string): ReturnType<typeof visitOf> =>
      visitOf([asked(ware(2)[0]!), shelf(ware(1, 2))], id, account);
    const { tables, views } = tablesBehind([knows('s00'), knows('s01'), comes('s02', 'ada'), comes('s03', 'jo'), elsewhere()]);
    const place = onlyTable({ tables }).bindings.find(({ by }) => by);
    expect([2, 3].map((session) => place?.by?.nameAt(views.sessions[session]!.after[0]!))).toEqual(['2', '']);
  });
});
