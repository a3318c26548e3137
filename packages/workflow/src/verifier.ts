import type { Action, Goal, Row, State, Value, Verifier, World } from '@backlot/protocol';
import { lastingColumns, netChange, type Change } from '@backlot/reward';
import { currentUrl } from '@backlot/world';
import { playActions } from './replay.ts';

type Scalar = string | number | boolean | null;

/**
 * The verifier of a task: the net change of its oracle, lifted to goals, and nothing else. Work that changes nothing is verified by where it ends. Null where no goal says what was done.
 */
export function liftVerifier(world: World, start: State, oracle: readonly Action[]): Verifier | null {
  const end = playActions(world, start, oracle);
  if (!end) return null;
  const changes = netChange(world, start, end);
  if (changes.length === 0) {
    const url = currentUrl(end);
    return url === currentUrl(start) ? null : { goals: [{ kind: 'at', url }], nothingElse: true };
  }
  const goals = changes.map((change) => goalOf(world, change));
  return goals.every((goal) => goal !== null) ? { goals: merge(goals), nothingElse: true } : null;
}

const isScalar = (value: Value | undefined): value is Scalar => value === null || typeof value !== 'object';

function goalOf(world: World, change: Change): Goal | null {
  switch (change.kind) {
    case 'inserted': {
      const cells = cellsOf(change.row, columnsOf(world, change.table));
      return Object.keys(cells).length === 0 ? null : { kind: 'inserted', table: change.table, cells, count: 1 };
    }
    case 'deleted':
      return { kind: 'deleted', table: change.table, row: change.row.id, was: cellsOf(change.row, columnsOf(world, change.table)) };
    case 'register':
      return isScalar(change.now) ? { kind: 'register', name: change.name, value: change.now } : null;
    case 'updated': {
      const now = cellsOf(change.now, change.columns);
      // A list can't be asked for, and would count as done in excess.
      if (Object.keys(now).length < change.columns.length) return null;
      return { kind: 'updated', table: change.table, row: change.was.id, was: cellsOf(change.was, change.columns), now };
    }
  }
}

function columnsOf(world: World, name: string): readonly string[] {
  const table = world.tables.find((each) => each.name === name);
  return table ? lastingColumns(table) : [];
}

/** Cells that are no lists. */
function cellsOf(row: Row, columns: readonly string[]): Record<string, Scalar> {
  const cells: Record<string, Scalar> = {};
  for (const column of columns) {
    const value = row[column];
    if (value !== undefined && isScalar(value)) cells[column] = value;
  }
  return cells;
}

/** Equal new rows become one goal with their number. */
function merge(goals: readonly Goal[]): Goal[] {
  const merged: Goal[] = [];
  for (const goal of goals) {
    const at = merged.findIndex((each) => each.kind === 'inserted' && JSON.stringify({ ...each, count: 1 }) === JSON.stringify(goal));
    const known = merged[at];
    if (known?.kind === 'inserted') merged[at] = { ...known, count: known.count + 1 };
    else merged.push(goal);
  }
  return merged;
}
