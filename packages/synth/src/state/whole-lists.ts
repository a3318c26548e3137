import type { Instance } from '../template/pattern.ts';
import type { SessionViews, View } from '../views.ts';
import type { Lineage } from './lineage.ts';
import { itemsOf } from './bindings.ts';
import { isMove } from './moves.ts';
import type { TableModel } from './tables.ts';
import { mainList } from './tables.ts';

/** Items of a table's list in a view; undefined where the view is of another page. */
export function itemsIn(table: TableModel, view: View): readonly Instance[] | undefined {
  return itemsOf(mainList(table), view);
}

interface Tally {
  readonly moves: number;
  readonly losses: number;
  /** Losses of records that a later move brought back: they were out of sight. */
  readonly returns: number;
}

/** Share of moves that may seem to hide a record though the list is whole: recorders and inference err now and then. */
const errors = 0.05;

/** A mere move between two pages that show a list, with the records on both. */
interface ListMove {
  readonly before: View;
  readonly after: View;
  readonly was: readonly (number | undefined)[];
  readonly is: readonly (number | undefined)[];
}

function listMoves(table: TableModel, session: SessionViews, lineage: Lineage): readonly ListMove[] {
  const records = (view: View): readonly (number | undefined)[] | undefined => itemsIn(table, view)?.map((item) => lineage.get(item));
  return session.after.flatMap((after, i): ListMove[] => {
    const before = session.before[i] as View;
    const [was, is] = [records(before), records(after)];
    return was && is && before !== after && isMove(session.session, i) ? [{ before, after, was, is }] : [];
  });
}

/** The same share for records that come back: a recorder that errs loses them otherwise. */
const hidden = 0.05;

const isWhole = ({ moves, losses, returns }: Tally): boolean => losses <= errors * moves && returns <= hidden * moves;

const unmoved: Tally = { moves: 0, losses: 0, returns: 0 };

/** True where a move takes records away that a later one brings back. */
function comesBack(moves: readonly ListMove[], at: number): boolean {
  const { was, is } = moves[at] as ListMove;
  const lost = was.filter((record) => !is.includes(record));
  return moves.slice(at + 1).some((later) => lost.some((record) => later.is.includes(record) && !later.was.includes(record)));
}

/** Addresses at which a list shows all of its records: going there hides none. */
export function wholeAddresses(table: TableModel, sessions: readonly SessionViews[], lineages: readonly Lineage[]): ReadonlySet<string> {
  const tallies = new Map<string, Tally>();
  const starts = new Set<string>();
  for (const [s, session] of sessions.entries()) {
    const start = session.after.find((view) => itemsIn(table, view));
    if (start) starts.add(start.url);
    const moves = listMoves(table, session, lineages[s] as Lineage);
    for (const [i, { after, was, is }] of moves.entries()) {
      if (was.length === 0) continue;
      const { moves: all, losses, returns } = tallies.get(after.url) ?? unmoved;
      const loses = was.some((record) => !is.includes(record));
      const back = loses && comesBack(moves, i);
      tallies.set(after.url, { moves: all + 1, losses: losses + (loses ? 1 : 0), returns: returns + (back ? 1 : 0) });
    }
  }
  const whole = new Set([...tallies].filter(([, tally]) => isWhole(tally)).map(([url]) => url));
  for (const url of starts) if (isWhole(tallies.get(url) ?? unmoved) || whole.size === 0) whole.add(url);
  return whole;
}

/** Share of mere moves on which a list may come to show other records and still count as one whole list. */
const steadyShare = 0.1;

/** True where moving between addresses that show the list whole leaves its records as they were. */
export function isSteady(table: TableModel, sessions: readonly SessionViews[], lineages: readonly Lineage[]): boolean {
  const whole = wholeAddresses(table, sessions, lineages);
  const moves = sessions
    .flatMap((session, s) => listMoves(table, session, lineages[s] as Lineage))
    .filter(({ before, after }) => whole.has(before.url) && whole.has(after.url));
  const jumps = moves.filter(({ was, is }) => was.length !== is.length || is.some((record) => !was.includes(record)));
  return jumps.length <= steadyShare * moves.length;
}
