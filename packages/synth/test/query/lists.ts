import type { Query, Row, Value } from '@backlot/protocol';
import type { Scope } from '@backlot/world';
import { mulberry32, select } from '@backlot/world';
import type { ListOccasion, QuerySpace } from '../../src/query/learn-query.ts';
import { learnQuery } from '../../src/query/learn-query.ts';
import { scopeOf } from '../fixtures/scopes.ts';

/** What a page was asked. */
export interface Asked {
  readonly params?: Readonly<Record<string, string>>;
  readonly registers?: Readonly<Record<string, Value>>;
}

export const space: QuerySpace = {
  table: 't',
  as: 'r',
  columns: [
    { name: 'title', type: 'text' },
    { name: 'note', type: 'text' },
    { name: 'owner', type: 'text' },
    { name: 'state', type: 'text' },
    { name: 'price', type: 'text' },
    { name: 'date', type: 'text' },
    { name: 'tags', type: 'list' },
    { name: 'pinned', type: 'boolean' },
    { name: 'hidden', type: 'boolean' },
  ],
  params: ['q', 's', 'sort', 'page', 'per', 'x'],
  registers: ['user', 'on'],
};

export const vocabulary = 'amber birch cedar delta ember fjord grove heath inlet jetty knoll larch mesa nectar ochre pebble'.split(' ');

/** Picks like a generator with that seed would, the same on every run. */
export function picker(seed: number): { pick: <T>(from: readonly T[]) => T; int: (below: number) => number } {
  const random = mulberry32(seed);
  const int = (below: number): number => Math.floor(random() * below);
  return { int, pick: (from) => from[int(from.length)] as (typeof from)[number] };
}

/** Rows with two-word titles, prices, dates and tags; ids say the order in which they were made. */
export function makeRows(seed: number, count = 24): readonly Row[] {
  const { pick, int } = picker(seed);
  return Array.from({ length: count }, (_, i) => ({
    id: `k${i}`,
    title: `${pick(vocabulary)} ${pick(vocabulary)} ${i}`.replace(/^./, (letter) => letter.toUpperCase()),
    note: int(4) === 0 ? '' : `${pick(vocabulary)} and ${pick(vocabulary)}`,
    owner: pick(['ada', 'bob', 'cyd']),
    state: pick(['Open', 'Closed', 'Waiting']),
    price: `$${int(3000)}.${10 + int(90)}`,
    date: `${pick(['Jan', 'Mar', 'Sep'])} ${1 + int(28)}, ${2020 + int(5)}`,
    tags: [...new Set([pick(vocabulary), pick(vocabulary)])].slice(0, int(3)).map((tag) => [tag, `/t/${tag}`]),
    pinned: int(5) === 0,
    hidden: int(4) === 0,
  }));
}

/** What was asked, as expressions see it. */
export function scopeFor({ params = {}, registers = {} }: Asked, rows: readonly Row[] = []): Scope {
  return { ...scopeOf({ registers, tables: { t: rows } }), params };
}

/** The pages that a true query would have shown. */
export function occasionsOf(query: Query, asked: readonly Asked[], rows: readonly Row[]): readonly ListOccasion[] {
  return asked.map((each) => {
    const scope = scopeFor(each, rows);
    return { scope, rows, shown: select(query, scope).map(({ id }) => id) };
  });
}

/** Share of what is asked of other rows that a query answers as the true one does. */
export function agreement(learned: Query, query: Query, asked: readonly Asked[]): number {
  const rows = makeRows(991, 40);
  const same = asked.filter((each) => {
    const scope = scopeFor(each, rows);
    const ids = (of: Query): string =>
      select(of, scope)
        .map(({ id }) => id)
        .join();
    return ids(learned) === ids(query);
  });
  return same.length / asked.length;
}

/** Learns from the first arguments, and says how often the result agrees on the others. */
export function heldOut(query: Query, seen: readonly Asked[], unseen: readonly Asked[]) {
  const learned = learnQuery(occasionsOf(query, seen, makeRows(7)), space);
  return { ...learned, agrees: agreement(learned.query, query, unseen) };
}

/** Many askings of one parameter, with some that leave it out. */
export function asking(name: string, values: readonly string[]): readonly Asked[] {
  return [...values.map((value): Asked => ({ params: { [name]: value } })), {}, { params: { [name]: '' } }, {}];
}
