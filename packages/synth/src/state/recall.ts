import type { Row } from '@backlot/protocol';
import type { ListMemory } from '../explain/list-memory.ts';
import { rowId, shownAt } from '../explain/list-memory.ts';
import type { SessionViews, View } from '../views.ts';
import type { TableHistory } from './belief.ts';
import { cellOf } from './tables.ts';
import type { Tracked } from './track.ts';
import { itemsIn } from './whole-lists.ts';

/** Records that this address is known to show, but shows no more: they are gone, unless the page is as full as before. */
function goneFrom(believed: readonly Row[], seen: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const expected = believed.filter((row) => Array.isArray(row[shownAt]) && row[shownAt].includes(key));
  const missing = expected.filter((row) => !seen.has(row.id));
  return new Set(seen.size < expected.length ? missing.map((row) => row.id) : []);
}

function place(believed: Row[], seen: readonly Row[]): void {
  for (const [i, row] of seen.entries()) {
    const at = believed.findIndex((candidate) => candidate.id === row.id);
    if (at >= 0) {
      believed[at] = { ...believed[at], ...row };
      continue;
    }
    const before = seen[i - 1];
    believed.splice(before ? believed.findIndex((candidate) => candidate.id === before.id) + 1 : 0, 0, { ...row, [shownAt]: [] });
  }
}

function recallSession(session: SessionViews, list: ListMemory): Tracked {
  const rows = new Map<View, readonly Row[]>();
  let now: readonly Row[] = list.rows(session.session.account);
  for (const view of session.after.flatMap((after, i) => [session.before[i] as View, after])) {
    const items = rows.has(view) ? undefined : itemsIn(list.table, view);
    if (items) {
      const seen = items.map((item): Row => {
        const cells = Object.fromEntries(list.table.columns.map((column) => [column.name, cellOf(column, item)]));
        return { ...cells, id: rowId(list.table, list.nameOf(item)) };
      });
      const gone = goneFrom(now, new Set(seen.map((row) => row.id)), list.keyAt(view));
      const next = now.filter((row) => !gone.has(row.id));
      place(next, seen);
      now = next;
    }
    rows.set(view, rows.get(view) ?? now);
  }
  return { rows, whole: new Set() };
}

/** Follows a remembered list: what its account is known to have, corrected by everything that the session showed. */
export function recall(history: TableHistory, list: ListMemory, sessions: readonly SessionViews[]): TableHistory {
  return {
    ...history,
    idOf: (item) => rowId(list.table, list.nameOf(item)),
    tracked: sessions.map((session) => recallSession(session, list)),
  };
}
