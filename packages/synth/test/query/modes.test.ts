import type { Expr, Query, Row } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import type { LearnedQuery, ListOccasion, QuerySpace } from '../../src/query/learn-query.ts';
import { learnQuery } from '../../src/query/learn-query.ts';
import type { Asked } from './lists.ts';
import { makeRows, occasionsOf, picker, space, vocabulary } from './lists.ts';

const col = (name: string): Expr => ({ col: name, of: 'r' });
const call = (fn: string, ...args: readonly Expr[]): Expr => ({ fn, args });
const lit = (value: string | number): Expr => ({ lit: value });
const reg = (name: string): Expr => ({ reg: name });
const param = (name: string): Expr => ({ param: name });
const first = (test: Expr) => ({ by: call('if', test, lit(1), lit(0)), desc: true });
const number = (name: string, fallback: number): Expr =>
  call('if', call('isBlank', param(name)), lit(fallback), call('number', param(name)));
const pages = (size: Expr): Partial<Query> => ({ limit: size, offset: call('mul', call('sub', number('page', 1), lit(1)), size) });
const search = call('or', call('isBlank', param('q')), call('containsText', col('title'), call('trim', param('q'))));
const list = (rest: Partial<Query>): Query => ({ from: 't', as: 'r', ...rest });

/** Switches of the server, some of which are off where their mode is on; those named b are of no account to the list. */
const bystanders = Array.from({ length: 16 }, (_, i) => `b${i}`);
const switches: QuerySpace = { ...space, registers: ['known', 'every', 'some', 'long', ...bystanders] };

interface Visits {
  readonly sessions: number;
  readonly pages: number;
}

/** Sessions that seldom change a switch while they ask this and that. */
function visits(seed: number, { sessions, pages: count }: Visits): readonly Asked[] {
  const { pick, int } = picker(seed);
  return Array.from({ length: sessions }).flatMap(() => {
    const registers: Record<string, boolean> = { known: int(4) > 0, every: true, some: true, long: int(5) > 0 };
    for (const name of bystanders) registers[name] = int(2) === 0;
    return Array.from({ length: count }, (): Asked => {
      const here = { ...registers, every: int(10) > 0, some: int(10) > 0 };
      for (const name of bystanders) if (int(8) === 0) registers[name] = int(2) === 0;
      const asked = int(3);
      return {
        params: asked === 0 ? { q: `${pick([...vocabulary, 'e', 'a', 'r'])} ` } : asked === 1 ? { page: pick(['1', '2', '3']) } : {},
        registers: { ...here },
      };
    });
  });
}

const learn = (query: Query, asked: readonly Asked[], of: QuerySpace = switches): LearnedQuery =>
  learnQuery(occasionsOf(query, asked, makeRows(7, 30)), of);

/** Share of what others ask of other rows that is answered as by the true query. */
function agrees(learned: LearnedQuery, query: Query): number {
  const asked = visits(99, { sessions: 10, pages: 10 });
  const [a, b] = [learned.query, query].map((of) => occasionsOf(of, asked, makeRows(991, 40)).map(({ shown }) => shown.join()));
  return asked.filter((_, i) => a?.[i] === b?.[i]).length / asked.length;
}

describe('a list under switches of the server', () => {
  const hidden = call('or', reg('known'), call('not', col('hidden')));
  const every = call('or', reg('every'), col('hidden'));
  const some = call('or', reg('some'), call('isBlank', col('tags')));
  const size = call('if', reg('long'), lit(10), lit(4));
  const query = list({ where: call('and', hidden, every, some, search), order: [first(col('pinned'))], ...pages(size) });

  it('finds filters, also of switches that are off where their mode is on, the size of a page with its exception, and the order at once', () => {
    const learned = learn(query, visits(1, { sessions: 20, pages: 10 }));
    expect(learned.exact).toBeGreaterThan(0.97);
    expect(agrees(learned, query)).toBeGreaterThan(0.95);
  });

  it('depends on no switch that is of no account', () => {
    const learned = learn(query, visits(2, { sessions: 20, pages: 10 }));
    for (const name of bystanders) expect(JSON.stringify(learned.query)).not.toContain(`"${name}"`);
  });

  it('finds them though in some sessions a row is believed that is not there', () => {
    const { int } = picker(5);
    const asked = visits(3, { sessions: 30, pages: 10 });
    const ghost = (i: number): readonly Row[] => (i < 20 || (i > 60 && i < 75) ? [{ ...(makeRows(50, 1)[0] as Row), id: 'ghost' }] : []);
    const occasions = occasionsOf(query, asked, makeRows(7, 30)).map((each, i): ListOccasion => {
      const rows = [...each.rows];
      rows.splice(int(rows.length), 0, ...ghost(i));
      return { ...each, rows };
    });
    expect(agrees(learnQuery(occasions, switches), query)).toBeGreaterThan(0.95);
  });
});

describe('the size of a page', () => {
  it('is what most full pages show, though one that nothing tells apart shows more', () => {
    const occasions = [...occasionsOf(list(pages(lit(8))), visits(4, { sessions: 12, pages: 8 }), makeRows(7, 30))];
    const [odd] = occasions as [ListOccasion];
    occasions[0] = { ...odd, shown: odd.rows.map(({ id }) => id) };
    expect(learnQuery(occasions, switches).query.limit).toEqual(lit(8));
  });
});

describe('the order of a list', () => {
  it('is not chosen by a switch that happens to be on where rows are pinned', () => {
    const order = [first(col('pinned')), { by: call('sortKey', col('date')), desc: true }];
    const learned = learn(list({ order }), visits(6, { sessions: 10, pages: 8 }));
    expect(learned.exact).toBe(1);
    expect(JSON.stringify(learned.query.order)).not.toContain('"reg"');
  });

  it('puts rows first whose list has a label', () => {
    const label = call('hasItem', col('labels'), lit('sticky'));
    const rows = makeRows(7, 30).map((row, i) => ({
      ...row,
      labels: [...(i % 9 === 4 ? [['Sticky', false]] : []), ...(i % 4 === 0 ? [['New', true]] : [])],
    }));
    const of: QuerySpace = { ...switches, columns: [...space.columns, { name: 'labels', type: 'list' }] };
    const learned = learnQuery(occasionsOf(list({ order: [first(label)] }), visits(8, { sessions: 10, pages: 6 }), rows), of);
    expect(learned.exact).toBe(1);
    expect(learned.query.order).toEqual([first(label)]);
  });
});

describe('labels in one text', () => {
  it('put rows first, or hide them, each by itself', () => {
    const says = (label: string): Expr => call('containsText', col('labels'), lit(label));
    const query = list({ where: call('or', reg('known'), call('not', says('Secret'))), order: [first(says('Sticky'))] });
    const texts = ['', 'Sticky', 'Secret', 'Sticky Secret', '', ''];
    const rows = makeRows(7, 30).map((row, i) => ({ ...row, labels: texts[((i * 5) % 11) % 6] as string }));
    const of: QuerySpace = { ...switches, columns: [...space.columns, { name: 'labels', type: 'text' }] };
    const learned = learnQuery(occasionsOf(query, visits(11, { sessions: 12, pages: 6 }), rows), of);
    expect(learned.exact).toBe(1);
    expect(learned.query.order).toEqual([first(says('Sticky'))]);
  });
});

describe('a condition', () => {
  it('names no value that stands for one row in each table', () => {
    const { int } = picker(9);
    const of: QuerySpace = { ...switches, columns: [...space.columns, { name: 'number', type: 'text' }], registers: ['user'] };
    const tables = ['ada', 'bob'].map((user, t) => ({
      user,
      rows: makeRows(t + 1, 9).map((row, i) => ({ ...row, id: `${user}${i}`, number: String(i) })),
    }));
    const occasions = Array.from({ length: 80 }, (_, i): ListOccasion => {
      const { user, rows } = tables[i % 2] as (typeof tables)[number];
      const [occasion] = occasionsOf(list({}), [{ registers: { user }, params: i % 3 === 0 ? { page: '1' } : {} }], rows) as [ListOccasion];
      return user === 'bob' && int(3) > 0 ? { ...occasion, shown: occasion.shown.filter((id) => id !== 'bob1') } : occasion;
    });
    expect(JSON.stringify(learnQuery(occasions, of).query)).not.toContain('number');
  });

  it('is on what rows keep rather than on what a page says of them in passing', () => {
    const query = list({ where: call('or', reg('known'), call('not', col('hidden'))) });
    const of: QuerySpace = { ...switches, columns: [{ name: 'tools', type: 'text' }, ...space.columns] };
    const occasions = occasionsOf(query, visits(10, { sessions: 20, pages: 5 }), makeRows(7, 30)).map((each): ListOccasion => {
      const isKnown = each.scope.state.registers['known'] === true;
      return { ...each, rows: each.rows.map((row) => ({ ...row, tools: isKnown || !each.shown.includes(row.id) ? '·' : '' })) };
    });
    const learned = learnQuery(occasions, of);
    expect(learned.exact).toBe(1);
    expect(JSON.stringify(learned.query)).not.toContain('tools');
  });
});

describe('a search', () => {
  it('in many columns leaves out those in which nothing that was found ever answered', () => {
    const searched = ['title', 'note', 'owner', 'state', 'tags'];
    const where = call('or', call('isBlank', param('q')), ...searched.map((name) => call('containsText', col(name), param('q'))));
    const asked = [...vocabulary, 'ada', 'bob', 'open', 'wait', 'clos'].flatMap((q): Asked[] => [{ params: { q } }, {}]);
    const of: QuerySpace = {
      ...space,
      columns: [
        ...space.columns.filter(({ name }) => name !== 'price' && name !== 'date'),
        { name: 'code', type: 'text' },
        { name: 'stamp', type: 'text' },
      ],
    };
    const rows = makeRows(7, 30).map((row, i) => ({ ...row, code: `X${i * 7919}Q`, stamp: `2026-11-${10 + (i % 20)}` }));
    const learned = learnQuery(occasionsOf(list({ where }), asked, rows), of);
    const said = JSON.stringify(learned.query);
    expect(learned.exact).toBe(1);
    for (const name of searched) expect(said).toContain(`"${name}"`);
    for (const name of ['code', 'stamp']) expect(said).not.toContain(`"${name}"`);
  });

  it('by item reads the first part of each, and no blanks around the argument', () => {
    const where = call('or', call('isBlank', param('q')), call('hasItem', col('tags'), call('trim', param('q'))));
    const asked = [...vocabulary, ...vocabulary].flatMap((word): Asked[] => [{ params: { q: `${word} ` } }, {}]);
    expect(JSON.stringify(learn(list({ where }), asked).query.where)).toContain('"hasItem"');
  });
});
