import type { Expr, Query, Row, State } from '@backlot/protocol';
import { evaluate, select } from '../evaluate.ts';
import type { Goal, Solve } from './goal.ts';
import { freshRow } from './fresh-row.ts';
import { linksOf, type Link } from './links.ts';
import { canBeSet } from './names.ts';
import { inside, scopeAt, withRows, type Place } from './place.ts';
import { shows, truthOfWant } from './want.ts';

type First = Extract<Expr, { first: Query }>;

/**
 * A cell of the record that a query finds: another record is meant where one says what is wanted and can be made the one found, by
 * setting what it is looked up by; else the record's cell is set; where there is no record yet it is added.
 */
export function solveFirst({ expr, want, place }: Goal<First>, state: State, solve: Solve): State | null {
  const { first: query, get } = expr;
  const at = (row: Row): Place => inside(place, { as: query.as, table: query.from, id: row.id });
  const found = select(query, scopeAt(state, place))[0];
  const links = linksOf(query);
  for (const row of state.tables[query.from] ?? []) {
    if (row === found || !links.some(({ other }) => canBeSet(other)) || !shows(evaluate(get, scopeAt(state, at(row))), want)) continue;
    const pointed = pointAt(row, links, { state, place, solve });
    if (pointed) return pointed;
  }
  if (found) return solve({ expr: get, want, place: at(found) }, state);
  const added = withRecord(query, { state, place, solve });
  return added && solve({ expr: get, want, place: at(added.row) }, added.state);
}

/** That there is a record which something names: it is added where it was not known. */
export function solveCount({ expr, want, place }: Goal<Extract<Expr, { count: Query }>>, state: State, solve: Solve): State | null {
  if (truthOfWant(want) !== true || linksOf(expr.count).length === 0) return null;
  return withRecord(expr.count, { state, place, solve })?.state ?? null;
}

interface Situation {
  readonly state: State;
  readonly place: Place;
  readonly solve: Solve;
}

function withRecord(query: Query, situation: Situation): { readonly row: Row; readonly state: State } | null {
  const made = situation.place.adds === false ? null : freshRow({ query, ...situation });
  return made && { row: made.row, state: withRows(made.state, query.from, [...(made.state.tables[query.from] ?? []), made.row]) };
}

function pointAt(row: Row, links: readonly Link[], { state, place, solve }: Situation): State | null {
  let solved: State | null = state;
  for (const { column, other } of links) {
    solved = solved && solve({ expr: other, want: { value: row[column] ?? null }, place }, solved);
  }
  return solved;
}
