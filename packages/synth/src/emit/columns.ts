import type { Column, Row, Table } from '@backlot/protocol';
import type { ListQuery } from '../explain/list-queries.ts';
import type { TableHistory } from '../state/belief.ts';
import type { ColumnModel, TableModel } from '../state/tables.ts';
import { itemsIn } from '../state/whole-lists.ts';
import type { SessionViews } from '../views.ts';

/** Pages that show a list, with its rows; `fresh` where the document was just loaded. */
function shownRows(
  history: TableHistory,
  sessions: readonly SessionViews[],
): readonly { readonly rows: readonly Row[]; readonly fresh: boolean }[] {
  return sessions.flatMap((session) =>
    session.after.flatMap((view, i) => {
      const rows = itemsIn(history.table, view) && history.tracked[view.session]?.rows.get(view);
      return rows ? [{ rows, fresh: i === 0 || session.after[i - 1]?.load !== view.load }] : [];
    }),
  );
}

/** A switch that is always off on a page just loaded, though pages turn it on, lives no longer than the page. */
function isPassing(column: ColumnModel, history: TableHistory, sessions: readonly SessionViews[]): boolean {
  if (column.type !== 'boolean') return false;
  const shown = shownRows(history, sessions);
  const isOn = (rows: readonly Row[]): boolean => rows.some((row) => row[column.name] === true);
  const fresh = shown.filter((page) => page.fresh && page.rows.length > 0);
  return fresh.length > 0 && !fresh.some(({ rows }) => isOn(rows)) && shown.some((page) => !page.fresh && isOn(page.rows));
}

/** The column that names a row to people: the first text that a list shows, else the first of all. */
function labelOf({ columns, bindings, fetched }: TableModel): string | undefined {
  const listed = fetched ? bindings.flatMap(({ list, isFetched, columns: own }) => (list && !isFetched ? own : [])) : [];
  const isText = ({ type, source }: ColumnModel): boolean => type === 'text' && source?.kind === 'text';
  return (listed.find(isText) ?? columns.find(({ type }) => type === 'text'))?.name;
}

/** Tables with their columns; the first text column names a row to people. */
export function emitTables(
  histories: readonly TableHistory[],
  sessions: readonly SessionViews[],
  queries: readonly ListQuery[],
): readonly Table[] {
  return histories.map((history): Table => {
    const columns = history.table.columns.map((column): Column => ({
      name: column.name,
      type: column.type,
      scope: !history.table.fetched && isPassing(column, history, sessions) ? 'page' : 'server',
      initial: column.type === 'boolean' ? false : column.type === 'list' ? [] : '',
    }));
    const label = labelOf(history.table);
    const places = queries.flatMap(({ table, memory }): Column[] =>
      memory && table === history.table ? [{ name: memory.column, type: 'list', scope: 'server', initial: [] }] : [],
    );
    return { name: history.table.name, columns: [...columns, ...places], ...(label === undefined ? {} : { label }) };
  });
}
