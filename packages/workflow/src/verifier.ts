import type { Action, Goal, Row, State, Value, Verifier, World } from '@backlot/protocol';
import { lastingColumns, netChange, withoutAside, type Change } from '@backlot/reward';
import { currentUrl, transition } from '@backlot/world';
import { playActions } from './replay.ts';
import { shakenByLooking } from './shaken.ts';

type Scalar = string | number | boolean | null;

/**
 * The verifier of a task: the net change of its oracle, lifted to goals, and nothing else. What comes out otherwise at another time or
 * after other work (the time of day, the number of a new record), or by looking, is not asked for. Work that changes nothing is verified by where it
 * ends. Null where no goal says what was done.
 */
export function liftVerifier(world: World, start: State, oracle: readonly Action[]): Verifier | null {
  const end = playActions(world, start, oracle);
  if (!end) return null;
  const shaken = shakenByLooking(world, [start, end]);
  const changes = withoutAside(netChange(world, start, end), shaken);
  if (changes.length === 0) {
    const url = currentUrl(end);
    return url === currentUrl(start) ? null : { goals: [{ kind: 'at', url }], nothingElse: true, ...asideOf(shaken) };
  }
  const others = changesLater({ world, start, shaken }, oracle);
  const sides = changes.map((change, i) => ({ change, other: counterpart(change, others?.[i]) }));
  const dated = sides.flatMap(({ change, other }) =>
    change.kind === 'register' && other?.kind === 'register' && !isSameValue(change.now, other.now) ? [change.name] : [],
  );
  const asked = withoutAside(changes, dated);
  const goals = sides.flatMap(({ change, other }) =>
    asked.includes(change) ? [goalOf(world, { change, other, shaken: new Set(shaken) })] : [],
  );
  if (goals.length === 0 || !goals.every((goal) => goal !== null)) return null;
  return { goals: merge(goals), nothingElse: true, ...asideOf([...dated, ...shaken]) };
}

/** What a verifier sets aside, if anything. */
export function asideOf(names: readonly string[]): Pick<Verifier, 'aside'> {
  return names.length === 0 ? {} : { aside: [...new Set(names)].toSorted() };
}

const isSameValue = (a: Value | undefined, b: Value | undefined): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** A day, an hour, a minute and a second. */
const laterMs = 90_061_000;
const moreRows = 7;

/** The same start at another time, when other records have been made. */
export function laterStart(world: World, start: State, times = 1): State {
  const later = transition(world, start, { type: 'advance', ms: times * laterMs }).state;
  return { ...later, serial: later.serial + times * moreRows };
}

interface Lifting {
  readonly world: World;
  readonly start: State;
  readonly shaken: readonly string[];
}

function changesLater({ world, start, shaken }: Lifting, oracle: readonly Action[]): readonly Change[] | null {
  const later = laterStart(world, start);
  const end = playActions(world, later, oracle);
  return end && withoutAside(netChange(world, later, end), shaken);
}

/** The change of the other run that is about the same; undefined where there is none. */
function counterpart(change: Change, other: Change | undefined): Change | undefined {
  if (other?.kind !== change.kind) return undefined;
  if (change.kind === 'register') return other.kind === 'register' && other.name === change.name ? other : undefined;
  return 'table' in other && other.table === change.table ? other : undefined;
}

const isScalar = (value: Value | undefined): value is Scalar => value === null || typeof value !== 'object';

interface Side {
  readonly change: Change;
  /** The same change at another time. */
  readonly other: Change | undefined;
  readonly shaken: ReadonlySet<string>;
}

function goalOf(world: World, { change, other, shaken }: Side): Goal | null {
  if (change.kind === 'register') return isScalar(change.now) ? { kind: 'register', name: change.name, value: change.now } : null;
  const { table } = change;
  const isFirm = (column: string): boolean => !shaken.has(`${table}.${column}`);
  const lasting = columnsOf(world, table).filter(isFirm);
  switch (change.kind) {
    case 'inserted': {
      const steady = (column: string): boolean => other?.kind !== 'inserted' || isSameValue(other.row[column], change.row[column]);
      const cells = cellsOf(change.row, lasting.filter(steady));
      return Object.keys(cells).length === 0 ? null : { kind: 'inserted', table, cells, count: 1 };
    }
    case 'deleted':
      return { kind: 'deleted', table, row: change.row.id, was: cellsOf(change.row, lasting) };
    case 'updated': {
      const changed = change.columns.filter(isFirm);
      const dated = other?.kind === 'updated' ? changed.filter((column) => !isSameValue(other.now[column], change.now[column])) : [];
      const free = [...dated, ...columnsOf(world, table).filter((column) => !isFirm(column))];
      const columns = changed.filter((column) => !dated.includes(column));
      const now = cellsOf(change.now, columns);
      // A list can't be asked for, and would count as done in excess.
      if (Object.keys(now).length < columns.length) return null;
      return { kind: 'updated', table, row: change.was.id, was: cellsOf(change.was, columns), now, ...(free.length === 0 ? {} : { free }) };
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
