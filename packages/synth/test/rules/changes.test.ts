import { describe, expect, it } from 'vitest';
import { changesBetween, sameData } from '../../src/rules/changes.ts';
import { stateOf } from '../fixtures/scopes.ts';

const pear = { id: 'r1', name: 'pear', ripe: false };
const fig = { id: 'r2', name: 'fig', ripe: true };

describe('changesBetween', () => {
  it('tells rows added, gone and changed, and registers set', () => {
    const before = stateOf({ tables: { fruit: [pear, fig] }, registers: { open: false, who: 'ann' } });
    const after = stateOf({
      tables: {
        fruit: [
          { ...fig, ripe: false },
          { id: 'r3', name: 'lime', ripe: false },
        ],
      },
      registers: { open: true, who: 'ann' },
    });
    const changes = changesBetween(before, after);
    expect(changes.signature).toEqual(['del:fruit', 'ins:fruit', 'set:open', 'upd:fruit.ripe']);
    expect(changes.inserted.get('fruit')).toEqual([{ row: { id: 'r3', name: 'lime', ripe: false }, index: 1, total: 2 }]);
    expect([...(changes.deleted.get('fruit') ?? [])]).toEqual(['r1']);
    expect([...(changes.updated.get('fruit.ripe') ?? [])]).toEqual([['r2', false]]);
    expect([...changes.set]).toEqual([['open', true]]);
  });

  it('sees no change in the same rows in another order', () => {
    expect(changesBetween(stateOf({ tables: { fruit: [pear, fig] } }), stateOf({ tables: { fruit: [fig, pear] } })).signature).toEqual([]);
  });
});

const fruit = new Map([['fruit', new Set(['name', 'ripe'])]]);

describe('sameData', () => {
  it('holds whatever the rows are called and in what order they stand', () => {
    const renamed = { ...pear, id: 'n1' };
    expect(sameData(stateOf({ tables: { fruit: [fig, renamed] } }), stateOf({ tables: { fruit: [pear, fig] } }), fruit)).toBe(true);
  });

  it('holds whatever stands in other columns', () => {
    const marked = { ...pear, mark: 'w7' };
    expect(sameData(stateOf({ tables: { fruit: [marked] } }), stateOf({ tables: { fruit: [pear] } }), fruit)).toBe(true);
  });

  it('fails by one cell, one row or one register', () => {
    const state = stateOf({ tables: { fruit: [pear] }, registers: { open: true } });
    expect(sameData(stateOf({ tables: { fruit: [{ ...pear, ripe: true }] }, registers: { open: true } }), state, fruit)).toBe(false);
    expect(sameData(stateOf({ tables: { fruit: [pear, pear] }, registers: { open: true } }), state, fruit)).toBe(false);
    expect(sameData(stateOf({ tables: { fruit: [pear] }, registers: { open: false } }), state, fruit)).toBe(false);
  });
});
