import type { Action, State, Task, TaskMix } from '@backlot/protocol';
import { sayAnswer, verify, type Said } from '@backlot/reward';
import { reset } from '@backlot/world';
import { describe, expect, it } from 'vitest';
import { learnWork, playActions, sampleTasks } from '../src/index.ts';
import { listSessions } from './fixtures/list-sessions.ts';
import { listWorld } from '../../world/fixtures/list-world.ts';

const work = learnWork(listWorld, listSessions(20));
const of = (kind: TaskMix, n = 8): readonly Task[] => sampleTasks(listWorld, work, { n, seed: 7, mix: { [kind]: 1 } });
const startOf = (task: Task): State => playActions(listWorld, reset(listWorld, task.account), task.setup) as State;
const judged = (task: Task, actions: readonly Action[], said: Said = {}): number => {
  const start = startOf(task);
  return verify(task.verifier, { world: listWorld, start, end: playActions(listWorld, start, actions) ?? start, said }).reward;
};
const rightWords = ({ verifier: { answer } }: Task): Said => {
  const said = answer && sayAnswer(answer);
  return answer?.kind === 'impossible' ? { gaveUp: true } : said === undefined ? {} : { answer: said };
};
const cellsOf = (state: State): readonly string[] =>
  Object.values(state.tables).flatMap((rows) => rows.flatMap((row) => Object.values(row).map((cell) => String(cell).toLowerCase())));

describe.each(['question', 'ambiguous', 'impossible', 'novel', 'long'] as const)('tasks that are %s', (kind) => {
  const tasks = of(kind);

  it('are found', () => {
    expect(tasks.length).toBeGreaterThan(0);
    expect(tasks.every(({ mix }) => mix === kind)).toBe(true);
  });

  it('are solved by their oracle with the right words, and not by doing nothing', () => {
    for (const task of tasks) {
      expect([task.instruction, judged(task, task.oracle, rightWords(task)), judged(task, [])]).toEqual([task.instruction, 1, 0]);
    }
  });
});

describe.each(['ambiguous', 'impossible'] as const)('tasks that are %s', (kind) => {
  it('are not solved by the work on another record', () => {
    for (const task of of(kind))
      if (task.wrong.length > 0) expect([task.instruction, judged(task, task.wrong, rightWords(task))]).toEqual([task.instruction, 0]);
  });
});

describe('questions', () => {
  it('have their answer nowhere in their words', () => {
    for (const { instruction, verifier } of of('question')) {
      const { answer } = verifier;
      const texts = answer?.kind === 'set' ? answer.values : answer?.kind === 'record' ? [answer.value] : [];
      for (const text of texts) expect(instruction).not.toContain(text);
    }
  });

  it('are not answered by changing something on the way', () => {
    for (const task of of('question')) {
      const busy: Action[] = [
        { kind: 'goto', value: '/' },
        { kind: 'fill', target: { role: 'textbox', name: 'What needs doing?', nth: 0 }, value: 'Something else' },
        { kind: 'press', target: { role: 'textbox', name: 'What needs doing?', nth: 0 }, value: 'Enter' },
      ];
      expect(judged(task, busy, rightWords(task))).toBe(0);
    }
  });
});

describe('tasks that leave open on which record', () => {
  it('are solved on every record that fits', () => {
    const tasks = of('ambiguous');
    for (const task of tasks) expect(task.verifier.alternatives?.length).toBeGreaterThan(0);
    const ends = tasks.flatMap(({ verifier: { goals, alternatives = [] } }) => [goals, ...alternatives]);
    expect(new Set(ends.map((goals) => JSON.stringify(goals))).size).toBeGreaterThan(tasks.length);
  });
});

describe('impossible tasks', () => {
  it('name what no record holds', () => {
    for (const task of of('impossible')) {
      const names = [...task.instruction.matchAll(/“([^”]*)”/g)].map(([, name]) => (name as string).toLowerCase());
      const cells = cellsOf(startOf(task));
      expect(names.some((name) => !cells.some((cell) => cell.includes(name)))).toBe(true);
    }
  });
});

describe('new combinations', () => {
  it('follow one piece of work by another that never followed it', () => {
    for (const { workflow } of of('novel')) {
      const [first = '', second = ''] = workflow.split('+');
      expect(work.follows[first]?.[second]).toBeUndefined();
    }
  });
});

describe('what a clock or a counter decides', () => {
  it('is not asked for', () => {
    // The oracle done a day later, after other records were made, solves every task too.
    for (const task of of('representative', 20)) {
      const start = startOf(task);
      const later = { ...start, clock: start.clock + 90_000_000, serial: start.serial + 50 };
      const end = playActions(listWorld, later, task.oracle) as State;
      expect([task.instruction, verify(task.verifier, { world: listWorld, start: later, end }).reward]).toEqual([task.instruction, 1]);
    }
  });
});
