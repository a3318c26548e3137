import { refsView, sceneOf } from '@backlot/dialects';
import { reset, transition } from '@backlot/world';
import { describe, expect, it } from 'vitest';
import { startScene } from '../src/start-scene.ts';
import { clone } from './fixtures/list.ts';

const { world } = clone;

describe('startScene', () => {
  it('works the page of a beginning out once, and shows what it shows', () => {
    const state = reset(world, world.defaultAccount);
    const scene = startScene(world, state);
    expect(startScene(world, state)).toBe(scene);
    expect(refsView(scene)).toBe(refsView(sceneOf(world, state)));
  });

  it('tells beginnings apart', () => {
    const state = reset(world, 'two');
    const other = transition(world, state, { type: 'click', key: 'p7:a1' }).state;
    expect(refsView(startScene(world, other))).not.toBe(refsView(startScene(world, state)));
  });

  it('keeps only so many, those that were used last', () => {
    const states = Array.from({ length: 300 }, () => ({ ...reset(world, 'two') }));
    const first = startScene(world, states[0]!);
    const second = startScene(world, states[1]!);
    for (const state of states) {
      startScene(world, state);
      startScene(world, states[0]!);
    }
    expect(startScene(world, states[0]!)).toBe(first);
    expect(startScene(world, states[1]!)).not.toBe(second);
  });
});
