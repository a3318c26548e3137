import type { Expr, Query } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import type { Asked } from './lists.ts';
import { asking, heldOut, space, vocabulary } from './lists.ts';

const col = (name: string): Expr => ({ col: name, of: 'r' });
const call = (fn: string, ...args: readonly Expr[]): Expr => ({ fn, args });
const key = (name: string): Expr => call('sortKey', col(name));
const lit = (value: string | number): Expr => ({ lit: value });
const list = (rest: Partial<Query>): Query => ({ from: 't', as: 'r', ...rest });
const nothing: readonly Asked[] = [{}, {}, {}];

describe('the order of a list', () => {
  it('is the table’s where nothing says otherwise', () => {
    const learned = heldOut(list({}), nothing, nothing);
    expect(learned.query).toEqual({ from: 't', as: 'r' });
    expect(learned.certainty).toBe('certain');
  });

  it.each(['title', 'price', 'date'])('is by %s, up or down, as people count', (name) => {
    for (const desc of [false, true]) {
      expect(heldOut(list({ order: [{ by: key(name), desc }] }), nothing, nothing)).toMatchObject({ exact: 1, agrees: 1 });
    }
  });

  it('is the reverse of the table’s where ids say when rows were made', () => {
    expect(heldOut(list({ order: [{ by: key('id'), desc: true }] }), nothing, nothing)).toMatchObject({ exact: 1, agrees: 1 });
  });

  it('puts rows with a flag first', () => {
    const pinned = { by: call('if', col('pinned'), lit(1), lit(0)), desc: true };
    expect(heldOut(list({ order: [pinned] }), nothing, nothing)).toMatchObject({ exact: 1, agrees: 1 });
    expect(heldOut(list({ order: [pinned, { by: key('date'), desc: true }] }), nothing, nothing)).toMatchObject({ exact: 1, agrees: 1 });
  });

  it('is chosen by an argument, with a default', () => {
    const when = (value: string, by: Expr): Expr => call('if', call('eq', { param: 'sort' }, lit(value)), by, lit(0));
    const order = [
      { by: when('cheap', key('price')) },
      { by: when('dear', key('price')), desc: true },
      { by: when('new', key('date')), desc: true },
    ];
    const seen = ['cheap', 'dear', 'new', 'cheap', 'dear', 'new'];
    expect(heldOut(list({ order }), asking('sort', seen), asking('sort', ['new', 'dear', 'other']))).toMatchObject({ exact: 1, agrees: 1 });
  });

  it('is chosen by two arguments, one for the column and one for the direction', () => {
    const is = (name: string, value: string): Expr => call('eq', { param: name }, lit(value));
    const when = (column: string, dir: string): Expr => call('if', call('and', is('sort', column), is('x', dir)), key(column), lit(0));
    const order = ['price', 'date'].flatMap((name) => [{ by: when(name, 'asc') }, { by: when(name, 'desc'), desc: true }]);
    const asked = ['price', 'date', 'price', 'date'].flatMap((sort) => [{ params: { sort, x: 'asc' } }, { params: { sort, x: 'desc' } }]);
    expect(heldOut(list({ order }), [...asked, ...nothing], asked)).toMatchObject({ exact: 1, agrees: 1 });
  });
});

describe('the pages of a list', () => {
  const number = (name: string, fallback: number): Expr =>
    call('if', call('isBlank', { param: name }), lit(fallback), call('number', { param: name }));
  const from = (size: Expr): Expr => call('mul', call('sub', number('page', 1), lit(1)), size);

  it('show so many rows at most', () => {
    expect(heldOut(list({ limit: lit(10) }), nothing, nothing).query).toEqual({ from: 't', as: 'r', limit: lit(10) });
  });

  it('are chosen by number, with the first as default', () => {
    const query = list({ limit: lit(5), offset: from(lit(5)), order: [{ by: key('price') }] });
    expect(heldOut(query, asking('page', ['1', '2', '3', '4', '5']), asking('page', ['2', '6', '8']))).toMatchObject({
      exact: 1,
      agrees: 1,
    });
  });

  it('are counted from zero, or in rows', () => {
    const zero = list({ limit: lit(5), offset: call('mul', number('page', 0), lit(5)) });
    expect(heldOut(zero, asking('page', ['0', '1', '2', '3']), asking('page', ['4', '5']))).toMatchObject({ exact: 1, agrees: 1 });
    const rows = list({ limit: lit(5), offset: number('page', 0) });
    expect(heldOut(rows, asking('page', ['5', '10', '15', '7']), asking('page', ['20', '3']))).toMatchObject({ exact: 1, agrees: 1 });
  });

  it('are as long as an argument says', () => {
    const query = list({ limit: number('per', 8), offset: from(number('per', 8)) });
    const seen = ['4', '10', '6'].flatMap((per): Asked[] => [
      { params: { per } },
      { params: { per, page: '2' } },
      { params: { page: '2' } },
      {},
    ]);
    expect(heldOut(query, seen, [{ params: { per: '7', page: '3' } }, {}])).toMatchObject({ exact: 1, agrees: 1 });
  });

  it('grow with each asking for more', () => {
    const query = list({ limit: call('mul', number('page', 1), lit(6)) });
    expect(heldOut(query, asking('page', ['2', '3', '2']), asking('page', ['4', '5']))).toMatchObject({ exact: 1, agrees: 1 });
  });

  it('hide no filter: rows on other pages are not held against it', () => {
    const search = call('or', call('isBlank', { param: 'q' }), call('containsText', col('title'), { param: 'q' }));
    const query = list({
      where: call('and', call('not', col('hidden')), search),
      order: [{ by: key('date'), desc: true }],
      limit: lit(5),
      offset: from(lit(5)),
    });
    const seen = [...vocabulary.slice(0, 9), 'e', 'a', 'r'].flatMap((q): Asked[] => [
      { params: { q } },
      { params: { q: q.slice(0, 1), page: '2' } },
      { params: { page: '3' } },
      {},
    ]);
    const unseen = vocabulary.slice(9).flatMap((q): Asked[] => [{ params: { q } }, { params: { q: q.slice(0, 1), page: '2' } }]);
    expect(heldOut(query, seen, unseen)).toMatchObject({ exact: 1, agrees: 1 });
  });

  it('leave out a parameter that no evidence speaks of', () => {
    const learned = heldOut(list({}), asking('x', ['1', '2', 'b']), nothing);
    expect(JSON.stringify(learned.query)).not.toContain(space.params.at(-1) === 'x' ? '"param"' : '');
  });
});
