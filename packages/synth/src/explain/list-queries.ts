import { parseAddress, select } from '@backlot/world';
import type { Expr, Query, Row, Value } from '@backlot/protocol';
import { commonest, usualBy } from './commonest.ts';
import { learnQuery } from '../query/learn-query.ts';
import type { LearnedQuery, ListOccasion } from '../query/learn-query.ts';
import type { Belief } from '../state/belief.ts';
import { rowName, scopeOf } from '../state/belief.ts';
import { paramsOf } from '../pages/params.ts';
import type { Binding } from '../state/bindings.ts';
import type { TableModel } from '../state/tables.ts';
import type { SessionViews, View } from '../views.ts';
import { listedColumns, nestedQuery } from './nested-queries.ts';
import { learnFound } from './found-queries.ts';
import { shownLists, type Shown } from './shown-lists.ts';
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

/** Addresses that showed a record, each with its place in the list there, by row id. */
type Places = ReadonlyMap<string, readonly (readonly [string, Value])[]>;

/** Which addresses showed a record, and where in the list, by account. */
interface ListMemory {
  readonly column: string;
  readonly at: (account: string) => Places;
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
/** A better query is left for memory only where addresses that several sessions came to nearly always showed the same. */
const steady = 0.97;
const steadyAdvantage = 0.03;

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

/** A list that shows all there is. */
function wholeQuery(table: TableModel, binding: Binding): ListQuery {
  const query: Query = { from: table.name, as: rowName(table) };
  return { table, binding, query, learned: { query, exact: 1, misses: [], membership: 1, alternatives: [], certainty: 'certain' } };
}

/** Learns what each list of a table shows; those that a field finds anew are learned together. */
export function listQueriesOf(table: TableModel, inputs: QueryInputs): readonly ListQuery[] {
  const lists = table.bindings.filter(({ list, isFetched }) => list && isFetched !== true);
  const groups = Map.groupBy(lists, ({ found }) => found);
  const found = new Map([...groups].map(([group, alike]) => [group, group === undefined ? null : learnFound(table, alike, inputs.belief)]));
  return lists.map((binding) => {
    const query = found.get(binding.found)?.(binding);
    if (query) return { table, binding, ...query };
    return binding.list?.frame.list ? { table, binding, ...nestedQuery(table, binding, inputs.belief) } : listQuery(table, binding, inputs);
  });
}

/** Learns what a list shows. */
export function listQuery(table: TableModel, binding: Binding, inputs: QueryInputs): ListQuery {
  if (table.whole === true) return wholeQuery(table, binding);
  const shown = shownLists(binding, inputs.belief);
  const occasions = occasionsOf(table, shown);
  const params = new Set(binding.page.views.flatMap((view) => Object.keys(paramsOf(binding.page, view))));
  const as = rowName(table);
  const columns = listedColumns(table);
  const learned = learnQuery(occasions, {
    table: table.name,
    as,
    columns,
    params: [...params].sort(),
    registers: askingRegisters(inputs.registers),
  });
  const share = learned.exact;
  if (share >= 1 - steadyAdvantage) return { table, binding, query: learned.query, learned };
  const memory = bestMemory({ table, binding, shown, inputs, learned });
  const isBetter =
    share < enough ? memory.share > share + advantage : memory.steadiness >= steady && memory.share > share + steadyAdvantage;
  return isBetter ? { table, binding, query: memory.query, learned, memory } : { table, binding, query: learned.query, learned };
}

/** Memory by address alone, unless registers tell clearly more; by the path where what else is asked for changes nothing. */
function bestMemory(all: MemoryInputs): ReturnType<typeof rememberList> {
  const whole = rememberList({ ...all, inputs: { ...all.inputs, modes: [] } });
  const isAsked = all.shown.some(({ view }) => view.url.includes('?'));
  const byPath = isAsked ? rememberList({ ...all, inputs: { ...all.inputs, modes: [] }, byPath: true }) : whole;
  const plain = byPath.share >= whole.share - pathDisadvantage ? byPath : whole;
  const moded = all.inputs.modes.length > 0 ? rememberList(all) : plain;
  return moded.share > plain.share + modeAdvantage ? moded : plain;
}

const modeAdvantage = 0.02;
/** Addresses seen once are always remembered rightly, so that memory by path may be right a little less often. */
const pathDisadvantage = 0.005;

interface MemoryInputs {
  readonly table: TableModel;
  readonly binding: Binding;
  readonly shown: readonly Shown[];
  readonly inputs: QueryInputs;
  readonly learned: LearnedQuery;
  /** Remembers paths rather than whole addresses. */
  readonly byPath?: boolean;
}

interface Visit {
  readonly place: string;
  readonly session: number;
  readonly ids: readonly string[];
}

/** Share of visits that showed what most visits to the place did, of places that several sessions came to; 0 where there are none. */
function agreement(visits: readonly Visit[]): number {
  const groups = [...Map.groupBy(visits, ({ place }) => place).values()];
  const known = groups.filter((group) => new Set(group.map(({ session }) => session)).size > 1).flat();
  return usualBy(known.map(({ place, ids }) => [place, ids.join(' ')])).right / Math.max(1, known.length);
}

/** More records than this are no choices of a kind: colours, sizes. */
const mostChoices = 16;
/** Share of all choices that lists must show on average. */
const offered = 0.2;
/** A query that finds less than this share of what lists show is no guess at what those of unknown addresses do. */
const recalled = 0.5;

/** True for lists of a few records that each stand on several pages, some here, some there: all of them may be on a page not seen yet. */
function isChoice(shown: readonly Shown[], { name }: TableModel): boolean {
  const places = new Map<string, Set<string>>();
  for (const { view, ids } of shown) {
    for (const id of ids) places.set(id, (places.get(id) ?? new Set()).add(`${view.session} ${parseAddress(view.url).path}`));
  }
  const some = shown.filter(({ ids }) => ids.length > 0);
  const share =
    some.reduce((sum, { ids, belief }) => sum + ids.length / Math.max(1, belief.state.tables[name]?.length ?? 1), 0) /
    Math.max(1, some.length);
  const again = [...places.values()].filter((seen) => seen.size > 1).length;
  return places.size <= mostChoices && again * 2 > places.size && share >= offered;
}

/** Which records a list shows where it is not remembered. */
function elsewhere(shown: readonly Shown[], { table, query }: Pick<ListQuery, 'table' | 'query'>): Expr {
  const { where = { lit: true } } = query;
  return isChoice(shown, table) && recall(shown, query) < recalled ? { lit: true } : where;
}

/** Share of what lists show that a query finds. */
function recall(shown: readonly Shown[], query: Query): number {
  let [found, all] = [0, 0];
  for (const { belief, ids } of shown) {
    const got = new Set(select(query, scopeOf(belief, null)).map(({ id }) => id));
    all += ids.length;
    found += ids.filter((id) => got.has(id)).length;
  }
  return found / Math.max(1, all);
}

/** Remembers which records each address showed (in each mode), to most of an account's visits. */
function rememberList({
  table,
  binding,
  shown,
  inputs,
  learned,
  byPath = false,
}: MemoryInputs): ListMemory & { readonly query: Query; readonly share: number; readonly steadiness: number } {
  const column = `at${table.bindings.indexOf(binding)}`;
  const modes = inputs.modes.map((mode): Mode => ({ name: mode.name, at: (view) => mode.values.get(view) ?? null }));
  const keyAt = (view: View): string => (byPath ? parseAddress(view.url).path : modedKey(view, modes));
  const accountOf = (view: View): string => inputs.sessions[view.session]?.session.account ?? '';
  const at = (account: string): Places => {
    const visits = new Map<string, number>();
    const counts = new Map<string, Map<string, number[]>>();
    for (const { view, ids } of shown) {
      if (accountOf(view) !== account) continue;
      const key = keyAt(view);
      visits.set(key, (visits.get(key) ?? 0) + 1);
      for (const [place, id] of ids.entries()) {
        const mine = counts.get(id) ?? new Map<string, number[]>();
        counts.set(id, mine.set(key, [...(mine.get(key) ?? []), place]));
      }
    }
    return new Map(
      [...counts].map(([id, mine]) => [
        id,
        [...mine]
          .filter(([key, places]) => places.length * 2 > (visits.get(key) ?? 0))
          .map(([key, places]) => [key, commonest(places)] as const)
          .toSorted(([a], [b]) => (a < b ? -1 : 1)),
      ]),
    );
  };
  const known = new Map<string, Places>();
  const cached = (account: string): Places => {
    if (!known.has(account)) known.set(account, at(account));
    return known.get(account) as Places;
  };
  const right = shown.filter(({ view, ids, belief }) => {
    const places = cached(accountOf(view));
    const placeIn = ({ id }: Row): Value | undefined => places.get(id)?.find(([key]) => key === keyAt(view))?.[1];
    const expected = (belief.state.tables[table.name] ?? [])
      .filter((row) => placeIn(row) !== undefined)
      .toSorted((a, b) => Number(placeIn(a)) - Number(placeIn(b)));
    return expected.length === ids.length && expected.every((row, i) => row.id === ids[i]);
  }).length;
  const here: Expr = byPath ? { loc: 'path' } : modedKeyTerm(modes);
  const { as, order = [] } = learned.query;
  const other = elsewhere(shown, { table, query: learned.query });
  const place = (of: string): Expr => ({ fn: 'lookup', args: [{ col: column, of }, here] });
  const isHere = (of: string): Expr => ({ fn: 'not', args: [{ fn: 'isBlank', args: [place(of)] }] });
  const isNew: Expr = { fn: 'eq', args: [{ fn: 'len', args: [{ col: column, of: as }] }, { lit: 0 }] };
  const isKnown: Expr = { count: { from: table.name, as: 'k', where: isHere('k') } };
  const shownHere: Expr = { fn: 'or', args: [isHere(as), { fn: 'and', args: [isNew, other] }] };
  const where: Expr = { fn: 'if', args: [isKnown, shownHere, other] };
  const query: Query = { from: table.name, as, where, order: [{ by: place(as) }, ...order] };
  const steadiness = agreement(shown.map(({ view, ids }) => ({ place: `${accountOf(view)} ${keyAt(view)}`, session: view.session, ids })));
  return { column, at: cached, query, share: right / Math.max(1, shown.length), steadiness };
}
