import type { Goal, State, Value, World } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { netChange, potential, verify } from '../src/index.ts';

const world: World = {
  v: 1,
  app: 'notes',
  viewport: { width: 1, height: 1 },
  start: '/',
  defaultAccount: 'a',
  tables: [
    {
      name: 'note',
      label: 'title',
      columns: [
        { name: 'title', type: 'text', scope: 'server', initial: '' },
        { name: 'done', type: 'boolean', scope: 'server', initial: false },
        { name: 'tags', type: 'text', scope: 'server', initial: null },
        { name: 'open', type: 'boolean', scope: 'page', initial: false },
      ],
    },
    { name: 'toast', columns: [{ name: 'text', type: 'text', scope: 'page', initial: '' }] },
  ],
  registers: [
    { name: 'name', scope: 'server', initial: 'Notes' },
    { name: 'theme', scope: 'browser', initial: 'light' },
    { name: 'menu', scope: 'page', initial: false },
    { name: 'draft', scope: 'tab', initial: '' },
  ],
  seeds: {},
  pages: [],
  rules: [],
  styles: [],
  css: [],
  exceptions: [],
};

const start: State = {
  v: 1,
  account: 'a',
  tables: {
    note: [
      { id: 'a', title: 'Milk', done: false, tags: ['x', 'y'], open: false },
      { id: 'b', title: 'Ada', done: true, tags: null, open: false },
    ],
    toast: [],
  },
  registers: { name: 'Notes', theme: 'light', menu: false, draft: '' },
  drafts: {},
  focus: null,
  hover: null,
  history: { entries: ['/'], index: 0 },
  dialog: null,
  clock: 0,
  timers: [],
  serial: 1,
};

const [milk, ada] = start.tables['note']!;
const withNotes = (...note: Record<string, Value>[]): State => ({ ...start, tables: { ...start.tables, note: note as never } });
const at = (url: string): State => ({ ...start, history: { entries: [url], index: 0 } });
const judge = (goals: Goal[], end: State, nothingElse = true) => verify({ goals, nothingElse }, { world, start, end });
const fresh = (id: string, title: string, done = false) => ({ id, title, done, tags: null, open: false });

describe('netChange', () => {
  it('names rows come, changed and gone, and registers, in a fixed order', () => {
    const end = { ...withNotes(fresh('n1', 'New'), { ...milk!, done: true }), registers: { ...start.registers, theme: 'dark' } };
    expect(netChange(world, start, end)).toEqual([
      { kind: 'inserted', table: 'note', row: fresh('n1', 'New') },
      { kind: 'updated', table: 'note', was: milk, now: { ...milk!, done: true }, columns: ['done'] },
      { kind: 'deleted', table: 'note', row: ada },
      { kind: 'register', name: 'theme', was: 'light', now: 'dark' },
    ]);
  });

  it('leaves out page and tab scope, drafts, order, and equal lists in other objects', () => {
    const end: State = {
      ...withNotes(ada!, { ...milk!, tags: ['x', 'y'], open: true }),
      registers: { ...start.registers, menu: true, draft: 'hello' },
      drafts: { k: 'typed' },
    };
    expect(netChange(world, start, { ...end, tables: { ...end.tables, toast: [{ id: 't', text: 'Saved' }] } })).toEqual([]);
  });
});

describe('inserted', () => {
  const one: Goal = { kind: 'inserted', table: 'note', cells: { title: 'Tea', done: false }, count: 1 };

  it('holds for exactly the wanted new row', () => {
    expect(judge([one], withNotes(milk!, ada!, fresh('n1', 'Tea')))).toEqual({ reward: 1, feedback: [], progress: 1 });
  });

  it('fails without the row and says which is missing', () => {
    expect(judge([one], start)).toEqual({ reward: 0, feedback: ['Missing: a new note with title “Tea”, done false.'], progress: 0 });
  });

  it('gives a wrong row the share of its right cells, and names the wrong ones', () => {
    expect(judge([one], withNotes(milk!, ada!, fresh('n1', 'Tee')))).toEqual({
      reward: 0,
      feedback: ['Broken: the new note “Tee”: title is “Tee”, not “Tea”.'],
      progress: 0.5,
    });
  });

  it('fails with one row more than asked for, even where other changes are allowed', () => {
    const end = withNotes(milk!, ada!, fresh('n1', 'Tea'), fresh('n2', 'Tea'));
    expect(judge([one], end, false)).toMatchObject({ reward: 0, feedback: ['In excess: one more note “Tea” was added than asked for.'] });
  });

  it('does not take a row of the start for a new one', () => {
    expect(judge([{ ...one, cells: { title: 'Milk' } }], start).reward).toBe(0);
  });

  it('lets one row count for one goal only, the goal with more cells first', () => {
    const loose: Goal = { kind: 'inserted', table: 'note', cells: { title: 'Tea' }, count: 1 };
    expect(
      judge([loose, { ...one, cells: { title: 'Tea', done: true } }], withNotes(milk!, ada!, fresh('n1', 'Tea'), fresh('n2', 'Tea', true)))
        .reward,
    ).toBe(1);
    expect(judge([loose, one], withNotes(milk!, ada!, fresh('n1', 'Tea'))).reward).toBe(0);
    expect(judge([one, one], withNotes(milk!, ada!, fresh('n1', 'Tea'), fresh('n2', 'Tea'))).reward).toBe(1);
  });
});

describe('updated', () => {
  const goal: Goal = { kind: 'updated', table: 'note', row: 'a', was: { title: 'Milk' }, now: { title: 'Oat milk' } };

  it('holds where the row has the new cells and is otherwise as it was', () => {
    expect(judge([goal], withNotes({ ...milk!, title: 'Oat milk', open: true }, ada!)).reward).toBe(1);
  });

  it('fails where another cell of the row changed too, whatever else is allowed', () => {
    expect(judge([goal], withNotes({ ...milk!, title: 'Oat milk', done: true }, ada!), false)).toEqual({
      reward: 0,
      feedback: ['In excess: done of note “Milk” was changed from false to true.'],
      progress: 0.5,
    });
  });

  it('fails where another row got the new cells', () => {
    const judged = judge([goal], withNotes(milk!, { ...ada!, title: 'Oat milk' }));
    expect(judged.reward).toBe(0);
    expect(judged.feedback).toEqual([
      'Missing: note “Milk”: title is “Milk”, not “Oat milk”.',
      'In excess: note “Ada” was changed: title from “Ada” to “Oat milk”.',
    ]);
  });

  it('says that the row is gone, once', () => {
    expect(judge([goal], withNotes(ada!)).feedback).toEqual(['Broken: note “Milk” is gone; it had to get title “Oat milk”.']);
  });

  it('says where the task does not fit its start', () => {
    expect(judge([{ ...goal, was: { title: 'Beer' } }], start).feedback[0]).toMatch(/^Broken: the start has no note a with title “Beer”/);
  });
});

describe('deleted, register and at', () => {
  it('holds where just that row is gone', () => {
    const goal: Goal = { kind: 'deleted', table: 'note', row: 'a', was: { title: 'Milk' } };
    expect(judge([goal], withNotes(ada!)).reward).toBe(1);
    expect(judge([goal], withNotes()).feedback).toEqual(['In excess: note “Ada” was deleted.']);
    expect(judge([goal], start).feedback).toEqual(['Missing: note “Milk” is still there.']);
  });

  it('compares a register with its wanted value', () => {
    const goal: Goal = { kind: 'register', name: 'name', value: 'Mine' };
    expect(judge([goal], { ...start, registers: { ...start.registers, name: 'Mine' } }).reward).toBe(1);
    expect(judge([goal], start).feedback).toEqual(['Missing: name is “Notes”, not “Mine”.']);
  });

  it('matches the final address by path, wanted parameters and fragment', () => {
    const goal: Goal = { kind: 'at', url: '/notes?tag=x#top' };
    expect(judge([goal], at('/notes?page=2&tag=x#top')).reward).toBe(1);
    for (const url of ['/notes?tag=y#top', '/notes?tag=x', '/note?tag=x#top']) expect(judge([goal], at(url)).reward).toBe(0);
  });
});

describe('nothingElse', () => {
  const goal: Goal = { kind: 'deleted', table: 'note', row: 'a', was: {} };
  const end = { ...withNotes(ada!, fresh('n1', 'New')), registers: { ...start.registers, theme: 'dark' } };

  it('counts every other lasting change against the episode', () => {
    expect(judge([goal], end)).toEqual({
      reward: 0,
      feedback: ['In excess: note “New” was added.', 'In excess: theme was changed from “light” to “dark”.'],
      progress: 1 / 3,
    });
  });

  it('lets other changes be where it is off', () => {
    expect(judge([goal], end, false).reward).toBe(1);
  });

  it('rewards doing nothing where nothing is asked for', () => {
    expect(judge([], start).reward).toBe(1);
    expect(judge([], end).reward).toBe(0);
  });
});

describe('potential', () => {
  it('rises with every cell that is put right and is 1 at the goal', () => {
    const goal: Goal = { kind: 'updated', table: 'note', row: 'a', was: {}, now: { title: 'Tea', done: true } };
    const climb = [milk!, { ...milk!, title: 'Tea' }, { ...milk!, title: 'Tea', done: true }].map((row) =>
      potential({ goals: [goal], nothingElse: true }, { world, start, end: withNotes(row, ada!) }),
    );
    expect(climb).toEqual([0, 0.5, 1]);
  });
});
