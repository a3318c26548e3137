import { reset } from '@backlot/world';
import { describe, expect, it } from 'vitest';
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

  it('finds no goal in what leaves everything as it was', () => {
    expect(liftVerifier(listWorld, start, [on('hover', ['checkbox', 'Done', 0])])).toBeNull();
  });

  it('finds no goal in what the world refuses', () => {
    expect(liftVerifier(listWorld, start, [on('click', ['button', 'Archive'])])).toBeNull();
  });
});
