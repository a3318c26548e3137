import type { DomElement, State, World } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { findElement, render, reset, transition } from '../src/index.ts';
import { listWorld } from '../fixtures/list-world.ts';

const two = (): State => reset(listWorld, 'two');
const at = (state: State, key: string): DomElement | undefined =>
  findElement(render(listWorld, state).root, (element) => element.key === key);

describe('render', () => {
  it('shares the tree of states that differ only in focus, pointer and time', () => {
    const start = two();
    const first = render(listWorld, start).root;
    expect(render(listWorld, { ...start, focus: 'p4', hover: 'p6:a1', clock: 9 }).root).toBe(first);
    expect(render(listWorld, { ...start, drafts: { p4: 'half' } }).root).not.toBe(first);
  });

  it('keeps the elements of rows that did not change, and paints the changed one anew', () => {
    const start = two();
    const { state } = transition(listWorld, start, { type: 'click', key: 'p7:a1' });
    expect(at(state, 'p6:a2')).toBe(at(start, 'p6:a2'));
    expect(at(state, 'p7:a1')?.attrs).toHaveProperty('checked');
    expect(at(start, 'p7:a1')?.attrs).not.toHaveProperty('checked');
  });

  it('shows what is typed into an element that is otherwise the same in every state, and only there', () => {
    const start = two();
    const typed: State = { ...start, drafts: { 'p7:a1': true, p4: 'half' } };
    expect(at(typed, 'p4')?.attrs['value']).toBe('half');
    expect(at(typed, 'p7:a1')?.attrs).toHaveProperty('checked');
    expect(at(start, 'p4')?.attrs['value']).toBe('');
    expect(at(start, 'p7:a1')?.attrs).not.toHaveProperty('checked');
    expect(at({ ...start }, 'p6:a1')).toBe(at(start, 'p6:a1'));
  });

  it('tells states apart by the page that one came from', () => {
    const world: World = {
      ...listWorld,
      pages: listWorld.pages.map((page) => ({
        ...page,
        template: { el: 'html', anchor: 'p0', attrs: {}, kids: [{ text: { loc: 'previous' as const } }] },
      })),
    };
    const start = two();
    const shown = (from: string) => {
      const history = { entries: [from, start.history.entries[0] as string], index: 1 };
      return render(world, { ...start, history }).root.children;
    };
    expect(shown('/left')).toEqual([{ text: '/left' }]);
    expect(shown('/right')).toEqual([{ text: '/right' }]);
  });
});
