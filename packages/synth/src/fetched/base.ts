import type { Row } from '@backlot/protocol';
import { baseRows } from '../state/base-rows.ts';
import { sightingsIn, viewsInOrder } from '../state/sightings.ts';
import type { TableModel } from '../state/tables.ts';
import type { SessionViews } from '../views.ts';

/** Ids of the records that a session's scripts held first. */
function firstHeld(table: TableModel, session: SessionViews): readonly string[] {
  for (const view of viewsInOrder(session)) {
    const held = sightingsIn(table, view).filter(({ binding }) => binding.isFetched === true);
    if (held.length > 0) return held.map(({ id }) => id);
  }
  return [];
}

/** Records with which an account begins: those that scripts were sent first, in the order in which they came. */
export function fetchedBase(table: TableModel, sessions: readonly SessionViews[]): readonly Row[] {
  const counts = new Map<string, number>();
  const first = sessions.map((session) => firstHeld(table, session)).filter((ids) => ids.length > 0);
  for (const id of first.flat()) counts.set(id, (counts.get(id) ?? 0) + 1);
  const rows = new Map(baseRows(table, sessions).map((row) => [row.id, row]));
  return [...counts].flatMap(([id, count]) => {
    const row = count * 2 > first.length ? rows.get(id) : undefined;
    return row ? [row] : [];
  });
}
