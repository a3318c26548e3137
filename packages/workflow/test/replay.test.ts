import { describe, expect, it } from 'vitest';
import { playActions, replaySession } from '../src/index.ts';
import { listWorld } from '../../world/fixtures/list-world.ts';
import { on, recordSession } from './fixtures/scripted-user.ts';

const session = recordSession(listWorld, { id: 's1', account: 'two' }, ({ does }) => {
  does(on('fill', ['textbox', 'What needs doing?'], 'Visit Bo'));
  does(on('press', ['textbox', 'What needs doing?'], 'Enter'));
  does({ ...on('click', ['button', 'Clear done']), dialog: { type: 'confirm', message: '', accepted: true } });
});

describe('replaySession', () => {
  it('leads through the states that the log went through', () => {
    const replay = replaySession(listWorld, session);
    const titles = replay.states.map((state) => state.tables['item']?.map((row) => row['title']));
    expect(titles.at(0)).toEqual(['Buy milk', 'Call Ada']);
    expect(titles.at(-1)).toEqual(['Buy milk', 'Visit Bo']);
    expect(replay.states).toHaveLength(session.steps.length + 1);
    expect(replay.accepted).toEqual([true, true, true, true]);
  });

  it('gives the events that carried a step out, the answer to a dialog among them', () => {
    const { steps } = replaySession(listWorld, session);
    expect(steps.map((step) => step.events.map((event) => event.type))).toEqual([['goto'], ['fill'], ['press'], ['click', 'dialog']]);
    expect(steps[2]?.explanation.rules).toEqual(['add']);
  });

  it('lets the clock run as long as the user paused', () => {
    const [first] = replaySession(listWorld, session).steps;
    expect(first?.before.clock).toBe(800);
    expect(first?.after.clock).toBe(850);
  });

  it('marks a step that the world refuses and goes on from where it was', () => {
    const lost = { ...session, account: 'empty' };
    const replay = replaySession(listWorld, lost);
    expect(replay.accepted).toEqual([true, true, true, false]);
    expect(replay.steps[3]?.explanation.refused).toContain('Clear done');
    expect(replay.states.at(-1)?.tables['item']?.map((row) => row['title'])).toEqual(['Visit Bo']);
  });
});

describe('playActions', () => {
  it('gives up where an action is refused', () => {
    const start = replaySession(listWorld, session).states[0];
    expect(start && playActions(listWorld, start, [on('click', ['button', 'Archive'])])).toBeNull();
  });
});
