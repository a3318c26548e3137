import { select } from '@backlot/world';
import { describe, expect, it } from 'vitest';
import type { ListQuery } from '../../src/explain/list-queries.ts';
import { listQuery } from '../../src/explain/list-queries.ts';
import { baseRows } from '../../src/state/base-rows.ts';
import { namedId } from '../../src/state/sightings.ts';
import { beliefOf } from '../../src/state/belief.ts';
import type { TableHistory } from '../../src/state/belief.ts';
import { keyOf } from '../../src/state/bindings.ts';
import { mainList } from '../../src/state/tables.ts';
import type { PageModel } from '../../src/pages/page-model.ts';
import { paramsOf } from '../../src/pages/params.ts';
import type { SessionViews, View } from '../../src/views.ts';
import type { Visited } from '../fixtures/dom.ts';
import { el, html, visitOf } from '../fixtures/dom.ts';
import { scopeOf } from '../fixtures/scopes.ts';
import { onlyTable, tablesBehind } from '../fixtures/tables.ts';

const ware = (number: number, shades: readonly string[]): Visited => ({
  url: `/ware/${number}`,
  root: html(el('h1', {}, 'Ware'), el('div', {}, ...shades.map((shade) => el('label', {}, el('b', {}, shade), el('button', {}, 'Pick'))))),
});

/** Another account, with so many other shades that they are data and no parts of the page. */
const others = ['Lime', 'Navy', 'Rose', 'Sand', 'Plum', 'Rust', 'Jade', 'Mint', 'Onyx', 'Ruby'];
const elsewhere = visitOf([ware(1, others), ware(2, others.slice(3, 8)), ware(1, others), ware(2, others.slice(3, 8))], 's99', 'zoe');

/** What is learned of a list on the pages of wares, given the shades of each. */
function learned(offers: readonly (readonly string[])[]): { query: ListQuery; unknown: readonly unknown[] } {
  const pages = offers.map((shades, i) => ware(i + 1, shades));
  const { site, views, tables } = tablesBehind([visitOf(pages), visitOf(pages.toReversed(), 's01'), elsewhere]);
  const table = onlyTable({ tables });
  const rowsOf = (account: string) =>
    baseRows(
      table,
      views.sessions.filter(({ session }) => session.account === account),
    );
  const tracked = views.sessions.map(({ session, after }) => {
    const rows = rowsOf(session.account);
    return { rows: new Map(after.map((view) => [view, rows])), whole: new Set<never>() };
  });
  const idOf: TableHistory['idOf'] = (item, binding) => namedId(table, keyOf(binding, table.key ?? '', item));
  const histories: readonly TableHistory[] = [{ table, lineages: [], wholeAddresses: new Set(), idOf, tracked }];
  const query = listQuery(table, mainList(table), {
    belief: (view) => beliefOf({ site, histories, registers: () => ({}) }, views.sessions[view.session] as SessionViews, view),
    sessions: views.sessions,
    registers: [],
    modes: [],
  });
  const { memory } = query;
  const known = rowsOf('ada').map((row) => ({
    ...row,
    ...(memory ? { [memory.column]: (memory.at('ada').get(row.id) ?? []) as never } : {}),
  }));
  const [page] = site.pages as [PageModel];
  const params = Object.fromEntries(Object.keys(paramsOf(page, page.views[0] as View)).map((name) => [name, '99']));
  const scope = { ...scopeOf({ tables: { [table.name]: known }, url: '/ware/99' }), params };
  return { query, unknown: select(query.query, scope).map(({ c0 }) => c0) };
}

const shades = ['Red', 'Blue', 'Grey', 'Pink', 'Gold', 'Teal'];
/** Some of the shades, others for each ware. */
const some = [[0, 2], [1, 4], [0, 3], [2, 5], [1, 3], [4, 5], [3], [0, 5]];
/** Shades of wares that come in some, and of as many that come in none. */
const mixed = some.flatMap((each) => [each.map((i) => shades[i] as string), []]);

describe('listQuery', () => {
  it('remembers by address which of a few choices a page offers, and offers all of them where the address is not known', () => {
    const { query, unknown } = learned(mixed);
    expect(query.memory).toBeDefined();
    expect(unknown.toSorted()).toEqual(shades.toSorted());
  });

  it('does not where records stand on one page each', () => {
    const { query, unknown } = learned(mixed.map((each, n) => each.map((shade) => `${shade} ${n}`)));
    expect(query.memory).toBeDefined();
    expect(unknown).toEqual([]);
  });
});
