import type { Expr, Query, Row, State } from '@backlot/protocol';
import { evaluate, select } from '../evaluate.ts';
import type { Goal, Solve } from './goal.ts';
import { freshRow } from './fresh-row.ts';
import { linksOf, type Link } from './links.ts';
import { canBeSet } from './names.ts';
import { inside, scopeAt, withRows, type Place } from './place.ts';
import { shows } from './want.ts';

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
  const added = freshRow({ query, state, place, solve });
  if (added === null) return null;
  const { row } = added;
  const placed = withRows(added.state, query.from, [...(added.state.tables[query.from] ?? []), row]);
  return solve({ expr: get, want, place: at(row) }, placed);
}

function pointAt(row: Row, links: readonly Link[], options: { state: State; place: Place; solve: Solve }): State | null {
  const { place, solve } = options;
  let solved: State | null = options.state;
  for (const { column, other } of links) {
    solved = solved && solve({ expr: other, want: { value: row[column] ?? null }, place }, solved);
  }
  return solved;
}
