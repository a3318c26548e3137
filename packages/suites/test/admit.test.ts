import type { Action, Task } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { admit, type Control } from '../src/index.ts';
import { clone } from './fixtures/list/list-clone.ts';

const on = (kind: Action['kind'], role: string, name: string, value?: string): Action => ({
  kind,
  target: { role, name, nth: 0 },
  ...(value === undefined ? {} : { value }),
});
const add = (title: string): Action[] => [
  on('fill', 'textbox', 'What needs doing?', title),
  on('press', 'textbox', 'What needs doing?', 'Enter'),
];
const sound: Task = {
  id: 't1',
  workflow: 'w1',
  instruction: 'Add a new entry: set “What needs doing?” to “Wash the car”.',
  account: 'two',
  setup: [],
  verifier: { goals: [{ kind: 'inserted', table: 'item', cells: { title: 'Wash the car', done: false }, count: 1 }], nothingElse: true },
  oracle: add('Wash the car'),
  wrong: add('Wash the dog'),
  maxSteps: 11,
  difficulty: 2,
};
const failed = async (task: Partial<Task>): Promise<Control | null> => {
  const admission = await admit({ ...sound, ...task }, clone);
  return admission.admitted ? null : admission.control;
};

describe('admit', () => {
  it('admits a task whose oracle alone earns the reward', async () => {
    expect(await admit(sound, clone)).toEqual({ admitted: true });
  });

  it('rejects a task whose setup the world refuses', async () => {
    expect(await failed({ setup: [on('click', 'button', 'Archive')] })).toBe('setup');
  });

  it('rejects a task whose oracle does not do it', async () => {
    expect(await failed({ oracle: add('Wash the cart') })).toBe('oracle');
  });

  it('rejects a task whose oracle is refused on the way', async () => {
    const admission = await admit({ ...sound, oracle: [on('click', 'button', 'Archive'), ...sound.oracle] }, clone);
    expect(admission).toMatchObject({ control: 'oracle', why: expect.stringContaining('Archive') as string });
  });

  it('rejects a task that is done before it begins', async () => {
    const goals: Task['verifier']['goals'] = [{ kind: 'at', url: '/' }];
    expect(await failed({ verifier: { goals, nothingElse: true }, oracle: [] })).toBe('no-op');
  });

  it('rejects a task that is done half-way through its oracle', async () => {
    const more = [...sound.oracle, on('click', 'link', 'Open')];
    expect(await failed({ oracle: more })).toBe('half-done');
  });

  it('rejects a task that overlooks what is done too much', async () => {
    expect(await failed({ verifier: { ...sound.verifier, nothingElse: false } })).toBe('over-shooting');
  });

  it('rejects a task that takes any text', async () => {
    const goals: Task['verifier']['goals'] = [{ kind: 'inserted', table: 'item', cells: { done: false }, count: 1 }];
    expect(await failed({ verifier: { goals, nothingElse: true } })).toBe('wrong-argument');
  });

  describe('of a question', () => {
    const question = (value: number, verifier: Partial<Task['verifier']> = {}): Partial<Task> => ({
      instruction: 'Open “Settings”. How many are there?',
      verifier: { goals: [], nothingElse: true, answer: { kind: 'number', value }, ...verifier },
      oracle: [on('click', 'link', 'Settings')],
      wrong: [],
    });

    it('admits what can only be known', async () => {
      expect(await failed(question(47))).toBeNull();
    });

    it('rejects what can be guessed', async () => {
      expect(await failed(question(5))).toBe('guess');
    });

    it('rejects what may be changed by the way', async () => {
      const oracle = [on('click', 'link', 'Settings'), on('click', 'link', 'Back to the list')];
      expect(await failed({ ...question(47, { nothingElse: false }), oracle })).toBe('over-shooting');
    });

    it('rejects what may be changed before it is given up', async () => {
      const verifier: Task['verifier'] = { goals: [], nothingElse: false, answer: { kind: 'impossible' } };
      const task = { verifier, oracle: [on('click', 'link', 'Settings')], wrong: add('Wash the car') };
      expect(await failed(task)).toBe('over-shooting');
    });
  });

  it('rejects a task that another record solves', async () => {
    const goals: Task['verifier']['goals'] = [{ kind: 'inserted', table: 'item', cells: { title: 'Wash the car', done: false }, count: 1 }];
    const verifier: Task['verifier'] = { goals, nothingElse: true };
    expect(await failed({ verifier, wrongRecord: add('Wash the car') })).toBe('wrong-record');
  });

  it('rejects a task that chance solves', async () => {
    const verifier: Task['verifier'] = { goals: [{ kind: 'at', url: '/' }], nothingElse: true };
    const setup = [on('click', 'link', 'Settings')];
    const oracle = [on('click', 'link', 'Back to the list')];
    expect(await failed({ setup, verifier, oracle, wrong: [on('fill', 'textbox', 'Name', 'x')], maxSteps: 1 })).toBe('random');
  });
});
