import type { Expr, Row, Value } from '@backlot/protocol';
import type { ColumnModel, TableModel } from '../state/tables.ts';
import { cellOf } from '../state/tables.ts';
import { itemsIn } from '../state/whole-lists.ts';
import type { Instance } from '../template/pattern.ts';
import type { SessionViews, View } from '../views.ts';
import { commonest } from './commonest.ts';
import { keyOfUrl, memoryKey } from './memory.ts';
import type { ModeColumns } from './mode-columns.ts';
import { modeColumns, offColumn } from './mode-columns.ts';
import type { RegisterModel } from './registers.ts';
import type { ListedPage } from './search-params.ts';
import { searchAsked, searchCondition, searchParams } from './search-params.ts';

/** A list that no filter explains: which records each address showed, remembered with the records. */
export interface ListMemory {
  readonly table: TableModel;
  readonly where: Expr;
  /** Records of an account; the column `at` names the addresses that showed them. */
  readonly rows: (account: string) => readonly Row[];
  /** What tells an item's record from others. */
  readonly nameOf: (item: Instance) => string;
  /** Columns that are kept apart by mode. */
  readonly split?: ModeColumns;
  /** Address (and mode) of a view, as the column `at` spells it. */
  readonly keyAt: (view: View) => string;
}

/** Row id of a remembered record. */
export function rowId(table: TableModel, name: string): string {
  return `${table.name}k${name.replaceAll(':', '.')}`;
}

/** Column that holds where a record was shown. */
export const shownAt = 'at';

function valuesIn(column: ColumnModel, items: readonly Instance[]): readonly Value[] {
  return items.map((item) => cellOf(column, item));
}

/** Share of pages on which all records must differ in a column that identifies them. */
const unique = 0.98;

/** The column that tells records apart, if one does: all different on nearly every page; the one with most values wins. */
function keyColumn(table: TableModel, pages: readonly (readonly Instance[])[]): ColumnModel | undefined {
  const several = pages.filter((items) => items.length > 1);
  const scored = table.columns
    .filter((column) => column.type === 'text' && !column.source?.live)
    .map((column) => {
      const distinct = several.filter((items) => new Set(valuesIn(column, items)).size === items.length).length;
      const values = new Set(pages.flatMap((items) => valuesIn(column, items)));
      return { column, share: several.length === 0 ? 0 : distinct / several.length, values: values.size };
    });
  return scored.filter((entry) => entry.share >= unique).sort((a, b) => a.values - b.values)[0]?.column;
}

interface Sighting {
  readonly cells: Map<string, Value[]>;
  readonly at: Map<string, number>;
}

/** Inserts what a page showed into the order of all records, each after the one before it on the page. */
function mergeOrder(order: string[], page: readonly string[]): void {
  let place = 0;
  for (const name of page) {
    const at = order.indexOf(name);
    if (at >= 0) place = at + 1;
    else order.splice(place++, 0, name);
  }
}

interface ListMemoryInputs {
  readonly table: TableModel;
  readonly sessions: readonly SessionViews[];
  readonly mode?: RegisterModel;
}

/** Remembers which records a list showed at which address: those that most of an account's visits there showed. */
export function rememberList({ table, sessions, mode }: ListMemoryInputs): ListMemory {
  const keyAt = (view: View): string => keyOfUrl(view.url) + (mode ? (mode.values.get(view) === true ? '|1' : '|0') : '');
  const pages = table.page.views.map((view) => itemsIn(table, view) ?? []);
  const key = keyColumn(table, pages);
  const nameOf = (item: Instance): string =>
    key ? String(cellOf(key, item)) : JSON.stringify(table.columns.map((column) => cellOf(column, item)));
  const split = mode && modeColumns(table, mode, nameOf);
  const rowsOf = (account: string): readonly Row[] => {
    const views = table.page.views.filter((view) => sessions[view.session]?.session.account === account);
    const visits = new Map<string, number>();
    const seen = new Map<string, Sighting>();
    const order: string[] = [];
    for (const view of views) {
      const items = itemsIn(table, view) ?? [];
      visits.set(keyAt(view), (visits.get(keyAt(view)) ?? 0) + 1);
      mergeOrder(order, items.map(nameOf));
      const off = mode !== undefined && mode.values.get(view) !== true;
      for (const item of items)
        note(table, seen, {
          name: nameOf(item),
          at: keyAt(view),
          item,
          columnOf: (name) => (off && split?.columns.has(name) ? offColumn(name) : name),
        });
    }
    return order.flatMap((name) => remembered(table, seen.get(name) as Sighting, { visits, id: rowId(table, name), split }));
  };
  const known = new Map<string, readonly Row[]>();
  const accountRows = (account: string): readonly Row[] => {
    if (!known.has(account)) known.set(account, rowsOf(account));
    return known.get(account) as readonly Row[];
  };
  const listed = table.page.views.map((view): ListedPage => {
    const shown = new Set((itemsIn(table, view) ?? []).map((item) => rowId(table, nameOf(item))));
    return { view, rows: accountRows(sessions[view.session]?.session.account ?? ''), shown };
  });
  return { table, where: whereOf(table, mode, searchParams(table, listed)), rows: accountRows, nameOf, keyAt, ...(split ? { split } : {}) };
}

function note(
  table: TableModel,
  seen: Map<string, Sighting>,
  sight: { name: string; at: string; item: Instance; columnOf: (name: string) => string },
): void {
  const sighting = seen.get(sight.name) ?? { cells: new Map<string, Value[]>(), at: new Map<string, number>() };
  seen.set(sight.name, sighting);
  sighting.at.set(sight.at, (sighting.at.get(sight.at) ?? 0) + 1);
  for (const column of table.columns)
    sighting.cells.set(sight.columnOf(column.name), [
      ...(sighting.cells.get(sight.columnOf(column.name)) ?? []),
      cellOf(column, sight.item),
    ]);
}

function remembered(
  table: TableModel,
  sighting: Sighting,
  { visits, id, split }: { visits: ReadonlyMap<string, number>; id: string; split: ModeColumns | undefined },
): readonly Row[] {
  const at = [...sighting.at].filter(([key, count]) => count * 2 > (visits.get(key) ?? 0)).map(([key]) => key);
  if (at.length === 0) return [];
  const seenIn = (name: string, other: string): Value => commonest(sighting.cells.get(name) ?? sighting.cells.get(other) ?? []);
  const cells = table.columns.flatMap(({ name }): (readonly [string, Value])[] => {
    const off = offColumn(name);
    return split?.columns.has(name)
      ? [
          [name, seenIn(name, off)],
          [off, seenIn(off, name)],
        ]
      : [[name, seenIn(name, off)]];
  });
  return [{ ...Object.fromEntries(cells), [shownAt]: at.sort(), id }];
}

function whereOf(table: TableModel, mode: RegisterModel | undefined, searches: readonly string[]): Expr {
  const suffix: Expr[] = mode ? [{ fn: 'if', args: [{ reg: mode.name }, { lit: '|1' }, { lit: '|0' }] }] : [];
  const here: Expr = { fn: 'concat', args: [memoryKey, ...suffix] };
  const plain: Expr = { fn: 'concat', args: [{ loc: 'path' }, { lit: '?' }, ...suffix] };
  const isNew: Expr = { fn: 'eq', args: [{ fn: 'len', args: [{ col: shownAt }] }, { lit: 0 }] };
  const known: Expr = { count: { from: table.name, as: 'k', where: { fn: 'contains', args: [{ col: shownAt, of: 'k' }, here] } } };
  const at: Expr = { fn: 'if', args: [known, here, plain] };
  const remembered: Expr = { fn: 'or', args: [isNew, { fn: 'contains', args: [{ col: shownAt }, at] }] };
  if (searches.length === 0) return remembered;
  const everywhere: Expr = {
    fn: 'contains',
    args: [
      { fn: 'join', args: [{ col: shownAt }, { lit: ' ' }] },
      mode ? { fn: 'if', args: [{ reg: mode.name }, { lit: '|1' }, { lit: '|0' }] } : { lit: '' },
    ],
  };
  const found: Expr = { fn: 'and', args: [searchCondition(table, searches), { fn: 'or', args: [isNew, everywhere] }] };
  return { fn: 'if', args: [searchAsked(searches), found, remembered] };
}
