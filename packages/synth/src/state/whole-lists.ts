import type { Session } from '@backlot/protocol';
import type { SessionViews, View } from '../views.ts';
import type { Lineage } from './lineage.ts';
import type { TableModel } from './tables.ts';

/** Items of a table's list in a view; undefined where the view is of another page. */
export function itemsIn(table: TableModel, view: View): readonly import('../template/pattern.ts').Instance[] | undefined {
  const outer = table.page.instanceOf.get(view);
  return outer && (table.list.items.get(outer) ?? []);
}

/** True for a step that only moves: it asks for a page and changes no data by itself. */
export function isMove(session: Session, step: number): boolean {
  const { action, before, after, exchanges } = session.steps[step] as Session['steps'][number];
  if (exchanges.some((exchange) => exchange.method !== 'GET' && exchange.method !== 'HEAD' && exchange.method !== 'OPTIONS')) return false;
  if (action.kind === 'goto' || action.kind === 'back' || action.kind === 'forward' || action.kind === 'reload') return true;
  return action.kind === 'click' && action.target?.role === 'link' && before.url !== after.url;
}

interface Tally {
  moves: number;
  losses: number;
}

/** Share of moves that may seem to hide a record though the list is whole: recorders and inference err now and then. */
const errors = 0.15;

/** Addresses at which a list shows all of its records: going there hides none. */
export function wholeAddresses(table: TableModel, sessions: readonly SessionViews[], lineages: readonly Lineage[]): ReadonlySet<string> {
  const tallies = new Map<string, Tally>();
  const first = new Map<string, number>();
  for (const [s, session] of sessions.entries()) {
    const lineage = lineages[s] as Lineage;
    const start = session.after.find((view) => itemsIn(table, view));
    if (start) first.set(start.url, (first.get(start.url) ?? 0) + 1);
    for (const [i, after] of session.after.entries()) {
      const before = session.before[i] as View;
      const [was, is] = [itemsIn(table, before), itemsIn(table, after)];
      if (!was?.length || !is || before === after || !isMove(session.session, i)) continue;
      const now = new Set(is.map((item) => lineage.get(item)));
      const tally = tallies.get(after.url) ?? { moves: 0, losses: 0 };
      tally.moves++;
      if (was.some((item) => !now.has(lineage.get(item)))) tally.losses++;
      tallies.set(after.url, tally);
    }
  }
  const isWhole = (tally: Tally): boolean => tally.losses <= errors * tally.moves;
  const whole = new Set([...tallies].filter(([, tally]) => isWhole(tally)).map(([url]) => url));
  for (const url of first.keys()) if (isWhole(tallies.get(url) ?? { moves: 0, losses: 0 }) || whole.size === 0) whole.add(url);
  return whole;
}

/** Share of mere moves on which a list may come to show other records and still count as one whole list. */
const steadyShare = 0.1;

/** True where moving between addresses that show the list whole leaves its records as they were. */
export function isSteady(table: TableModel, sessions: readonly SessionViews[], lineages: readonly Lineage[]): boolean {
  const whole = wholeAddresses(table, sessions, lineages);
  let [moves, jumps] = [0, 0];
  for (const [s, session] of sessions.entries()) {
    const lineage = lineages[s] as Lineage;
    for (const [i, after] of session.after.entries()) {
      const before = session.before[i] as View;
      const [was, is] = [itemsIn(table, before), itemsIn(table, after)];
      if (!was || !is || before === after || !isMove(session.session, i) || !whole.has(before.url) || !whole.has(after.url)) continue;
      moves++;
      const records = new Set(was.map((item) => lineage.get(item)));
      if (was.length !== is.length || is.some((item) => !records.has(lineage.get(item)))) jumps++;
    }
  }
  return jumps <= steadyShare * moves;
}
