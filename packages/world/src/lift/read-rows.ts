import type { Query, Row, State, Value, ValueLoop } from '@backlot/protocol';
import { evaluate, loopRows } from '../evaluate.ts';
import { elementKey } from '../render.ts';
import type { Field, Reading } from './facts.ts';
import { borrowOrder, placeRows, type ShownRows } from './list-rows.ts';
import { matchRows } from './match-rows.ts';
import { looksAtMany } from './names.ts';
import { inside, listTable, rowOf, scopeAt, withRows, type Place } from './place.ts';
import { settleAll, type PlacedFact } from './settle.ts';
import { solve } from './solve.ts';

/** A form field by the key that its element has. */
export interface PlacedField extends Field {
  readonly key: string;
  /** Key of its anchor and rows, as live facts name it. */
  readonly place: Place;
}

/** What was read so far: a state that has all rows that the page shows, and what is still to be settled in it. */
export interface Read {
  readonly state: State;
  readonly facts: readonly PlacedFact[];
  readonly fields: readonly PlacedField[];
  readonly shown: readonly (ShownRows & { readonly fresh: ReadonlySet<string> })[];
}

interface Reader {
  readonly facts: PlacedFact[];
  readonly fields: PlacedField[];
  readonly shown: (ShownRows & { readonly fresh: ReadonlySet<string> })[];
}

/** Finds the rows of all loops, adds those that were not known, and gives them the cells that the page tells of them alone. */
export function readRows(reading: Reading, state: State, place: Place): Read {
  const reader: Reader = { facts: [], fields: [], shown: [] };
  return { state: read(reading, { state, place }, reader), ...reader };
}

interface At {
  readonly state: State;
  readonly place: Place;
}

function read(reading: Reading, { state, place }: At, reader: Reader): State {
  const facts = reading.facts.map((fact) => ({ ...fact, place }));
  reader.facts.push(...facts);
  reader.fields.push(...reading.fields.map((field) => ({ ...field, place, key: keyOf(field.anchor, place) })));
  // Around rows are read first: loops inside ask for their cells.
  const own = place.bound.length === 0 ? [] : facts.filter(({ expr, live }) => live === undefined && !looksAtMany(expr));
  let next = settleAll(own, state);
  for (const { loop, items } of reading.loops) {
    next = 'from' in loop ? readQuery(loop, items, { state: next, place, reader }) : readList(loop, items, { state: next, place, reader });
  }
  return next;
}

/** Key of the element at an anchor, in the rows around. */
export function keyOf(anchor: string, place: Place): string {
  return elementKey(
    anchor,
    place.bound.map(({ id }) => ({ id })),
  );
}

type Within = At & { readonly reader: Reader };

function readQuery(query: Query, items: readonly Reading[], { state, place, reader }: Within): State {
  const matched = matchRows({ query, items, place }, state);
  const { ids, fresh, state: placed } = placeRows(query, matched, { state, place });
  let next = placed;
  for (const [i, item] of items.entries()) {
    const row = { as: query.as, table: query.from, id: ids[i] ?? '' };
    next = read(item, { state: next, place: inside(place, row) }, reader);
  }
  const shown = { query, place, ids, fresh };
  reader.shown.push(shown);
  return borrowOrder(shown, fresh, next);
}

/** The items of a list value are read as rows of a table of their own, and the list is then made of them. */
function readList(loop: ValueLoop, items: readonly Reading[], { state, place, reader }: Within): State {
  const table = listTable(loop, place);
  const believed = loopRows(loop, scopeAt(state, place));
  const rows = items.map((_, i): Row => (believed.length === items.length ? believed[i] : undefined) ?? { id: String(i) });
  let next = withRows(state, table, rows);
  for (const [i, item] of items.entries()) {
    next = read(item, { state: next, place: inside(place, { as: loop.as, table, id: String(i) }) }, reader);
  }
  const list = items.map((_, i) => itemOf(rowOf(next, table, String(i))));
  const shape = evaluate(loop.values, scopeAt(next, place));
  const want = { value: list };
  const fact = { expr: loop.values, want, place, key: false };
  // An empty list may be no list at all.
  if (list.length === 0 && (!Array.isArray(shape) || shape.length === 0)) return next;
  reader.facts.push(fact);
  return solve(fact, next) ?? next;
}

function itemOf(row: Row | undefined): Value {
  const parts = Object.entries(row ?? {}).filter(([name]) => /^c\d+$/.test(name));
  if (parts.length <= 1) return parts[0]?.[1] ?? null;
  const byPlace = parts.sort(([a], [b]) => Number(a.slice(1)) - Number(b.slice(1)));
  return byPlace.map(([, value]) => value);
}
