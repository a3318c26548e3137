import type { Expr } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { decide } from '../../src/rules/decide.ts';
import { outcomeOf } from '../../src/rules/effect-world.ts';
import type { Occasion } from '../../src/rules/terms.ts';
import { occasion, tableWith } from '../fixtures/occasions.ts';
import { scopeOf } from '../fixtures/scopes.ts';

const table = tableWith('text', 'boolean');
const row = { id: 't0k1', c0: '1', c1: false };
const alone = { shown: [], choice: null };

describe('decide', () => {
  it('makes one effect of changes to the same rows', () => {
    const wide = tableWith('text', 'text', 'text');
    const told = ['ale', 'bun', 'cod'].map((name) =>
      occasion({
        before: { t0: [{ id: 't0k1', c0: '1', c1: 'old', c2: 'x' }] },
        after: { t0: [{ id: 't0k1', c0: '1', c1: name, c2: 'seen' }] },
        args: { name, n: '1' },
      }),
    );
    const { effects, unexplained } = decide(told, [wide], alone);
    expect(effects).toHaveLength(1);
    expect(effects[0]).toMatchObject({ update: 't0', set: { c1: { fn: 'trim', args: [{ arg: 'name' }] }, c2: { lit: 'seen' } } });
    expect(unexplained).toEqual([]);
  });

  it('changes the records that are there before it adds new ones', () => {
    const basket = tableWith('text', 'text');
    const line = (name: string, count: number) => ({ id: `t0k${name}`, c0: name, c1: String(count) });
    const buy = (id: string, was: readonly [string, number][], is: readonly [string, number][], more: string) =>
      occasion({ before: { t0: was.map((each) => line(...each)) }, after: { t0: is.map((each) => line(...each)) }, args: { id, more } });
    const told = [
      buy('ale', [], [['ale', 2]], '2'),
      buy('ale', [['ale', 2]], [['ale', 5]], '3'),
      buy(
        'bun',
        [['ale', 5]],
        [
          ['ale', 5],
          ['bun', 4],
        ],
        '4',
      ),
      buy('bun', [['bun', 4]], [['bun', 5]], '1'),
    ];
    const { effects, unexplained } = decide(told, [basket], alone);
    expect(unexplained).toEqual([]);
    const scope = scopeOf({ tables: { t0: [line('dab', 7)] }, args: { id: 'cod', more: '6' } });
    const counts = (outcomeOf(effects, scope, [basket]).tables['t0'] ?? []).map(({ c0, c1 }) => `${String(c0)} ${String(c1)}`);
    expect(counts).toEqual(['dab 7', 'cod 6']);
  });

  it('tells where an action leads by what it was given', () => {
    const told = ['', 'ale', '', 'bun', 'cod'].map((name) =>
      occasion({ from: '/new', asked: '/create', to: name === '' ? '/new' : '/list', args: { name } }),
    );
    const { outcomes } = decide(told, [table], alone);
    expect(outcomes.map(({ when, explained }) => [when, explained.length])).toEqual([
      [{ fn: 'isBlank', args: [{ arg: 'name' }] }, 2],
      [undefined, 3],
    ]);
  });

  it('makes no outcome of what happened once and nothing but that one text tells', () => {
    const told = ['ale', 'bun', 'cod', 'dab', 'eel'].map((name, i) =>
      occasion({ from: '/new', asked: '/create', to: i === 2 ? '/sorry' : '/list', args: { name } }),
    );
    expect(decide(told, [table], alone).outcomes.map(({ when }) => when)).toEqual([undefined]);
  });

  it('names the occasions that its effects do not explain', () => {
    const told = [1, 2, 3, 4].map((n) =>
      occasion({ before: { t0: [row] }, after: { t0: n === 3 ? [] : [row] }, args: {}, registers: { g0: n } }),
    );
    expect(decide(told, [table], alone).unexplained).toEqual([told[2]]);
  });

  describe('while a choice is open', () => {
    const basket = tableWith('text');
    const choice: Expr = { fn: 'eq', args: [{ reg: 'open' }, { lit: 1 }] };
    const add = (open: boolean, adds: boolean) =>
      occasion({
        before: { t0: [] },
        after: { t0: adds ? [{ id: 't0kale', c0: 'ale' }] : [] },
        registers: { open: Number(open), told: false },
        then: { told: !adds },
        args: { id: 'ale' },
      });
    const after = (told: readonly Occasion[], open: boolean) => {
      const { effects } = decide(told, [basket], { shown: [], choice });
      const scope = scopeOf({ tables: { t0: [] }, registers: { open: Number(open), told: false }, args: { id: 'bun' } });
      const state = outcomeOf(effects, scope, [basket]);
      return { names: (state.tables['t0'] ?? []).map(({ c0 }) => c0), told: state.registers['told'] };
    };
    const done = Array.from({ length: 60 }, () => add(false, true));

    it('does what it does else only when the choice is made, however seldom it was not', () => {
      const told = [...done, add(true, false), add(true, false)];
      expect(after(told, true)).toEqual({ names: [], told: true });
      expect(after(told, false).names).toHaveLength(1);
    });

    it('does not hang on a choice that once was no hindrance', () => {
      expect(after([...done, add(true, false), add(true, true), add(true, false)], true).names).toHaveLength(1);
    });

    it('does not hang on a choice that was open once', () => {
      expect(after([...done, add(true, false)], true).names).toHaveLength(1);
    });
  });
});
