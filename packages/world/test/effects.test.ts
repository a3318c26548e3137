import type { Rule, World } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { reset } from '../src/reset.ts';
import { transition } from '../src/transition.ts';
import { listWorld } from '../fixtures/list-world.ts';

/** The list whose first rule adds a row of these cells instead. */
function adding(row: Extract<Rule['do'][number], { insert: string }>['row']): World {
  const [first, ...others] = listWorld.rules as readonly [Rule, ...Rule[]];
  return { ...listWorld, rules: [{ ...first, when: { lit: true }, do: [{ insert: 'item', at: 'end', row }] }, ...others] };
}

describe('adding a row', () => {
  it('makes cells of the row’s own other cells, in whatever order they stand', () => {
    const world = adding({
      title: { fn: 'concat', args: [{ lit: '/item/' }, { col: 'name', of: 'new' }] },
      name: { fn: 'concat', args: [{ lit: 'the ' }, { arg: 'value' }] },
    });
    const typed = transition(world, reset(world, 'empty'), { type: 'fill', key: 'p4', value: 'pear' }).state;
    const [row] = transition(world, typed, { type: 'press', name: 'Enter' }).state.tables['item'] ?? [];
    expect(row).toMatchObject({ name: 'the pear', title: '/item/the pear' });
  });
});

describe('changing rows', () => {
  it('leaves rows, tables and registers that hold the new values already as the objects that they were', () => {
    const [first, ...others] = listWorld.rules as readonly [Rule, ...Rule[]];
    const set = { done: { lit: true } } as const;
    const effects: Rule['do'] = [{ update: 'item', where: { lit: true }, set }];
    const world: World = { ...listWorld, rules: [{ ...first, when: { lit: true }, do: effects }, ...others] };
    const press = (state: ReturnType<typeof reset>) =>
      transition(world, transition(world, state, { type: 'fill', key: 'p4', value: 'pear' }).state, { type: 'press', name: 'Enter' }).state;
    const once = press(reset(world, 'two'));
    expect(once.tables['item']?.map(({ done }) => done)).toEqual([true, true]);
    expect(press(once).tables['item']).toBe(once.tables['item']);
  });
});
