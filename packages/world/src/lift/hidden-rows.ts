import type { Expr, Query, Row, State } from '@backlot/protocol';
import { evaluate, select } from '../evaluate.ts';
import { toNumber } from '../functions.ts';
import { freshRow } from './fresh-row.ts';
import { showsRows, type ShownRows } from './list-rows.ts';
import { looksAtMany } from './names.ts';
import { columnsIn, partsOf, queryOf, scopeAt, selectAll, withRows, type Place } from './place.ts';
import { isTold, type PlacedFact } from './settle.ts';
import { solve } from './solve.ts';

/** What a state should say: facts, and rows that are shown. */
interface Evidence {
  readonly facts: readonly PlacedFact[];
  readonly shown: readonly ShownRows[];
}

/** A state with rows that nothing is known of but that they are there, and the tables that have such. */
export interface Guessed {
  readonly state: State;
  readonly tables: readonly string[];
}

/** More rows than these are not made up. */
const mostRows = 20;

/**
 * Numbers and conditions that speak of rows which the page does not show: rows are added or taken away until they agree, if no other
 * word of the page then disagrees.
 */
export function guessHidden({ facts, shown }: Evidence, state: State): Guessed {
  // Nothing else depends on how many rows there are.
  const evidence = { facts: facts.filter(({ expr }) => looksAtMany(expr)), shown };
  let guessed = state;
  const tables: string[] = [];
  for (const fact of evidence.facts) {
    const queries = countsIn(fact.expr);
    if (queries.length === 0 || isTold(fact, guessed)) continue;
    const missed = disagreements(evidence, guessed);
    for (const query of queries) {
      const better = changed(query, fact, { state: guessed, evidence });
      if (better === null || disagreements(evidence, better) >= missed) continue;
      guessed = better;
      tables.push(query.from);
      break;
    }
  }
  return { state: guessed, tables };
}

const disagreements = ({ facts, shown }: Evidence, state: State): number =>
  facts.filter((fact) => !isTold(fact, state)).length + shown.filter((rows) => !showsRows(rows, state)).length;

function countsIn(expr: Expr): readonly Query[] {
  const query = 'count' in expr || 'sum' in expr ? queryOf(expr) : undefined;
  return [...(query === undefined ? [] : [query]), ...partsOf(expr).flatMap(countsIn)];
}

/** The state with as many more, or fewer, rows of a query as make a fact true. */
function changed(query: Query, fact: PlacedFact, { state, evidence }: { state: State; evidence: Evidence }): State | null {
  let more: State | null = state;
  for (let n = 0; n < mostRows && more !== null; n += 1) {
    more = withOneMore(query, fact.place, more);
    if (more !== null && isTold(fact, more)) return more;
  }
  const told = evidence.facts.filter((each) => each !== fact && isTold(each, state));
  const visible = new Set(evidence.shown.filter(({ query: { from } }) => from === query.from).flatMap(({ ids }) => ids));
  const hidden = select(query, scopeAt(state, fact.place)).filter(({ id }) => !visible.has(id));
  // First those that nothing else counts.
  return withFewer(fact, { table: query.from, hidden, told, state }) ?? withFewer(fact, { table: query.from, hidden, told: [], state });
}

interface Hidden {
  readonly table: string;
  readonly hidden: readonly Row[];
  readonly told: readonly PlacedFact[];
  readonly state: State;
}

function withFewer(fact: PlacedFact, { table, hidden, told, state }: Hidden): State | null {
  let fewer = state;
  for (const row of hidden.toReversed()) {
    const without = withRows(
      fewer,
      table,
      (fewer.tables[table] ?? []).filter(({ id }) => id !== row.id),
    );
    if (told.some((each) => !isTold(each, without))) continue;
    fewer = without;
    if (isTold(fact, fewer)) return fewer;
  }
  return null;
}

function withOneMore(query: Query, place: Place, state: State): State | null {
  const made = freshRow({ query, state, place, solve });
  return made && withRows(made.state, query.from, [...(made.state.tables[query.from] ?? []), made.row]);
}

/** Rows before the first shown one of a list that begins farther on: as many as the list skips. */
export function fitOffset({ query, place, ids }: ShownRows, state: State): State {
  if (query.offset === undefined || ids.length === 0) return state;
  const offset = toNumber(evaluate(query.offset, scopeAt(state, place)));
  const listed = selectAll(query, state, place);
  const first = listed.findIndex(({ id }) => ids.includes(id));
  const rows = state.tables[query.from] ?? [];
  if (first < 0 || first === offset) return state;
  if (first > offset) {
    const gone = new Set(listed.slice(offset, first).map(({ id }) => id));
    return withRows(
      state,
      query.from,
      rows.filter(({ id }) => !gone.has(id)),
    );
  }
  let fitted = state;
  for (let n = first; n < Math.min(offset, first + mostRows); n += 1)
    fitted = withOneBefore(query, listed[first] as Row, { place, state: fitted });
  return fitted;
}

function withOneBefore(query: Query, next: Row, { place, state }: { place: Place; state: State }): State {
  const made = freshRow({ query, state, place, solve });
  if (made === null) return state;
  const ordered = (query.order ?? []).flatMap(({ by }) => columnsIn(by)).map((name) => [name, next[name] ?? null] as const);
  const rows = made.state.tables[query.from] ?? [];
  const at = rows.findIndex(({ id }) => id === next.id);
  const row = { ...made.row, ...Object.fromEntries(ordered), id: made.row.id } as Row;
  return withRows(made.state, query.from, rows.toSpliced(Math.max(at, 0), 0, row));
}
