import type { Effect, Row } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../src/rules/effect-world.ts';
import { deleteEffects, registerEffects, updateEffects } from '../../src/rules/effects.ts';
import { insertEffects } from '../../src/rules/inserts.ts';
import type { Occasion } from '../../src/rules/terms.ts';
import { termsOf } from '../../src/rules/terms.ts';
import type { ColumnModel, TableModel } from '../../src/state/tables.ts';
import { occasion, tableWith } from '../fixtures/occasions.ts';
import { scopeOf } from '../fixtures/scopes.ts';

/** Issues: a number as their key, a title, votes, and whether they are closed. */
const table = tableWith('text', 'text', 'text', 'boolean');
const issue = (key: number, title: string, votes = 0, closed = false): Row => ({
  id: `t0k${key}`,
  c0: String(key),
  c1: title,
  c2: String(votes),
  c3: closed,
});
const issues = [issue(1, 'ale', 4), issue(2, 'bun', 7, true), issue(3, 'cod', 1), issue(4, 'dab', 7, true)];
const change = (key: number, to: Partial<Row>): readonly Row[] =>
  issues.map((row) => (row['c0'] === String(key) ? ({ ...row, ...to } as Row) : row));
const column = (n: number, of: TableModel = table): ColumnModel => of.columns[n] as ColumnModel;
const arg = (name: string): unknown => ({ arg: name });
const trimmed = (name: string): unknown => ({ fn: 'trim', args: [arg(name)] });
const it_ = (name: string): unknown => ({ col: name, of: 'it' });
const keyIs = (name: string): unknown => ({ fn: 'eq', args: [it_('c0'), trimmed(name)] });

/** Titles after effects on other issues, with other arguments. */
function after(effects: readonly Effect[], args: Readonly<Record<string, string>>, rows: readonly Row[]): readonly Row[] {
  return outcomeOf(effects, scopeOf({ tables: { t0: rows }, args }), [table]).tables['t0'] ?? [];
}

describe('updateEffects', () => {
  const update = (n: number, told: readonly Occasion[]) => updateEffects(table, column(n), termsOf(told, [table]));

  it('set the record that an argument names by its key to what another argument holds', () => {
    const told = (
      [
        [1, 'eel'],
        [3, ' fig'],
        [2, 'gum'],
      ] as const
    ).map(([key, title]) =>
      occasion({ before: { t0: issues }, after: { t0: change(key, { c1: title.trim() }) }, args: { id: String(key), title } }),
    );
    expect(update(1, told)).toEqual({ effects: [{ update: 't0', where: keyIs('id'), set: { c1: trimmed('title') } }], misses: [] });
  });

  it('count up what was there', () => {
    const told = (
      [
        [1, 5],
        [2, 8],
        [3, 2],
      ] as const
    ).map(([key, votes]) =>
      occasion({ before: { t0: issues }, after: { t0: change(key, { c2: String(votes) }) }, args: { id: String(key) } }),
    );
    const { effects, misses } = update(2, told);
    expect(misses).toEqual([]);
    expect(after(effects, { id: '9' }, [issue(9, 'hop', 30), issue(8, 'ivy', 30)]).map((row) => row['c2'])).toEqual(['31', '30']);
  });

  it('turn a switch over', () => {
    const told = (
      [
        [1, true],
        [2, false],
        [3, true],
      ] as const
    ).map(([key, closed]) => occasion({ before: { t0: issues }, after: { t0: change(key, { c3: closed }) }, args: { id: String(key) } }));
    expect(update(3, told).effects).toEqual([{ update: 't0', where: keyIs('id'), set: { c3: { fn: 'not', args: [it_('c3')] } } }]);
  });

  it('are of the record that was acted on where no argument names one', () => {
    const told = [1, 3].map((key) =>
      occasion({ before: { t0: issues }, after: { t0: change(key, { c3: true }) }, rows: { rt0: issues[key - 1] as Row } }),
    );
    const self = { fn: 'eq', args: [it_('id'), { col: 'id', of: 'rt0' }] };
    expect(update(3, told).effects).toMatchObject([{ update: 't0', where: self, set: { c3: { lit: true } } }]);
  });

  it('decide by a condition inside the value', () => {
    const told = [1, 2, 3, 4].flatMap((key) =>
      [true, false].map((on) =>
        occasion({
          before: { t0: issues },
          after: { t0: change(key, { c2: on ? 'high' : 'low' }) },
          args: { id: String(key) },
          registers: { strict: on },
        }),
      ),
    );
    expect(update(2, told).effects).toEqual([
      { update: 't0', where: keyIs('id'), set: { c2: { fn: 'if', args: [{ reg: 'strict' }, { lit: 'high' }, { lit: 'low' }] } } },
    ]);
  });

  it('count one up or down though it was seen once, and no other number', () => {
    const once = (votes: string): unknown => {
      const told = occasion({ before: { t0: issues }, after: { t0: change(1, { c2: votes }) }, args: { id: '1' } });
      return after(update(2, [told]).effects, { id: '9' }, [issue(9, 'hop', 30)])[0]?.['c2'];
    };
    expect([once('5'), once('3'), once('6')]).toEqual(['31', '29', '6']);
  });

  /** Votes for an issue, some more than there were, or as many as there were where they were refused. */
  const voted = (key: number, more: string, isRefused = false): Occasion => {
    const votes = Number(issues[key - 1]?.['c2']) + Number(more);
    return occasion({
      before: { t0: issues },
      after: { t0: isRefused ? issues : change(key, { c2: String(votes) }) },
      args: { id: String(key), more },
    });
  };

  it('add what was put in to what was there', () => {
    const { effects, misses } = update(2, [voted(1, '3'), voted(2, '1'), voted(3, '6')]);
    expect(misses).toEqual([]);
    expect(after(effects, { id: '9', more: '12' }, [issue(9, 'hop', 30)])[0]).toMatchObject({ c2: '42' });
  });

  it('add it though it was refused once, and say when', () => {
    const told = [voted(1, '3'), voted(2, '1'), voted(3, '90', true), voted(1, '6')];
    const { effects, misses } = update(2, told);
    expect(misses).toEqual([told[2]]);
    expect(after(effects, { id: '9', more: '90' }, [issue(9, 'hop', 30)])[0]).toMatchObject({ c2: '120' });
  });

  it('do not add where it was refused more often than not', () => {
    const told = [voted(1, '3'), voted(2, '1'), voted(3, '6', true), voted(4, '2', true), voted(1, '5', true)];
    expect(JSON.stringify(update(2, told).effects)).not.toContain('"add"');
  });

  describe('of an amount', () => {
    /** Lines of an order: what, how many, and what they cost together. */
    const order = tableWith('text', 'text', 'text');
    const line = (name: string, count: number, cost: string): Row => ({ id: `t0k${name}`, c0: name, c1: String(count), c2: cost });
    const told = (was: Row, is: Row, more?: string): Occasion =>
      occasion({ before: { t0: [was] }, after: { t0: [is] }, args: { id: String(was['c0']), ...(more === undefined ? {} : { more }) } });
    const cost = (occasions: readonly Occasion[], row: Row, args: Readonly<Record<string, string>>): unknown => {
      const { effects } = updateEffects(order, column(2, order), termsOf(occasions, [order]));
      return outcomeOf(effects, scopeOf({ tables: { t0: [row] }, args: { id: String(row['c0']), ...args } }), [order]).tables['t0']?.[0]?.[
        'c2'
      ];
    };

    it('let it grow with the number of its record by what was put in, written as it was', () => {
      const bought = [
        told(line('ale', 2, '$18.00'), line('ale', 5, '$45.00'), '3'),
        told(line('bun', 1, '$1.50'), line('bun', 3, '$4.50'), '2'),
      ];
      expect(cost(bought, line('cod', 3, '$900.00'), { more: '1' })).toBe('$1,200.00');
    });

    it('let it grow or shrink by one piece', () => {
      const more = [told(line('ale', 2, '$18.00'), line('ale', 3, '$27.00')), told(line('bun', 1, '$1.50'), line('bun', 2, '$3.00'))];
      const less = [told(line('ale', 2, '$18.00'), line('ale', 1, '$9.00')), told(line('bun', 3, '$4.50'), line('bun', 2, '$3.00'))];
      expect([more, less].map((each) => cost(each, line('cod', 4, '$10.00'), {}))).toEqual(['$12.50', '$7.50']);
    });
  });

  it('are none where hardly any occasion changes the column, and say on which', () => {
    const told = Array.from({ length: 30 }, (_, i) =>
      occasion({ before: { t0: issues }, after: { t0: i === 7 ? change(1, { c1: 'jam' }) : issues }, args: { id: String((i % 4) + 1) } }),
    );
    expect(update(1, told)).toEqual({ effects: [], misses: [told[7]] });
  });
});

describe('insertEffects', () => {
  const insert = (told: readonly Occasion[]) => insertEffects(table, termsOf(told, [table]));
  const adding = (title: string, before: readonly Row[], key: number): Occasion =>
    occasion({ before: { t0: before }, after: { t0: title === '' ? before : [...before, issue(key, title)] }, args: { title } });

  it('add a record with what was given, and with the next number', () => {
    const { effects, misses } = insert([
      adding('eel', issues, 5),
      adding('fig', issues.slice(0, 2), 3),
      adding('gum', issues.slice(0, 3), 4),
    ]);
    expect(misses).toEqual([]);
    expect(effects).toMatchObject([{ insert: 't0', at: 'end', row: { c1: trimmed('title'), c2: { lit: '0' }, c3: { lit: false } } }]);
    const [, made] = after(effects, { title: 'hop' }, [issue(41, 'ivy')]);
    expect(made).toMatchObject({ c0: '42', c1: 'hop' });
  });

  it('count on behind what names begin with, whatever that is where they are', () => {
    const named = (rows: readonly Row[], prefix: string): readonly Row[] => rows.map((row) => ({ ...row, c0: `${prefix}-${row['c0']}` }));
    const added = (title: string, before: readonly Row[], key: number, prefix: string): Occasion =>
      occasion({ before: { t0: named(before, prefix) }, after: { t0: named([...before, issue(key, title)], prefix) }, args: { title } });
    const { effects } = insert([added('eel', issues, 5, 'T'), added('fig', issues.slice(0, 2), 3, 'PLOT'), added('gum', issues, 5, 'T')]);
    const [, made] = after(effects, { title: 'hop' }, named([issue(41, 'ivy')], 'SHED'));
    expect(made).toMatchObject({ c0: 'SHED-42', c1: 'hop' });
  });

  it('make a name up where it follows from nothing', () => {
    const { effects } = insert([adding('eel', issues, 90), adding('fig', issues, 17), adding('gum', issues, 55)]);
    expect(effects).toMatchObject([{ insert: 't0', row: { c0: { fn: 'fresh' } } }]);
    const names = after(effects, { title: 'hop' }, issues).map((row) => row['c0']);
    expect(new Set(names).size).toBe(5);
  });

  it('add at the start where pages show it there', () => {
    const told = ['eel', 'fig'].map((title) =>
      occasion({ before: { t0: issues }, after: { t0: [issue(5, title), ...issues] }, args: { title } }),
    );
    expect(insert(told).effects).toMatchObject([{ insert: 't0', at: 'start' }]);
  });

  it('add only where a condition holds that tells the occasions apart', () => {
    const { effects, misses } = insert([
      adding('eel', issues, 5),
      adding('', issues, 5),
      adding('fig', issues, 5),
      adding('', issues.slice(0, 2), 3),
    ]);
    expect(misses).toEqual([]);
    expect(effects).toMatchObject([{ if: {}, do: [{ insert: 't0' }] }]);
    expect([after(effects, { title: 'hop' }, issues).length, after(effects, { title: ' ' }, issues).length]).toEqual([5, 4]);
  });
});

describe('deleteEffects', () => {
  const remove = (told: readonly Occasion[]) => deleteEffects(table, termsOf(told, [table]));
  const without = (...keys: readonly number[]): readonly Row[] => issues.filter((row) => !keys.includes(Number(row['c0'])));

  it('remove the record that an argument names', () => {
    const told = [1, 4, 2].map((key) => occasion({ before: { t0: issues }, after: { t0: without(key) }, args: { id: String(key) } }));
    expect(remove(told)).toEqual({ effects: [{ delete: 't0', where: keyIs('id') }], misses: [] });
  });

  it('remove all records of which a switch is on', () => {
    const told = [issues, issues.slice(0, 3), issues.slice(1)].map((rows) =>
      occasion({ before: { t0: rows }, after: { t0: rows.filter((row) => row['c3'] !== true) } }),
    );
    expect(remove(told).effects).toEqual([{ delete: 't0', where: it_('c3') }]);
  });

  it('remove a record only where its own switch allows it', () => {
    const told = [1, 2, 3, 4, 1, 2].map((key) =>
      occasion({
        before: { t0: issues },
        after: { t0: key % 2 === 1 ? without(key) : issues },
        args: { id: String(key) },
      }),
    );
    const { effects } = remove(told);
    expect(effects).toEqual([{ delete: 't0', where: { fn: 'and', args: [keyIs('id'), { fn: 'not', args: [it_('c3')] }] } }]);
  });

  it('say which occasions they leave unexplained', () => {
    const told = [1, 4, 2].map((key) => occasion({ before: { t0: issues }, after: { t0: without(key) } }));
    expect(remove(told)).toEqual({ effects: [], misses: told });
  });
});

describe('registerEffects', () => {
  const set = (told: readonly Occasion[]) => registerEffects('g0', termsOf(told, []));

  it('set a register to what was given', () => {
    const told = ['ann', 'bob', 'cyd'].map((user) => occasion({ registers: { g0: '' }, then: { g0: user }, args: { user } }));
    expect(set(told).effects).toEqual([{ set: 'g0', to: trimmed('user') }]);
  });

  it('turn a register over', () => {
    const told = [true, false, true].map((was) => occasion({ registers: { g0: was }, then: { g0: !was } }));
    expect(set(told).effects).toEqual([{ set: 'g0', to: { fn: 'not', args: [{ reg: 'g0' }] } }]);
  });

  it('set it on some occasions and keep it on the others', () => {
    const told = ['lovelace', 'guess', 'lovelace', 'guess'].map((password) =>
      occasion({ registers: { g0: false }, then: { g0: password === 'lovelace' }, args: { password } }),
    );
    const { effects, misses } = set(told);
    expect(misses).toEqual([]);
    const now = (password: string): unknown =>
      outcomeOf(effects, scopeOf({ registers: { g0: false }, args: { password } }), []).registers['g0'];
    expect([now('lovelace'), now('guess')]).toEqual([true, false]);
  });
});
