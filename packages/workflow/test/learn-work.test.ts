import { describe, expect, it } from 'vitest';
import { learnWork, workModelSchema, type Workflow } from '../src/index.ts';
import { listSessions } from './fixtures/list-sessions.ts';
import { listWorld } from '../../world/fixtures/list-world.ts';

const sessions = listSessions(20);
const work = learnWork(listWorld, sessions);
const named = (name: string): Workflow => {
  const found = work.workflows.find((workflow) => workflow.name === name);
  if (!found) throw new Error(`There is no workflow ${name} among ${work.workflows.map((each) => each.name).join(', ')}.`);
  return found;
};

describe('learnWork', () => {
  it('finds every kind of work that people did, named in the interface’s words', () => {
    expect(work.workflows.map((workflow) => workflow.name).toSorted()).toEqual([
      'add “What needs doing?”',
      'change “Edit”',
      'check “Done”',
      'delete “Clear done”',
      'delete “Delete”',
      'open “All”',
      'open “Done”',
      'open “Open”',
      'set “Name”',
      'uncheck “Done”',
    ]);
  });

  it('orders the work by how often it was done, with shares that add up to 1', () => {
    const counts = work.workflows.map((workflow) => workflow.count);
    expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    expect(work.workflows.reduce((sum, workflow) => sum + workflow.share, 0)).toBeCloseTo(1);
    expect(work.workflows[0]?.name).toBe('add “What needs doing?”');
  });

  it('takes the arguments out of the actions', () => {
    expect(named('change “Edit”').schemas[0]?.actions).toEqual([
      { kind: 'dblclick', page: 'list', anchor: 'p8', slot: 0 },
      { kind: 'fill', page: 'list', anchor: 'p10', slot: 0, field: 'list p10' },
      { kind: 'press', page: 'list', anchor: 'p10', slot: 0, constant: 'Enter' },
    ]);
  });

  it('learns that titles are new words, and which of the records are chosen', () => {
    expect(named('add “What needs doing?”').values['list p4']).toMatchObject({ kind: 'new', of: 'words' });
    const places = named('delete “Delete”').positions[0] ?? [];
    expect(places.reduce((sum, { count }) => sum + count, 0)).toBe(named('delete “Delete”').count);
  });

  it('counts what follows what: every piece of a session but the last is followed by one', () => {
    const total = work.workflows.reduce((sum, workflow) => sum + workflow.count, 0);
    const follows = Object.values(work.follows)
      .flatMap((counts) => Object.values(counts))
      .reduce((sum, count) => sum + count, 0);
    const starts = Object.values(work.starts).reduce((sum, count) => sum + count, 0);
    expect(starts).toBe(20);
    expect(follows + starts).toBe(total);
  });

  it('learns pauses as log-normal by kind of action', () => {
    expect(work.thinkMs['click']).toMatchObject({ mu: Math.round(Math.log(800) * 1e4) / 1e4, sigma: 0 });
  });

  it('says how much of the log it explains', () => {
    const steps = sessions.reduce((sum, session) => sum + session.steps.length, 0);
    expect(work.coverage).toEqual({ steps, accepted: steps, explained: steps - 20 });
  });

  it('passes through JSON with nothing lost', () => {
    expect(workModelSchema.parse(JSON.parse(JSON.stringify(work)))).toEqual(work);
  });

  it('does not depend on the order of the sessions', () => {
    expect(JSON.stringify(learnWork(listWorld, sessions.toReversed()))).toBe(JSON.stringify(work));
  });

  it('learns nothing from nothing', () => {
    expect(learnWork(listWorld, [])).toMatchObject({ workflows: [], starts: {}, coverage: { steps: 0, accepted: 0, explained: 0 } });
  });
});
