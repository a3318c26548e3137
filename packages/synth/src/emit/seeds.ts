import type { Row, Seed, Value } from '@backlot/protocol';
import type { Explained } from '../explain/site-holes.ts';
import type { TableHistory } from '../state/belief.ts';
import { guessCells } from '../state/guess-cells.ts';
import type { ToldCells } from '../state/told-cells.ts';
import { toldCells, withTold } from '../state/told-cells.ts';
import type { Mentions } from '../state/told-records.ts';
import { mentionsIn } from '../state/told-records.ts';
import { itemsIn } from '../state/whole-lists.ts';
import type { SessionViews, View } from '../views.ts';
import { borrowedRows } from './borrowed.ts';

function commonest<T>(values: readonly T[]): T | undefined {
  const counts = new Map<string, { value: T; count: number }>();
  for (const value of values) {
    const spelling = JSON.stringify(value);
    const entry = counts.get(spelling);
    if (entry) entry.count++;
    else counts.set(spelling, { value, count: 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)[0]?.value;
}

function firstRows(history: TableHistory, session: SessionViews, number: number): readonly Row[] | undefined {
  const view = session.after.find((candidate) => itemsIn(history.table, candidate));
  return view && history.tracked[number]?.rows.get(view)?.map((row, i): Row => ({ ...row, id: `${history.table.name}x${i}` }));
}

/** A record that was known and shown elsewhere is not new to a list that is only remembered. */
const nowhere: Value = ['', -1];

/** The records of an account, with the addresses that showed them where lists are only remembered. */
function withPlaces(history: TableHistory, explained: Explained, account: string): readonly Row[] {
  const memories = explained.queries.flatMap(({ table, memory }) => (memory && table === history.table ? [memory] : []));
  return (history.base?.(account) ?? []).map((row) => {
    const places = memories.map((memory): [string, Value] => [memory.column, memory.at(account).get(row.id) ?? [nowhere]]);
    return { ...row, ...Object.fromEntries(places) } as Row;
  });
}

/** How the cells of one table's records are filled that no page showed: what data told of them, by account, and what is guessed. */
interface Filling {
  readonly told: ReadonlyMap<string, ToldCells>;
  readonly guess: ReturnType<typeof guessCells>;
}

function fillingOf({ table, base }: TableHistory, mentions: ReadonlyMap<string, Mentions>): Filling {
  const rows = [...mentions.keys()].map((account) => base?.(account) ?? []);
  const told = [...mentions].map(([account, of], i) => [account, toldCells(table, rows[i] ?? [], of)] as const);
  return { told: new Map(told), guess: guessCells(table, rows.flat()) };
}

/** What each account begins with: the rows and registers that most of its sessions showed first. */
export function emitSeeds(
  sessions: readonly SessionViews[],
  histories: readonly TableHistory[],
  explained: Explained,
): Record<string, Seed> {
  const accounts = [...new Set(sessions.map((session) => session.session.account))].sort();
  const seeds: Record<string, Seed> = {};
  const mentions = new Map(accounts.map((account) => [account, mentionsIn(sessions.filter(({ session }) => session.account === account))]));
  const fillings = new Map(histories.map((history) => [history, fillingOf(history, mentions)]));
  for (const account of accounts) {
    const mine = sessions.map((session, i) => ({ session, i })).filter(({ session }) => session.session.account === account);
    const tables: Record<string, readonly Row[]> = {};
    for (const history of histories) {
      const { told, guess } = fillings.get(history) as Filling;
      const own = [...withPlaces(history, explained, account), ...borrowedRows(history, account, accounts)];
      tables[history.table.name] = history.base
        ? withTold(guess(own), told.get(account) ?? new Map())
        : (commonest(mine.flatMap(({ session, i }) => [firstRows(history, session, i)].filter((rows) => rows !== undefined))) ?? []);
    }
    for (const memory of explained.memories) tables[memory.table] = memory.rows(account);
    const values: Record<string, Value> = {};
    for (const register of explained.registers) {
      const first = mine.map(({ session }) => session.after[0] as View).filter((view) => register.values.has(view));
      values[register.name] =
        first.length > 0 ? (commonest(first.map((view) => register.values.get(view) ?? null)) ?? null) : register.initial;
    }
    seeds[account] = { tables, registers: values };
  }
  return seeds;
}
