import type { Column, Table } from '@backlot/protocol';
import type { ListMemory } from '../explain/list-memory.ts';
import { shownAt } from '../explain/list-memory.ts';
import type { TableHistory } from '../state/belief.ts';
import type { ColumnModel } from '../state/tables.ts';
import { itemsIn } from '../state/whole-lists.ts';
import type { SessionViews } from '../views.ts';

/** A switch that is always off on a page just loaded, though pages turn it on, lives no longer than the page. */
function isPassing(column: ColumnModel, history: TableHistory, sessions: readonly SessionViews[]): boolean {
  if (column.type !== 'boolean') return false;
  let [onLater, onFresh, reloads] = [false, false, 0];
  for (const session of sessions) {
    for (const [i, view] of session.after.entries()) {
      const rows = itemsIn(history.table, view) && history.tracked[view.session]?.rows.get(view);
      if (!rows) continue;
      const fresh = i === 0 || session.after[i - 1]?.load !== view.load;
      const on = rows.some((row) => row[column.name] === true);
      if (fresh && rows.length > 0) reloads++;
      if (fresh) onFresh ||= on;
      else onLater ||= on;
    }
  }
  return onLater && !onFresh && reloads > 0;
}

/** Tables with their columns; the first text column names a row to people. */
export function emitTables(histories: readonly TableHistory[], sessions: readonly SessionViews[], lists: readonly ListMemory[]): readonly Table[] {
  return histories.map((history): Table => {
    const columns = history.table.columns.map(
      (column): Column => ({
        name: column.name,
        type: column.type,
        scope: isPassing(column, history, sessions) ? 'page' : 'server',
        initial: column.type === 'boolean' ? false : column.type === 'list' ? [] : '',
      }),
    );
    const label = history.table.columns.find((column) => column.type === 'text')?.name;
    const places: readonly Column[] = lists.some((list) => list.table === history.table) ? [{ name: shownAt, type: 'list', scope: 'server', initial: [] }] : [];
    return { name: history.table.name, columns: [...columns, ...places], ...(label === undefined ? {} : { label }) };
  });
}
