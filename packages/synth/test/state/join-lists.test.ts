import type { DomElement } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { buildSite } from '../../src/pages/page-model.ts';
import type { Binding } from '../../src/state/bindings.ts';
import type { ColumnModel } from '../../src/state/columns.ts';
import type { Candidate } from '../../src/state/join-lists.ts';
import { joinWholes, wholeTable } from '../../src/state/join-lists.ts';
import { keyColumns } from '../../src/state/keys.ts';
import { localTables } from '../../src/state/tables.ts';
import type { TableModel } from '../../src/state/tables.ts';
import { viewsOf } from '../../src/views.ts';
import type { Visited } from '../fixtures/dom.ts';
import { el, html, visitOf } from '../fixtures/dom.ts';
import { logsOf } from '../fixtures/visitor.ts';

const cart = (names: readonly string[]): Visited => ({
  url: '/cart',
  root: html(el('h1', {}, 'Cart'), el('div', {}, ...names.map((name) => el('section', {}, el('b', {}, name), el('button', {}, 'Off'))))),
});

/** Another page with a list of its own make. */
const receipt = (names: readonly string[]): Visited => {
  const row = (name: string): DomElement => el('tr', {}, el('td', {}, '1 x'), el('td', {}, name));
  return { url: '/pay', root: html(el('form', {}, el('button', {}, 'Pay')), el('table', {}, el('tbody', {}, ...names.map(row)))) };
};

const carts = [['Axe', 'Bell', 'Cup', 'Drum'], ['Egg'], ['Fork', 'Gong', 'Hat', 'Ink', 'Jar'], ['Kite', 'Lamp']];

interface Found {
  readonly whole: TableModel;
  readonly other: Binding & Candidate['binding'];
}

/** The cart as a whole list, and the list of the receipt, which shows of each cart what is given. */
function found(billed: (names: readonly string[]) => readonly string[]): Found {
  const sessions = carts.map((names, i) =>
    visitOf([cart(names), receipt(billed(names)), cart(names), receipt(billed(names))], `s0${i}`, `account ${i}`),
  );
  const bindings = localTables(buildSite(viewsOf(logsOf(sessions)).all), new Set());
  const at = (url: string) => bindings.find(({ page }) => page.views[0]?.url === url);
  const [mine, other] = [at('/cart'), at('/pay')];
  const whole = mine && wholeTable([{ binding: mine, keys: keyColumns(mine) }]);
  if (!whole || !other) throw new Error('There are no two lists.');
  return { whole, other };
}

/** How many places show the records of the cart, once the other list is looked at. */
function places({ whole, other }: Found, columns: readonly ColumnModel[] = other.columns): number {
  const tables = [whole];
  const candidate: Candidate = { binding: { ...other, columns }, keys: keyColumns(other) };
  const taken = joinWholes(tables, [candidate]);
  const [{ bindings }] = tables as [TableModel];
  expect(taken.has(candidate)).toBe(bindings.length > 1);
  return bindings.length;
}

describe('joinWholes', () => {
  it('takes in a list that shows just the records of a whole list', () => {
    expect(places(found((names) => names))).toBe(2);
  });

  it('leaves a list that shows others, or only some of them', () => {
    expect(places(found((names) => [...names.slice(1), 'Zinc', 'Yarn']))).toBe(1);
  });

  it('leaves a list of the record that the address names, though it is a copy', () => {
    const both = found((names) => names);
    const owner: ColumnModel = { name: 'owner', type: 'text', owner: () => '17' };
    expect(places(both, [...both.other.columns, owner])).toBe(1);
  });
});
