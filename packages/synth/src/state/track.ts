import type { Row } from '@backlot/protocol';
import type { Instance } from '../template/pattern.ts';
import type { SessionViews, View } from '../views.ts';
import type { Lineage } from './lineage.ts';
import type { TableModel } from './tables.ts';
import { cellOf } from './tables.ts';
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

function rowOf(options: TrackOptions, item: Instance): Row {
  const row: Record<string, Row[string]> = {};
  for (const column of options.table.columns) row[column.name] = cellOf(column, item);
  return { ...row, id: recordId(options.table, item.view.session, options.lineage.get(item) as number) };
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

/** Predicted rows that were added get the identity of the record that the page shows at their place. */
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
  const names = table.columns.map((column) => column.name);
  let now: readonly Row[] = [];
  const visit = (view: View, step: number | null): void => {
    if (rows.has(view)) {
      now = rows.get(view) as readonly Row[];
      return;
    }
    const items = itemsIn(table, view);
    const seen = items?.map((item) => rowOf(options, item));
    if (seen && wholeAddresses.has(view.url)) {
      now = seen;
      whole.add(view);
    } else {
      const predicted = step === null ? null : (options.predict?.(step, now) ?? null);
      now = predicted ? adopt(predicted, seen ?? [], names) : now;
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
