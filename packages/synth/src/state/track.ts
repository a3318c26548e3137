import type { Row } from '@backlot/protocol';
import type { Instance } from '../template/pattern.ts';
import type { SessionViews, View } from '../views.ts';
import type { Lineage } from './lineage.ts';
import { presentColumns } from './bindings.ts';
import type { TableModel } from './tables.ts';
import { cellOf, isSeen } from './columns.ts';
import { mainList } from './tables.ts';
import { itemsIn } from './whole-lists.ts';

/** A table as it must have stood behind each view of a session. */
export interface Tracked {
  readonly rows: ReadonlyMap<View, readonly Row[]>;
  /** Views that showed the table whole. */
  readonly whole: ReadonlySet<View>;
}

/** What the rules learned so far say of a table after a step; null: nothing. Rows added have ids that start with `n`. */
export type Predict = (step: number, rows: readonly Row[]) => readonly Row[] | null;

export interface TrackOptions {
  readonly table: TableModel;
  readonly session: SessionViews;
  readonly lineage: Lineage;
  readonly wholeAddresses: ReadonlySet<string>;
  readonly predict?: Predict;
}

/** Row id of a record: unique in the world, stable in its session. */
export function recordId(table: TableModel, session: number, record: number): string {
  return `${table.name}s${session}r${record}`;
}

/** What an item tells of its record; what it does not show stays as it was believed. */
function rowOf(options: TrackOptions, item: Instance, believed: readonly Row[]): Row {
  const blank = presentColumns(mainList(options.table));
  const id = recordId(options.table, item.view.session, options.lineage.get(item) as number);
  const known = believed.find((row) => row.id === id);
  const row: Record<string, Row[string]> = {};
  for (const column of options.table.columns) {
    const hidden = known && column.source && !column.source.values.has(item) && !blank.has(column.name);
    row[column.name] = hidden ? (known[column.name] ?? null) : cellOf(column, item);
  }
  return { ...row, id };
}

/** Puts what was seen into what is believed: seen rows replace believed ones, new ones follow their neighbour on the page. */
function reconcile(believed: readonly Row[], seen: readonly Row[]): readonly Row[] {
  const fresh = new Map(seen.map((row) => [row.id, row]));
  const known = new Set(believed.map((row) => row.id));
  const out = believed.map((row) => fresh.get(row.id) ?? row);
  for (const [i, row] of seen.entries()) {
    if (known.has(row.id)) continue;
    const before = seen[i - 1];
    const at = before ? out.findIndex((r) => r.id === before.id) + 1 : i === 0 && seen.length > 1 ? 0 : out.length;
    out.splice(before ? (at === seen.length - 1 ? out.length : at) : at, 0, row);
  }
  return out;
}

/** Predicted rows that were added get the identity of a record that the page shows, where those columns say the same. */
function adopt(predicted: readonly Row[], seen: readonly Row[], columns: readonly string[]): readonly Row[] {
  const free = seen.filter((row) => !predicted.some((p) => p.id === row.id));
  return predicted.map((row) => {
    if (!row.id.startsWith('n')) return row;
    const at = free.findIndex((candidate) => columns.every((name) => candidate[name] === row[name]));
    return at < 0 ? row : (free.splice(at, 1)[0] as Row);
  });
}

/**
 * Follows a table through a session. Where the list shows it whole, the page decides; elsewhere the rules learned so far carry
 * what is out of sight, and the rows in sight are corrected by the page.
 */
export function trackTable(options: TrackOptions): Tracked {
  const { table, session, wholeAddresses } = options;
  const rows = new Map<View, readonly Row[]>();
  const whole = new Set<View>();
  const seen = table.columns.filter(isSeen);
  const names = (seen.length > 0 ? seen : table.columns).map((column) => column.name);
  let now: readonly Row[] = [];
  let hidden = 0;
  /** Rows predicted out of sight get an identity of their own. */
  const named = (predicted: readonly Row[]): readonly Row[] => {
    const known = new Set(now);
    return predicted.map((row) =>
      row.id.startsWith('n') && !known.has(row) && !known.has(now.find((r) => r.id === row.id) as Row)
        ? { ...row, id: `n${table.name}${hidden++}` }
        : row,
    );
  };
  /** A predicted row that comes into sight is the record seen, in earlier views as well. */
  const recognise = (seen: readonly Row[]): void => {
    const adopted = adopt(now, seen, names);
    const ids = new Map(now.flatMap((row, i) => (row.id === adopted[i]?.id ? [] : [[row.id, (adopted[i] as Row).id] as const])));
    if (ids.size === 0) return;
    const rename = (list: readonly Row[]): readonly Row[] =>
      list.map((row) => (ids.has(row.id) ? { ...row, id: ids.get(row.id) as string } : row));
    for (const [view, list] of rows) rows.set(view, rename(list));
    now = rename(now);
  };
  const visit = (view: View, step: number | null): void => {
    if (rows.has(view)) {
      now = rows.get(view) as readonly Row[];
      return;
    }
    const items = itemsIn(table, view);
    const seen = items?.map((item) => rowOf(options, item, now));
    if (seen) recognise(seen);
    if (seen && wholeAddresses.has(view.url)) {
      now = seen;
      whole.add(view);
    } else {
      const predicted = step === null ? null : (options.predict?.(step, now) ?? null);
      now = predicted ? adopt(named(predicted), seen ?? [], names) : now;
      if (seen) now = reconcile(now, seen);
    }
    rows.set(view, now);
  };
  for (const [i, after] of session.after.entries()) {
    visit(session.before[i] as View, null);
    visit(after, i);
  }
  return { rows, whole };
}
