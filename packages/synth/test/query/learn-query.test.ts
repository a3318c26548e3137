import type { Expr, Query, Row } from '@backlot/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ListOccasion } from '../../src/query/learn-query.ts';
import { matchesFor, matchExpr, matchPairs } from '../../src/query/match.ts';
import { readTask } from '../../src/query/task.ts';
import { select } from '@backlot/world';
import { learnQuery } from '../../src/query/learn-query.ts';
import type { Asked } from './lists.ts';
import { agreement, asking, makeRows, occasionsOf, picker, scopeFor, space, vocabulary } from './lists.ts';

const col = (name: string): Expr => ({ col: name, of: 'r' });
const call = (fn: string, ...args: readonly Expr[]): Expr => ({ fn, args });
const lit = (value: string | number): Expr => ({ lit: value });
const q: Expr = { param: 'q' };
const s: Expr = { param: 's' };
const sort: Expr = { param: 'sort' };
const search = call('or', call('isBlank', q), call('containsText', col('title'), q));
const letters = 'a b c d e i l n o r st er'.split(' ');

/** Parts that a true query is drawn from. */
const searches: readonly (Expr | null)[] = [
  null,
  search,
  call('or', call('isBlank', q), call('or', call('containsText', col('title'), q), call('containsText', col('note'), q))),
  call('or', call('isBlank', q), call('hasItem', col('tags'), q)),
];
const states: readonly (Expr | null)[] = [
  null,
  call('or', call('isBlank', s), call('eq', call('lower', col('state')), call('lower', s))),
  call(
    'if',
    call('eq', s, lit('all')),
    { lit: true },
    call('if', call('isBlank', s), call('eq', col('state'), lit('Open')), call('eq', col('state'), s)),
  ),
];
const always: readonly (Expr | null)[] = [null, call('not', col('hidden'))];
const byDate = { by: call('sortKey', col('date')), desc: true };
const byPrice = { by: call('sortKey', col('price')) };
const orders: readonly Query['order'][] = [
  undefined,
  [byDate],
  [{ by: call('if', col('pinned'), lit(1), lit(0)), desc: true }, byPrice],
  [
    { by: call('if', call('eq', sort, lit('price')), byPrice.by, lit(0)) },
    { by: call('if', call('eq', sort, lit('price')), lit(0), byDate.by), desc: true },
  ],
];
const page = call('if', call('isBlank', { param: 'page' }), lit(1), call('number', { param: 'page' }));
const pagings: readonly Pick<Query, 'limit' | 'offset'>[] = [
  {},
  { limit: lit(8) },
  { limit: lit(6), offset: call('mul', call('sub', page, lit(1)), lit(6)) },
];

const trueQuery: fc.Arbitrary<Query> = fc
  .record({
    parts: fc.tuple(fc.constantFrom(...searches), fc.constantFrom(...states), fc.constantFrom(...always)),
    order: fc.constantFrom(...orders),
    paging: fc.constantFrom(...pagings),
  })
  .map(({ parts, order, paging }) => {
    const where = parts.filter((part) => part !== null);
    return { from: 't', as: 'r', ...(where.length > 0 ? { where: call('and', ...where) } : {}), ...(order ? { order } : {}), ...paging };
  });

/** What sixty visitors ask, each argument in every third page or so. */
function visits(seed: number, words: readonly string[], count = 60): readonly Asked[] {
  const { pick, int } = picker(seed);
  return Array.from({ length: count }, () => ({
    params: {
      ...(int(3) === 0 ? { q: pick(words) } : {}),
      ...(int(3) === 0 ? { s: pick(['Open', 'Closed', 'Waiting', 'all']) } : {}),
      ...(int(3) === 0 ? { sort: 'price' } : {}),
      ...(int(4) === 0 ? { page: pick(['1', '2', '3']) } : {}),
      ...(int(6) === 0 ? { x: pick(['1', 'b', 'c']) } : {}),
    },
    registers: { user: pick(['ada', 'bob']), on: int(2) === 0 },
  }));
}

/** Forgets some rows, and remembers others as they were. */
function blurred(occasions: readonly ListOccasion[], seed: number, share: number): readonly ListOccasion[] {
  const { int } = picker(seed);
  const off = (): boolean => int(1000) < share * 1000;
  const stale = (row: Row, others: readonly Row[]): Row => ({ ...(others[int(others.length)] as Row), id: row.id });
  return occasions.map(({ scope, rows, shown }) => ({
    scope,
    rows: rows.flatMap((row) => (off() ? [] : off() ? [stale(row, rows)] : [row])),
    shown,
  }));
}

/** True queries with a seed each, the same on every run. */
function drawn(count: number): readonly { readonly query: Query; readonly seed: number }[] {
  const seed = fc.readConfigureGlobal().seed ?? 0;
  return fc.sample(fc.record({ query: trueQuery, seed: fc.nat(9999) }), { numRuns: count, seed });
}

describe('learnQuery', () => {
  it('finds the query that a list was made by in nine cases of ten at least, whatever filters, order and pages it has', () => {
    const agrees = drawn(40).map(({ query, seed }) => {
      const seen = occasionsOf(query, visits(seed, [...vocabulary.slice(0, 9), ...letters]), makeRows(seed, 30));
      const learned = learnQuery(seen, space);
      return learned.exact > 0.95 && agreement(learned.query, query, visits(seed + 1, [...vocabulary.slice(9), 'u', 'm'])) >= 0.9;
    });
    expect(agrees.filter(Boolean).length).toBeGreaterThanOrEqual(36);
  });

  it('mostly finds it though some rows were never seen and some are remembered wrongly', () => {
    const agrees = drawn(20).map(({ query, seed }) => {
      const seen = occasionsOf(query, visits(seed, [...vocabulary.slice(0, 9), ...letters], 120), makeRows(seed, 30));
      const learned = learnQuery(blurred(seen, seed, 0.002), space);
      return agreement(learned.query, query, visits(seed + 1, [...vocabulary.slice(9), 'u', 'm'])) >= 0.85;
    });
    expect(agrees.filter(Boolean).length).toBeGreaterThanOrEqual(17);
  });

  it('says of every match what the world’s own functions say', () => {
    fc.assert(
      fc.property(fc.nat(9999), fc.constantFrom(...letters, 'Open', 'amber cedar', '-birch', '2', '$100'), (seed, value) => {
        const rows = makeRows(seed, 12);
        const scope = scopeFor({ params: { q: value } }, rows);
        const task = readTask([{ scope, rows, shown: [] }], space);
        const [source] = task.sources as [(typeof task.sources)[number]];
        for (const match of matchesFor(task, source)) {
          const where = matchExpr(task, source, match);
          const given = new Set(select({ from: 't', as: 'r', where }, scope).map(({ id }) => id));
          const word = matchPairs(task, source, match)[0] as number;
          expect(rows.filter((_, place) => ((word >>> place) & 1) === 1).map(({ id }) => id)).toEqual([...given]);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('says which occasions it does not give', () => {
    const occasions = [...occasionsOf({ from: 't', as: 'r', where: search }, asking('q', vocabulary), makeRows(1))];
    const [odd] = occasions as [ListOccasion];
    occasions[0] = { ...odd, shown: odd.rows.slice(0, 7).map(({ id }) => id) };
    const learned = learnQuery(occasions, space);
    expect(learned.misses).toEqual([0]);
    expect(learned.exact).toBeCloseTo(1 - 1 / occasions.length);
    expect(learned.membership).toBeGreaterThan(0.97);
  });

  it('is ambiguous where two short queries explain the same pages, and says the other in words', () => {
    const rows: readonly Row[] = ['amber', 'birch', 'cedar', 'delta'].map((name, i) => ({ id: `k${i}`, title: name, note: `${name}!` }));
    const learned = learnQuery(occasionsOf({ from: 't', as: 'r', where: search }, asking('q', ['amber', 'birch', 'cedar']), rows), space);
    expect(learned.certainty).toBe('ambiguous');
    expect(learned.alternatives).toContain('note contains q');
  });

  it('is unseen without evidence', () => {
    expect(learnQuery([], space)).toMatchObject({ query: { from: 't', as: 'r' }, certainty: 'unseen', misses: [] });
    expect(learnQuery([{ scope: scopeFor({}), rows: [], shown: [] }], space).certainty).toBe('unseen');
  });

  it('never lists rows from memory: what no rule explains stays a miss', () => {
    const { int } = picker(5);
    const asked = Array.from({ length: 30 }, (_, i): Asked => ({ params: { q: `zz${i}` } }));
    const chance = occasionsOf({ from: 't', as: 'r' }, asked, makeRows(2)).map((each) => ({
      ...each,
      shown: each.shown.filter(() => int(2) === 0),
    }));
    const learned = learnQuery(chance, space);
    expect(JSON.stringify(learned.query)).not.toContain('zz');
  });

  it('gives the same query for the same evidence', () => {
    const seen = occasionsOf({ from: 't', as: 'r', where: search, order: [byDate] }, visits(3, vocabulary), makeRows(3));
    expect(learnQuery(seen, space)).toEqual(learnQuery(structuredCloneOf(seen), space));
  });
});

/** The same occasions as other objects. */
function structuredCloneOf(occasions: readonly ListOccasion[]): readonly ListOccasion[] {
  return occasions.map((each) => ({ ...each, rows: structuredClone(each.rows), shown: [...each.shown] }));
}
