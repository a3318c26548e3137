import type { Action, State, Task } from '@backlot/protocol';
import { verify } from '@backlot/reward';
import { reset } from '@backlot/world';
import { describe, expect, it } from 'vitest';
import { learnWork, playActions, sampleTasks } from '../src/index.ts';
import { listSessions } from './fixtures/list-sessions.ts';
import { listWorld } from '../../world/fixtures/list-world.ts';

const sessions = listSessions(20);
const work = learnWork(listWorld, sessions);
const tasks = sampleTasks(listWorld, work, { n: 40, seed: 7 });
const startOf = (task: Task): State => playActions(listWorld, reset(listWorld, task.account), task.setup) as State;
const rewardOf = (task: Task, actions: Task['oracle']): number => {
  const start = startOf(task);
  return verify(task.verifier, { world: listWorld, start, end: playActions(listWorld, start, actions) ?? start }).reward;
};
const of = (name: string): readonly Task[] => {
  const id = work.workflows.find((workflow) => workflow.name === name)?.id;
  return tasks.filter((task) => task.workflow === id);
};

describe('sampleTasks', () => {
  it('gives as many as are asked for, each with its own id', () => {
    expect(new Set(tasks.map((task) => task.id)).size).toBe(40);
  });

  it('gives the same bytes for the same seed, and others for another', () => {
    expect(JSON.stringify(sampleTasks(listWorld, work, { n: 40, seed: 7 }))).toBe(JSON.stringify(tasks));
    expect(JSON.stringify(sampleTasks(listWorld, work, { n: 40, seed: 8 }))).not.toBe(JSON.stringify(tasks));
  });

  it('proves each task by an oracle, and doing nothing or the wrong thing earns 0', () => {
    for (const task of tasks) {
      expect([task.instruction, rewardOf(task, task.oracle), rewardOf(task, []), rewardOf(task, task.wrong)]).toEqual([
        task.instruction,
        1,
        0,
        0,
      ]);
    }
  });

  it('draws work as often as people did it', () => {
    const share = of('add “What needs doing?”').length / tasks.length;
    const learned = work.workflows.find((workflow) => workflow.name === 'add “What needs doing?”')?.share ?? 0;
    expect(Math.abs(share - learned)).toBeLessThan(0.2);
  });

  it('asks for text that nobody ever typed into that field', () => {
    const fills = (actions: readonly Action[]): string[] =>
      actions.filter(({ kind }) => kind === 'fill').map(({ target, value }) => `${target?.name}: ${value}`);
    const typed = new Set(sessions.flatMap(({ steps }) => fills(steps.map(({ action }) => action))));
    const asked = tasks.flatMap(({ oracle }) => fills(oracle));
    expect(asked.length).toBeGreaterThan(10);
    expect(asked.filter((fill) => typed.has(fill))).toEqual([]);
  });

  it('says every text that is to be typed', () => {
    for (const task of tasks) for (const { kind, value } of task.oracle) if (kind === 'fill') expect(task.instruction).toContain(value);
  });

  it('names records as the page does, and no hidden ids', () => {
    const task = of('check “Done”').find(({ oracle }) => oracle.length === 1);
    const row = task?.verifier.goals[0]?.kind === 'updated' ? task.verifier.goals[0].row : '';
    const title = task && startOf(task).tables['item']?.find((each) => each.id === row)?.['title'];
    expect(task?.instruction).toBe(`Check “Done” of “${title}”.`);
    for (const { instruction } of tasks) expect(instruction).not.toMatch(/\b(?:[anp]\d+|item|title)\b/);
  });

  it('words each kind of work by its verb and labels', () => {
    const masked = new Set(tasks.map(({ instruction }) => instruction.replace(/(to|of|on|Delete|Change) “[^”]*”/g, '$1 “…”')));
    expect([...masked].toSorted()).toMatchInlineSnapshot(`
      [
        "Add a new entry: set “What needs doing?” to “…”.",
        "At “Ask the bank tomorrow”: set “What needs doing?” to “…”, then use “Done”.",
        "Change “…”: set “Edit” to “…”.",
        "Check “Done” of “…”.",
        "Delete “…” with “Delete”.",
        "Open “All”.",
        "Open “Done”.",
        "Open “Open”.",
        "Set “Name” to “…”, then use “Save”.",
        "Uncheck “Done” of “…”.",
      ]
    `);
  });

  it('starts some tasks from the seed and some from earlier work', () => {
    const fresh = tasks.filter((task) => task.setup.length === 0).length;
    expect(fresh).toBeGreaterThan(5);
    expect(fresh).toBeLessThan(30);
  });

  it('lifts the verifier from what the oracle changes', () => {
    const [task] = of('add “What needs doing?”');
    const title = task?.oracle[0]?.value;
    expect(task?.verifier).toEqual({
      goals: [{ kind: 'inserted', table: 'item', cells: { title, done: false }, count: 1 }],
      nothingElse: true,
    });
  });

  it('verifies work that only looks by where it ends', () => {
    expect(of('open “Open”')[0]?.verifier).toEqual({ goals: [{ kind: 'at', url: '/#/open' }], nothingElse: true });
  });

  it('allows thrice the oracle and five steps more', () => {
    for (const task of tasks) expect([task.maxSteps, task.difficulty]).toEqual([3 * task.oracle.length + 5, task.oracle.length]);
  });

  it('gives nothing where no work was learned', () => {
    expect(sampleTasks(listWorld, learnWork(listWorld, []), { n: 3, seed: 7 })).toEqual([]);
  });
});
