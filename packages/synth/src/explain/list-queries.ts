import type { Expr, Query, Row } from '@backlot/protocol';
import { learnQuery } from '../query/learn-query.ts';
import type { LearnedQuery, ListOccasion } from '../query/learn-query.ts';
import type { Belief } from '../state/belief.ts';
import { rowName, scopeOf } from '../state/belief.ts';
import { itemsOf, paramsOf } from '../state/bindings.ts';
import type { Binding } from '../state/bindings.ts';
import { isSeen } from '../state/columns.ts';
import type { TableModel } from '../state/tables.ts';
import type { SessionViews, View } from '../views.ts';
import type { RegisterModel } from './registers.ts';
import { modedKey, modedKeyTerm } from './memory.ts';
import type { Mode } from './memory.ts';

/** The query behind one list of a table. */
export interface ListQuery {
  readonly table: TableModel;
  readonly binding: Binding;
  readonly query: Query;
  readonly learned: LearnedQuery;
  /** Column with the addresses that showed a record, where the list is only remembered. */
  readonly memory?: ListMemory;
}

/** Which addresses showed a record, by account and row id. */
interface ListMemory {
  readonly column: string;
  readonly at: (account: string) => ReadonlyMap<string, readonly string[]>;
}

export interface QueryInputs {
  readonly belief: (view: View) => Belief | undefined;
  readonly sessions: readonly SessionViews[];
  readonly registers: readonly RegisterModel[];
  readonly modes: readonly RegisterModel[];
}

/** A list is remembered by address where its query is right on fewer pages than this, and memory does better. */
const enough = 0.75;
const advantage = 0.1;

interface Shown {
  readonly view: View;
  readonly belief: Belief;
  readonly ids: readonly string[];
}

function shownLists(binding: Binding, belief: QueryInputs['belief']): readonly Shown[] {
  return binding.page.views.flatMap((view): Shown[] => {
    const believed = belief(view);
    const items = itemsOf(binding, view);
    if (!believed || !items) return [];
    const ids = items.flatMap((item) => Object.values(believed.rowsOf(item))[0]?.id ?? []);
    return [{ view, belief: believed, ids }];
  });
}

/** Views that look alike to a query count once. */
function occasionsOf(table: TableModel, shown: readonly Shown[]): readonly ListOccasion[] {
  const seen = new Set<string>();
  return shown.flatMap(({ belief, ids, view }): ListOccasion[] => {
    const rows = belief.state.tables[table.name] ?? [];
    const name = `${view.session} ${view.url} ${JSON.stringify(belief.state.registers)} ${ids.join(' ')}`;
    if (seen.has(name)) return [];
    seen.add(name);
    return [{ scope: scopeOf(belief, null), rows, shown: ids }];
  });
}

/** Registers that a list may depend on: switches, and settings in fields, that outlive the page and take few values. */
function askingRegisters(registers: readonly RegisterModel[]): readonly string[] {
  const few = ({ values, scope, holes, initial }: RegisterModel): boolean => {
    if (typeof initial !== 'boolean' && [...holes.keys()].some((hole) => hole.kind === 'text' || hole.kind === 'prose')) return false;
    const seen = new Set(values.values());
    return (
      scope !== 'page' && seen.size <= mostValues && [...seen].every((value) => typeof value !== 'string' || value.length <= longestValue)
    );
  };
  return registers.filter(few).map((register) => register.name);
}

const mostValues = 8;
const longestValue = 24;

/** Learns what a list shows. */
export function listQuery(table: TableModel, binding: Binding, inputs: QueryInputs): ListQuery {
  const shown = shownLists(binding, inputs.belief);
  const occasions = occasionsOf(table, shown);
  const params = new Set(binding.page.views.flatMap((view) => Object.keys(paramsOf(binding.page, view))));
  const as = rowName(table);
  const listed = new Set(table.bindings.flatMap((other) => (other.list ? other.columns.map(({ name }) => name) : [])));
  const columns = table.columns.filter((column) => listed.has(column.name) && isSeen(column)).map(({ name, type }) => ({ name, type }));
  const learned = learnQuery(occasions, {
    table: table.name,
    as,
    columns,
    params: [...params].sort(),
    registers: askingRegisters(inputs.registers),
  });
  const share = learned.exact;
  if (share >= enough) return { table, binding, query: learned.query, learned };
  const memory = rememberList({ table, binding, shown, inputs, learned });
  return memory.share > share + advantage
    ? { table, binding, query: { from: table.name, as, where: memory.where }, learned, memory }
    : { table, binding, query: learned.query, learned };
}

interface MemoryInputs {
  readonly table: TableModel;
  readonly binding: Binding;
  readonly shown: readonly Shown[];
  readonly inputs: QueryInputs;
  readonly learned: LearnedQuery;
}

/** Remembers which records each address showed (in each mode), to most of an account's visits. */
function rememberList({
  table,
  binding,
  shown,
  inputs,
  learned,
}: MemoryInputs): ListMemory & { readonly where: Expr; readonly share: number } {
  const column = `at${table.bindings.indexOf(binding)}`;
  const modes = inputs.modes.map((mode): Mode => ({ name: mode.name, at: (view) => mode.values.get(view) ?? null }));
  const keyAt = (view: View): string => modedKey(view, modes);
  const accountOf = (view: View): string => inputs.sessions[view.session]?.session.account ?? '';
  const at = (account: string): ReadonlyMap<string, readonly string[]> => {
    const visits = new Map<string, number>();
    const counts = new Map<string, Map<string, number>>();
    for (const { view, ids } of shown) {
      if (accountOf(view) !== account) continue;
      const key = keyAt(view);
      visits.set(key, (visits.get(key) ?? 0) + 1);
      for (const id of ids) {
        const mine = counts.get(id) ?? new Map<string, number>();
        counts.set(id, mine.set(key, (mine.get(key) ?? 0) + 1));
      }
    }
    return new Map(
      [...counts].map(([id, mine]) => [
        id,
        [...mine]
          .filter(([key, n]) => n * 2 > (visits.get(key) ?? 0))
          .map(([key]) => key)
          .sort(),
      ]),
    );
  };
  const known = new Map<string, ReadonlyMap<string, readonly string[]>>();
  const cached = (account: string): ReadonlyMap<string, readonly string[]> => {
    if (!known.has(account)) known.set(account, at(account));
    return known.get(account) as ReadonlyMap<string, readonly string[]>;
  };
  const right = shown.filter(({ view, ids, belief }) => {
    const places = cached(accountOf(view));
    const expected = (belief.state.tables[table.name] ?? []).filter((row: Row) => places.get(row.id)?.includes(keyAt(view)) ?? false);
    return expected.length === ids.length && expected.every((row, i) => row.id === ids[i]);
  }).length;
  const here = modedKeyTerm(modes);
  const isNew: Expr = { fn: 'eq', args: [{ fn: 'len', args: [{ col: column, of: learned.query.as }] }, { lit: 0 }] };
  const other: Expr = learned.query.where ?? { lit: true };
  const isKnown: Expr = { count: { from: table.name, as: 'k', where: { fn: 'contains', args: [{ col: column, of: 'k' }, here] } } };
  const shownHere: Expr = {
    fn: 'or',
    args: [
      { fn: 'contains', args: [{ col: column, of: learned.query.as }, here] },
      { fn: 'and', args: [isNew, other] },
    ],
  };
  const where: Expr = { fn: 'if', args: [isKnown, shownHere, other] };
  return { column, at: cached, where, share: right / Math.max(1, shown.length) };
}
