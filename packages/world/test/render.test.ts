import type { DomElement, Page, State, Template, World } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { findElement, render, reset, transition } from '../src/index.ts';
import { pageScope } from '../src/render.ts';
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

  it('comes back to what each of many states showed, whatever was looked at in between', () => {
    const start = two();
    const states = Array.from({ length: 100 }, (_, i): State => ({ ...start, drafts: { p4: `draft ${i}` } }));
    const shown = states.map((state) => render(listWorld, state).root);
    for (const [i, state] of states.entries()) expect(render(listWorld, state).root).toBe(shown[i]);
  });

  it('paints anew, and the same, what too many states have come after', () => {
    const start = two();
    const states = Array.from({ length: 2100 }, (_, i): State => ({ ...start, drafts: { p4: `draft ${i}` } }));
    const [first] = states.map((state) => render(listWorld, state).root);
    const again = render(listWorld, states[0] as State).root;
    expect(again).not.toBe(first);
    expect(again).toEqual(first);
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

describe('pageScope', () => {
  const field = (name: string, value: string): Template => ({ el: 'input', anchor: name, attrs: { value }, kids: [] });
  const template: Template = {
    el: 'html',
    anchor: 'h',
    attrs: {},
    kids: [field('always', ''), { when: { reg: 'open' }, kids: [field('there', '')], else: [field('instead', 'x')] }],
  };
  const page: Page = { id: 'form', route: '/', title: '', evidence: [], template };
  const world: World = { ...listWorld, pages: [page], registers: [{ name: 'open', scope: 'page', initial: false }] };
  const held = (open: boolean, drafts: State['drafts'] = {}): unknown => {
    const state: State = { ...two(), registers: { open }, drafts };
    const scope = pageScope(world, state, { page, params: {} });
    return ['always', 'there', 'instead', 'unheard of'].map((anchor) => scope.field(anchor, scope));
  };

  it('tells a field that holds nothing from one that is not on the page', () => {
    expect(held(true)).toEqual(['', '', null, null]);
    expect(held(false)).toEqual(['', null, 'x', null]);
  });

  it('says nothing of what was typed into a field that has gone', () => {
    const drafts = { there: 'half', always: 'all' };
    expect([held(true, drafts), held(false, drafts)]).toEqual([
      ['all', 'half', null, null],
      ['all', null, 'x', null],
    ]);
  });
});
