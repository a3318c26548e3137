import type { Row, State, Value } from '@backlot/protocol';
import { withoutHash } from '../route.ts';

/** Everything an expression can see. `field` answers for live form values in the current row context. */
export interface Scope {
  readonly state: State;
  readonly rows: Readonly<Record<string, Row>>;
  /** Innermost bound row: what `col` without `of` reads. */
  readonly row?: Row;
  readonly args: Readonly<Record<string, Value>>;
  readonly params: Readonly<Record<string, string>>;
  readonly field: (anchor: string, scope: Scope) => Value;
}

/** The scope with one more bound row. */
export function bindRow(scope: Scope, name: string, row: Row): Scope {
  const { state, args, params, field } = scope;
  return { state, args, params, field, row, rows: { ...scope.rows, [name]: row } };
}

/** A scope whose innermost row is replaced as one goes from row to row: what looks through it must keep no hold of it. */
export interface Cursor extends Scope {
  rows: Record<string, Row>;
  row: Row;
}

/** A cursor that stands at a row. */
export const cursorAt = (scope: Scope, name: string, row: Row): Cursor => bindRow(scope, name, row) as Cursor;

/** Moves a cursor of that name to another row. */
export function moveTo(cursor: Cursor, name: string, row: Row): Cursor {
  cursor.row = row;
  cursor.rows[name] = row;
  return cursor;
}

/** The address that the page shown belongs to. */
export function currentUrl(state: State): string {
  return state.history.entries[state.history.index] ?? '/';
}

/** The latest address in the history that is another page's. */
export function previousUrl({ history: { entries, index } }: State): string {
  const page = withoutHash(entries[index] ?? '');
  for (let i = index - 1; i >= 0; i -= 1) {
    const entry = entries[i] ?? '';
    if (withoutHash(entry) !== page) return entry;
  }
  return '';
}
