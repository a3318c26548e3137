import type { State } from '@backlot/protocol';
import { reset } from '@backlot/world';
import { describe, expect, it } from 'vitest';
import { land, steps } from '../../src/browser/arrival.ts';
import type { Kept } from '../../src/browser/storage.ts';
import { deskWorld } from '../fixtures/desk-world.ts';

const at = (entries: readonly string[], index: number): State => ({ ...reset(deskWorld), history: { entries, index } });
const kept = (found: Kept['found'], state: State): Kept => ({ found, state, run: 1, held: false });

describe('land', () => {
  it('begins a new episode by opening the start address', () => {
    const opening = { events: [{ type: 'goto', url: '/' }], at: 0 };
    expect(land(kept('nothing', at(['/'], 0)), { url: '/', entry: null })).toMatchObject(opening);
  });

  it('begins a new episode elsewhere by going there', () => {
    expect(land(kept('nothing', at(['/'], 0)), { url: '/settings', entry: null }).events).toEqual([{ type: 'goto', url: '/settings' }]);
  });

  it('opens a new tab on shared data with a history of its own', () => {
    const { state, events } = land(kept('shared', at(['/', '/x'], 1)), { url: '/settings', entry: null });
    expect(state.history).toEqual({ entries: ['/settings'], index: 0 });
    expect(events).toEqual([{ type: 'reload' }]);
  });

  it('takes a typed address for a new entry, and the present one, however the browser spells it, for the same entry', () => {
    const state = at(['/', '/?q=a b'], 1);
    expect(land(kept('tab', state), { url: '/settings', entry: null })).toMatchObject({
      events: [{ type: 'goto', url: '/settings' }],
      at: 2,
    });
    expect(land(kept('tab', state), { url: '/?q=a%20b', entry: null })).toMatchObject({
      events: [{ type: 'goto', url: '/?q=a b' }],
      at: 1,
    });
  });

  it('tells a reload from a return by the place that the entry names', () => {
    const state = at(['/', '/a', '/b'], 2);
    expect(land(kept('tab', state), { url: '/b', entry: 2 }).events).toEqual([{ type: 'reload' }]);
    expect(land(kept('tab', state), { url: '/', entry: 0 }).events).toEqual([{ type: 'back' }, { type: 'back' }]);
  });
});

describe('steps', () => {
  it('goes as often as it takes', () => {
    expect(steps(0, 2)).toEqual([{ type: 'forward' }, { type: 'forward' }]);
    expect(steps(1, 1)).toEqual([]);
  });
});
