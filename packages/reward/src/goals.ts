import type { Goal, Row, State, World } from '@backlot/protocol';
import { currentUrl, matchPath, matchQuery, parseAddress } from '@backlot/world';
import { differingColumns, lastingColumns } from './net-change.ts';
import { cellsHeld, isSameValue } from './values.ts';
import { dataWords } from './data-words.ts';
import { rowOf, sayCells, sayMisses, sayRow, sayValue } from './wording.ts';

/** How far one goal is met: parts held of parts wanted, what was done too much for it, and all of that in words. */
export interface Verdict {
  readonly held: number;
  readonly wanted: number;
  readonly excess: number;
  readonly feedback: readonly string[];
}

/** What an agent said when it ended: what it found out, or that it gave up. */
export interface Said {
  readonly answer?: string | undefined;
  readonly gaveUp?: boolean;
}

/** Start, end and world of an episode; and what was said, once it is over. */
export interface Span {
  readonly world: World;
  readonly start: State;
  readonly end: State;
  readonly said?: Said;
}

type GoalOf<K extends Goal['kind']> = Extract<Goal, { kind: K }>;

const verdict = (held: number, wanted: number, feedback: readonly string[]): Verdict => ({ held, wanted, excess: 0, feedback });

/** Judges a goal about one row, a register or the address. Goals about inserted rows share rows: see `judgeInserted`. */
export function judgeGoal(goal: Exclude<Goal, { kind: 'inserted' }>, span: Span): Verdict {
  switch (goal.kind) {
    case 'updated':
      return judgeUpdated(goal, span);
    case 'deleted':
      return judgeDeleted(goal, span);
    case 'register': {
      const now = span.end.registers[goal.name];
      if (isSameValue(now, goal.value)) return verdict(1, 1, []);
      return verdict(0, 1, [`Missing: ${dataWords(span.world).register(goal.name)} is ${sayValue(now)}, not ${sayValue(goal.value)}.`]);
    }
    case 'at': {
      const url = currentUrl(span.end);
      return isAt(goal.url, url) ? verdict(1, 1, []) : verdict(0, 1, [`Missing: the episode ended at ${url}, not at ${goal.url}.`]);
    }
  }
}

function judgeUpdated(goal: GoalOf<'updated'>, { world, start, end }: Span): Verdict {
  const wanted = Math.max(1, Object.keys(goal.now).length);
  const before = rowOf(start, goal.table, goal.row);
  const after = rowOf(end, goal.table, goal.row);
  if (before === undefined || cellsHeld(before, goal.was) < Object.keys(goal.was).length) {
    return verdict(0, wanted, [sayNoStart(world, goal)]);
  }
  const name = sayRow(world, goal.table, before);
  if (after === undefined)
    return verdict(0, wanted, [`Broken: ${name} is gone; it had to get ${sayCells(world, { table: goal.table, cells: goal.now })}.`]);
  const table = world.tables.find((candidate) => candidate.name === goal.table);
  const others = (table ? lastingColumns(table) : []).filter((column) => !(column in goal.now) && goal.free?.includes(column) !== true);
  const words = dataWords(world);
  const touched = differingColumns(before, after, others);
  const feedback = touched.map(
    (column) =>
      `In excess: ${words.column(goal.table, column)} of ${name} was changed from ${sayValue(before[column])} to ${sayValue(after[column])}.`,
  );
  const misses = sayMisses(world, after, { table: goal.table, cells: goal.now });
  if (misses !== '')
    feedback.unshift(`${differingColumns(before, after, Object.keys(goal.now)).length > 0 ? 'Broken' : 'Missing'}: ${name}: ${misses}.`);
  const held = Object.keys(goal.now).length === 0 ? 1 : cellsHeld(after, goal.now);
  return { held, wanted, excess: touched.length, feedback };
}

function judgeDeleted(goal: GoalOf<'deleted'>, { world, start, end }: Span): Verdict {
  const before = rowOf(start, goal.table, goal.row);
  if (before === undefined || cellsHeld(before, goal.was) < Object.keys(goal.was).length) {
    return verdict(0, 1, [sayNoStart(world, goal)]);
  }
  if (rowOf(end, goal.table, goal.row) === undefined) return verdict(1, 1, []);
  return verdict(0, 1, [`Missing: ${sayRow(world, goal.table, before)} is still there.`]);
}

function sayNoStart(world: World, { table, row, was }: GoalOf<'updated' | 'deleted'>): string {
  const cells = sayCells(world, { table, cells: was });
  return `Broken: the start has no ${dataWords(world).table(table)} ${row} with ${cells}: the task does not fit its start state.`;
}

function isAt(wanted: string, url: string): boolean {
  const goal = parseAddress(wanted);
  const now = parseAddress(url);
  return matchPath(goal.path, now.path) !== null && matchQuery(goal.query, now.query) && goal.hash === now.hash;
}

/**
 * Judges all goals about inserted rows together, since a row counts for one goal only: goals with more cells choose first.
 * A row that no goal claims stands in for one that is missing and earns the cells that it has right. `left` are rows beyond that.
 */
export function judgeInserted(
  goals: readonly GoalOf<'inserted'>[],
  inserted: readonly { table: string; row: Row }[],
  world: World,
): { verdicts: readonly Verdict[]; left: readonly Row[] } {
  const free = new Set(inserted);
  const order = goals
    .map((goal, at) => ({ goal, at }))
    .toSorted((a, b) => Object.keys(b.goal.cells).length - Object.keys(a.goal.cells).length || a.at - b.at);
  const missing = order.map((entry) => ({ ...entry, short: entry.goal.count - claim(entry.goal, free) }));
  const verdicts: Verdict[] = [];
  for (const { goal, at, short } of missing) verdicts[at] = judgeShort(goal, short, { free, world });
  for (const { goal, at } of order) verdicts[at] = withTooMany(verdicts[at] as Verdict, goal, { free, world });
  return { verdicts, left: [...free].map(({ row }) => row) };
}

interface Pool {
  readonly free: Set<{ table: string; row: Row }>;
  readonly world: World;
}

const fits = (goal: GoalOf<'inserted'>, entry: { table: string; row: Row }): boolean =>
  entry.table === goal.table && cellsHeld(entry.row, goal.cells) === Object.keys(goal.cells).length;

/** Takes up to `count` rows that have every cell; how many it got. */
function claim(goal: GoalOf<'inserted'>, free: Set<{ table: string; row: Row }>): number {
  const taken = [...free].filter((entry) => fits(goal, entry)).slice(0, goal.count);
  for (const entry of taken) free.delete(entry);
  return taken.length;
}

function judgeShort(goal: GoalOf<'inserted'>, short: number, { free, world }: Pool): Verdict {
  const cells = Math.max(1, Object.keys(goal.cells).length);
  let held = (goal.count - short) * cells;
  const feedback: string[] = [];
  let still = short;
  for (; still > 0; still--) {
    const [best] = [...free]
      .filter(({ table }) => table === goal.table)
      .toSorted((a, b) => cellsHeld(b.row, goal.cells) - cellsHeld(a.row, goal.cells));
    if (best === undefined) break;
    free.delete(best);
    held += cellsHeld(best.row, goal.cells);
    feedback.push(`Broken: the new ${sayRow(world, goal.table, best.row)}: ${sayMisses(world, best.row, goal)}.`);
  }
  if (still > 0)
    feedback.push(`Missing: ${still === 1 ? 'a' : still} new ${dataWords(world).table(goal.table)} with ${sayCells(world, goal)}.`);
  return verdict(held, goal.count * cells, feedback);
}

/** "Exactly `count`": rows that fit and that nobody claimed are too many. */
function withTooMany(judged: Verdict, goal: GoalOf<'inserted'>, { free, world }: Pool): Verdict {
  const surplus = [...free].filter((entry) => fits(goal, entry));
  for (const entry of surplus) free.delete(entry);
  const feedback = surplus.map(({ row }) => `In excess: one more ${sayRow(world, goal.table, row)} was added than asked for.`);
  return { ...judged, excess: judged.excess + surplus.length, feedback: [...judged.feedback, ...feedback] };
}
