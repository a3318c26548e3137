import type { Action, State } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { act, reset, resolveAction } from '../src/index.ts';
import { listWorld } from '../fixtures/list-world.ts';

const on = (kind: Action['kind'], role: string, name: string, more: Partial<Action> & { nth?: number } = {}): Action => {
  const { nth = 0, ...rest } = more;
  return { kind, target: { role, name, nth }, ...rest };
};
const two = (): State => reset(listWorld, 'two');
const titles = (state: State): unknown[] => (state.tables['item'] ?? []).map((row) => row['title']);

describe('resolveAction', () => {
  it('finds the element by role, name and place', () => {
    expect(resolveAction(listWorld, two(), on('check', 'checkbox', 'Done', { nth: 1 }))).toEqual({
      type: 'check',
      key: 'p7:a2',
      checked: true,
    });
  });

  it('finds a hidden element that shows when the pointer is over its surroundings', () => {
    expect(resolveAction(listWorld, two(), on('click', 'button', 'Delete', { nth: 1 }))).toEqual({ type: 'click', key: 'p9:a2' });
  });

  it('counts the visible elements first', () => {
    const hovered = { ...two(), hover: 'p6:a2' };
    expect(resolveAction(listWorld, hovered, on('click', 'button', 'Delete'))).toEqual({ type: 'click', key: 'p9:a2' });
  });

  it('refuses an element that nothing shows', () => {
    const world = { ...listWorld, styles: [{ selector: '.drop', specificity: 10, display: 'none' }] };
    expect(resolveAction(world, two(), on('click', 'button', 'Delete'))).toEqual({ refused: 'The button named "Delete" is hidden.' });
  });

  it('says what the page lacks', () => {
    expect(resolveAction(listWorld, two(), on('click', 'button', 'Archive', { nth: 2 }))).toEqual({
      refused: 'The page shows no button named "Archive", number 3.',
    });
  });

  it('asks for what an action lacks', () => {
    expect(resolveAction(listWorld, two(), { kind: 'goto' })).toHaveProperty('refused');
    expect(resolveAction(listWorld, two(), { kind: 'press' })).toHaveProperty('refused');
    expect(resolveAction(listWorld, two(), { kind: 'click' })).toHaveProperty('refused');
  });
});

describe('act', () => {
  it('answers the dialog as the action says', () => {
    const dialog = { type: 'confirm', message: '', accepted: true } as const;
    const { state, events } = act(listWorld, two(), on('click', 'button', 'Clear done', { dialog }));
    expect(titles(state)).toEqual(['Buy milk']);
    expect(events).toEqual([
      { type: 'click', key: 'p16' },
      { type: 'dialog', accept: true },
    ]);
  });

  it('declines a question where the action says so', () => {
    const dialog = { type: 'confirm', message: '', accepted: false } as const;
    const { state } = act(listWorld, two(), on('click', 'button', 'Clear done', { dialog }));
    expect(titles(state)).toEqual(['Buy milk', 'Call Ada']);
    expect(state.dialog).toBeNull();
  });

  it('accepts a question that the action doesn’t speak of', () => {
    expect(titles(act(listWorld, two(), on('click', 'button', 'Clear done')).state)).toEqual(['Buy milk']);
  });

  it('leaves the state as it was where it refuses', () => {
    const start = two();
    const { state, events, explanation } = act(listWorld, start, on('click', 'button', 'Archive'));
    expect(state).toBe(start);
    expect(events).toEqual([]);
    expect(explanation.refused).toContain('Archive');
  });
});
