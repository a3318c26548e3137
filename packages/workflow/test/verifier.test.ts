import type { State, World } from '@backlot/protocol';
import { compileVerifier, verify } from '@backlot/reward';
import { act, reset } from '@backlot/world';
import { describe, expect, it } from 'vitest';
import { playActions } from '../src/index.ts';
import { liftVerifier } from '../src/verifier.ts';
import { listWorld } from '../../world/fixtures/list-world.ts';
import { on } from './fixtures/scripted-user.ts';

const start = reset(listWorld, 'two');
const confirmed = { dialog: { type: 'confirm', message: '', accepted: true } } as const;

describe('liftVerifier', () => {
  it('asks for each row that goes', () => {
    expect(liftVerifier(listWorld, start, [{ ...on('click', ['button', 'Clear done']), ...confirmed }])).toEqual({
      goals: [{ kind: 'deleted', table: 'item', row: 'a2', was: { title: 'Call Ada', done: true } }],
      nothingElse: true,
    });
  });

  it('asks only for the cells that change', () => {
    expect(liftVerifier(listWorld, start, [on('check', ['checkbox', 'Done', 0])])?.goals).toEqual([
      { kind: 'updated', table: 'item', row: 'a1', was: { done: false }, now: { done: true } },
    ]);
  });

  it('joins equal new rows into one goal with their number', () => {
    const add = [on('fill', ['textbox', 'What needs doing?'], 'Twice'), on('press', ['textbox', 'What needs doing?'], 'Enter')];
    expect(liftVerifier(listWorld, start, [...add, ...add])?.goals).toEqual([
      { kind: 'inserted', table: 'item', cells: { title: 'Twice', done: false }, count: 2 },
    ]);
  });

  it('sets aside what changes by looking, and earns the same whoever has looked around', () => {
    const looked = [
      { update: 'item', where: { lit: true }, set: { seen: { lit: true } } },
      { set: 'visited', to: { lit: true } },
    ] as const;
    const [items] = listWorld.tables;
    const world: World = {
      ...listWorld,
      tables: [{ ...items!, columns: [...items!.columns, { name: 'seen', type: 'boolean', scope: 'server', initial: false }] }],
      registers: [...listWorld.registers, { name: 'visited', scope: 'server', initial: false }],
      rules: [
        ...listWorld.rules,
        { id: 'looks', on: { open: 'settings' }, do: looked, then: 'stay', evidence: [], certainty: 'certain', probability: 1 },
      ],
      start: '/settings',
    };
    const begin = act(world, reset(world, 'two'), { kind: 'goto', value: '/' }).state;
    const fresh: State = { ...begin, tables: reset(world, 'two').tables, registers: { ...begin.registers, visited: false } };
    const add = [on('fill', ['textbox', 'What needs doing?'], 'Tea'), on('press', ['textbox', 'What needs doing?'], 'Enter')];
    const verifier = liftVerifier(world, fresh, add);
    expect(verifier).toEqual({
      goals: [{ kind: 'inserted', table: 'item', cells: { title: 'Tea', done: false }, count: 1 }],
      nothingElse: true,
      aside: ['item.seen', 'visited'],
    });
    const around = [
      { kind: 'goto', value: '/settings' },
      { kind: 'goto', value: '/' },
    ] as const;
    for (const way of [add, [...around, ...add], [...add, ...around]]) {
      const end = playActions(world, fresh, way)!;
      expect(verify(verifier!, { world, start: fresh, end }).reward).toBe(1);
      const judge = new Function(`return ${compileVerifier(verifier!, { world, start: fresh })}`)() as (end: State) => { reward: number };
      expect(judge(end).reward).toBe(1);
    }
    const more = playActions(world, fresh, [...add, on('click', ['button', 'Delete'])])!;
    expect(verify(verifier!, { world, start: fresh, end: more }).reward).toBe(0);
  });

  it('finds no goal in what leaves everything as it was', () => {
    expect(liftVerifier(listWorld, start, [on('hover', ['checkbox', 'Done', 0])])).toBeNull();
  });

  it('finds no goal in what the world refuses', () => {
    expect(liftVerifier(listWorld, start, [on('click', ['button', 'Archive'])])).toBeNull();
  });
});
