import { describe, expect, it } from 'vitest';
import type { Rule, State, World, WorldEvent } from '@backlot/protocol';
import { reset } from '../src/reset.ts';
import { transition } from '../src/transition.ts';
import { currentUrl } from '../src/evaluate.ts';
import { currentPage } from '../src/render.ts';
import { listWorld } from '../fixtures/list-world.ts';

const play = (account: string, ...events: WorldEvent[]): State =>
  events.reduce(
    (state, event) => {
      const { state: next, explanation } = transition(listWorld, state, event);
      expect(explanation.refused).toBeUndefined();
      return next;
    },
    reset(listWorld, account),
  );
const firstRule = listWorld.rules[0] as Rule;
const titles = (state: State) => state.tables['item']?.map((row) => row['title']);

describe('transition', () => {
  it('inserts a trimmed row on Enter and clears the field', () => {
    const state = play('empty', { type: 'fill', key: 'p4', value: ' new thing ' }, { type: 'press', name: 'Enter' });
    expect(titles(state)).toEqual(['new thing']);
    expect(state.drafts).toEqual({});
  });

  it('takes the first rule whose guard holds', () => {
    const state = play('empty', { type: 'fill', key: 'p4', value: '  ' }, { type: 'press', name: 'Enter' });
    expect(titles(state)).toEqual([]);
  });

  it('changes only the row acted on', () => {
    const state = play('two', { type: 'click', key: 'p7:a1' });
    expect(state.tables['item']?.map((row) => row['done'])).toEqual([true, true]);
  });

  it('ticks a box itself where its rule leaves that to the browser', () => {
    const rules = listWorld.rules.map((rule): Rule => (rule.id === 'toggle' ? { ...rule, do: [], then: 'default' } : rule));
    const { state } = transition({ ...listWorld, rules }, play('two'), { type: 'click', key: 'p7:a1' });
    expect(state.drafts).toEqual({ 'p7:a1': true });
  });

  it('keeps page-scope columns until a document is loaded', () => {
    const editing = play('two', { type: 'dblclick', key: 'p8:a1' });
    expect(editing.tables['item']?.[0]?.['editing']).toBe(true);
    expect(transition(listWorld, editing, { type: 'reload' }).state.tables['item']?.[0]?.['editing']).toBe(false);
  });

  it('waits in a dialog and applies its effects when accepted', () => {
    const waiting = play('two', { type: 'click', key: 'p16' });
    expect(waiting.dialog?.message).toBe('Delete what is done?');
    expect(titles(transition(listWorld, waiting, { type: 'dialog', accept: false }).state)).toHaveLength(2);
    expect(titles(transition(listWorld, waiting, { type: 'dialog', accept: true }).state)).toEqual(['Buy milk']);
  });

  it('sends a form as a request whose rule redirects', () => {
    const state = play('two', { type: 'click', key: 'p17' }, { type: 'fill', key: 's6', value: 'Ours' }, { type: 'click', key: 's7' });
    expect(currentUrl(state)).toBe('/');
    expect(state.registers['name']).toBe('Ours');
  });

  it('keeps what a form sent for as long as the document that answered it at once is shown', () => {
    const [post] = listWorld.rules.filter(({ on }) => 'request' in on && on.request.method === 'POST');
    const rules = listWorld.rules.map((rule): Rule => (rule === post ? { ...rule, then: 'default' } : rule));
    const world: World = { ...listWorld, rules };
    const events: WorldEvent[] = [
      { type: 'click', key: 'p17' },
      { type: 'fill', key: 's6', value: 'Ours' },
      { type: 'click', key: 's7' },
    ];
    const sent = events.reduce((state, event) => transition(world, state, event).state, reset(world, 'two'));
    expect(currentUrl(sent)).toBe('/settings');
    expect(currentPage(world, sent).params).toEqual({ name: 'Ours' });
    expect(currentPage(world, transition(world, sent, { type: 'reload' }).state).params).toEqual({});
  });

  it('goes back within a document without forgetting the page', () => {
    const state = play('two', { type: 'click', key: 'p14' }, { type: 'back' });
    expect(currentUrl(state)).toBe('/');
    expect(state.history.index).toBe(0);
  });

  it('stands at a typed address that nobody learned, says that it is unseen, and comes back', () => {
    const start = reset(listWorld, 'two');
    const { state, explanation } = transition(listWorld, start, { type: 'goto', url: '/nowhere' });
    expect(currentUrl(state)).toBe('/nowhere');
    expect(explanation.certainty).toBe('unseen');
    expect(currentUrl(transition(listWorld, state, { type: 'back' }).state)).toBe('/');
  });

  it('forgets what was typed into a field that went away: where it comes back it is a new one', () => {
    const typed = play('two', { type: 'dblclick', key: 'p8:a1' }, { type: 'fill', key: 'p10:a1', value: 'Half' });
    expect(typed.drafts).toEqual({ 'p10:a1': 'Half' });
    const rules = listWorld.rules.map((rule): Rule => ({ ...rule, do: rule.do.filter((effect) => !('draft' in effect)) }));
    const left = transition({ ...listWorld, rules }, typed, { type: 'press', name: 'Enter' }).state;
    expect(left.drafts).toEqual({});
    expect(titles(left)).toContain('Half');
  });

  it('refuses an element that the page does not show and leaves the state as it was', () => {
    const start = reset(listWorld, 'two');
    const { state, explanation } = transition(listWorld, start, { type: 'click', key: 'p7:zz' });
    expect(state).toBe(start);
    expect(explanation.refused).toContain('p7:zz');
  });

  it('takes the focus from an element that went away', () => {
    const asked = play('two', { type: 'click', key: 'p16' });
    expect(asked.focus).toBe('p16');
    const cleared = transition(listWorld, asked, { type: 'dialog', accept: true }).state;
    expect(cleared.focus).toBeNull();
    expect(transition(listWorld, cleared, { type: 'press', name: 'Tab' }).explanation.refused).toBeUndefined();
  });

  it('makes a double click that no rule takes two clicks, and one where the first asks something', () => {
    const start = reset(listWorld, 'two');
    expect(transition(listWorld, start, { type: 'dblclick', key: 'p7:a1' }).explanation.rules).toEqual(['toggle', 'toggle']);
    expect(transition(listWorld, start, { type: 'dblclick', key: 'p16' }).explanation.rules).toEqual(['clear']);
  });

  it('points at an element before it clicks there, unless the pointer is there', () => {
    const point: Rule = { ...firstRule, id: 'point', on: { ui: { page: 'list', anchor: 'p6', event: 'hover' } }, do: [], then: 'stay' };
    const world: World = { ...listWorld, rules: [point, ...listWorld.rules] };
    const start = reset(world, 'two');
    const click: WorldEvent = { type: 'click', key: 'p7:a1' };
    expect(transition(world, start, click).explanation.rules).toEqual(['point', 'toggle']);
    const pointed = transition(world, start, { type: 'hover', key: 'p7:a1' });
    expect(pointed.explanation.rules).toEqual(['point']);
    expect(transition(world, pointed.state, click).explanation.rules).toEqual(['toggle']);
    expect(transition(world, start, { type: 'check', key: 'p7:a2', checked: true }).explanation.rules).toEqual([]);
  });

  it('does not click where pointing took the element away', () => {
    const drop: Rule = {
      ...firstRule,
      id: 'vanish',
      on: { ui: { page: 'list', anchor: 'p7', event: 'hover' } },
      do: [{ delete: 'item', where: { lit: true } }],
      then: 'stay',
    };
    const world: World = { ...listWorld, rules: [drop, ...listWorld.rules] };
    const { state, explanation } = transition(world, reset(world, 'two'), { type: 'click', key: 'p7:a1' });
    expect(explanation.rules).toEqual(['vanish']);
    expect(titles(state)).toEqual([]);
  });
});
