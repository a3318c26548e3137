import type { Expr } from '@backlot/protocol';
import { mapColumns, mapLeaves } from '../map-leaves.ts';
import type { Binding } from '../state/bindings.ts';
import type { ColumnModel } from '../state/columns.ts';
import type { TableModel } from '../state/tables.ts';
import type { Hole } from '../template/holes.ts';
import type { View } from '../views.ts';
import type { GroupList } from './groups.ts';
import type { Ledger } from './ledger.ts';
import { cellOfRecord, recordOf } from './page-vocabulary.ts';

function settleShows(columns: readonly ColumnModel[], ledger: Ledger): void {
  for (const { items } of columns) {
    for (const [hole, expr] of items?.shows ?? []) ledger.exprs.set(hole, expr);
    if (items) settleShows(items.columns, ledger);
  }
}

/** A page about one record shows that record's columns. */
function ofRecord(expr: Expr, table: TableModel, binding: Binding): Expr {
  return mapLeaves(expr, (leaf) => ('col' in leaf ? cellOfRecord(table, binding, leaf.col) : leaf));
}

/** What lists show of their records is said by the tables. */
export function settleTables(tables: readonly TableModel[], ledger: Ledger): void {
  for (const table of tables) {
    for (const binding of table.bindings) {
      if (binding.list) for (const [hole, expr] of binding.shows) ledger.exprs.set(hole, expr);
      settleShows(binding.columns, ledger);
    }
  }
}

/** Where the address names a record that is known, a hole shows what the record has; elsewhere whatever else explains it. */
export interface RecordShow {
  readonly binding: Binding;
  readonly known: Expr;
  readonly expr: Expr;
}

/** What pages about one record show of it, by hole. */
export function recordShows(tables: readonly TableModel[]): ReadonlyMap<string, readonly RecordShow[]> {
  const shows = new Map<string, RecordShow[]>();
  for (const table of tables) {
    for (const binding of table.bindings) {
      if (!binding.by) continue;
      for (const [hole, expr] of binding.shows) {
        const cell = ofRecord(expr, table, binding);
        // A form of a record may never have been seen though the record was.
        const isThere: Expr = { fn: 'not', args: [{ fn: 'isBlank', args: [cell] }] };
        const known: Expr = binding.by.mode === undefined ? { count: recordOf(table, binding) } : isThere;
        const show = { binding, known, expr: cell };
        shows.set(hole.id, [...(shows.get(hole.id) ?? []), show]);
      }
    }
  }
  return shows;
}

/** The first occasions on which a session saw a record that no other session ever saw: what they showed, unknown records show. */
function firstOfUnknown({ values }: Hole, { binding }: RecordShow): ReadonlySet<View> {
  const sessions = new Map<string, Set<number>>();
  const first = new Map<string, View>();
  for (const [{ view }] of [...values].sort(([a], [b]) => a.view.index - b.view.index)) {
    const name = binding.by?.nameAt(view) ?? '';
    if (name === '') continue;
    sessions.set(name, (sessions.get(name) ?? new Set()).add(view.session));
    if (!first.has(name)) first.set(name, view);
  }
  return new Set([...first].filter(([name]) => sessions.get(name)?.size === 1).map(([, view]) => view));
}

/** A hole without the occasions on which it shows a known record; where every address names one, with what unknown ones show. */
export function elsewhere(hole: Hole, shows: readonly RecordShow[]): Hole {
  const without = (isElsewhere: (view: View, of: number) => boolean): Hole => {
    const values = [...hole.values].filter(([{ view }]) => shows.every((_, i) => isElsewhere(view, i)));
    return { ...hole, values: new Map(values) };
  };
  const nameless = without((view, i) => shows[i]?.binding.by?.nameAt(view) === '');
  if (nameless.values.size > 0) return nameless;
  const unknown = shows.map((show) => firstOfUnknown(hole, show));
  return without((view, i) => shows[i]?.binding.by?.nameAt(view) === '' || unknown[i]?.has(view) === true);
}

/**
 * The expression, except where the address names a known record: in the form in which the page shows it in the mode, or where that was
 * never seen, in another.
 */
export function withRecords(expr: Expr, shows: readonly RecordShow[], mode: Expr | undefined): Expr {
  const isSo = ({ binding: { by } }: RecordShow): readonly Expr[] =>
    by?.mode === undefined || !mode ? [] : [by.mode === true ? mode : { fn: 'eq', args: [mode, { lit: by.mode }] }];
  const inForms = shows.filter(({ binding: { by } }) => by?.mode !== undefined);
  const inAny = inForms.reduceRight<Expr>((otherwise, show) => ({ fn: 'if', args: [show.known, show.expr, otherwise] }), expr);
  return shows.reduceRight<Expr>((otherwise, show) => {
    const [first, ...more] = [...isSo(show), show.known];
    const known: Expr = more.length === 0 ? (first as Expr) : { fn: 'and', args: [first as Expr, ...more] };
    return { fn: 'if', args: [known, show.expr, otherwise] };
  }, inAny);
}

/** What a list of values shows is said in terms of the value. */
export function settleGroup({ binding, columns }: GroupList, ledger: Ledger): void {
  const ofValue = (expr: Expr): Expr => mapColumns(expr, (column) => columns.get(column) ?? { lit: '' });
  for (const [hole, expr] of binding.shows) ledger.exprs.set(hole, ofValue(expr));
}
