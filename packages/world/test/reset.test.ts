import type { Rule, World } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { listWorld } from '../fixtures/list-world.ts';
import { reset } from '../src/reset.ts';
import { seeded } from '../src/state.ts';

const opening = (rule: Pick<Rule, 'do' | 'then'>): World => ({
  ...listWorld,
  rules: [
    ...listWorld.rules,
    {
      id: 'opened',
      on: { request: { method: 'GET', route: listWorld.start } },
      certainty: 'certain',
      probability: 1,
      evidence: [],
      ...rule,
    },
  ],
});
const row = { title: { lit: 'seen' } };

describe('reset', () => {
  it('begins with what an account has, where opening the start page does nothing', () => {
    expect(reset(listWorld, 'two')).toEqual(seeded(listWorld, 'two'));
  });

  it('has done what opening the start page does', () => {
    const world = opening({ do: [{ insert: 'item', at: 'end', row }], then: 'default' });
    expect(seeded(world, 'two').tables['item']).toHaveLength(2);
    expect(reset(world, 'two').tables['item']?.map(({ title }) => title)).toContain('seen');
  });

  it('stands where the start page leads to by itself', () => {
    const away: Rule = {
      id: 'away',
      on: { open: listWorld.pages[0]!.id },
      when: { fn: 'isBlank', args: [{ loc: 'search' }] },
      do: [],
      then: { go: { lit: '/?from=start' } },
      certainty: 'certain',
      probability: 1,
      evidence: [],
    };
    expect(reset({ ...listWorld, rules: [...listWorld.rules, away] }, 'two').history).toEqual({ entries: ['/?from=start'], index: 0 });
  });

  it('stands at one page of a history that begins there', () => {
    const world = opening({ do: [{ insert: 'item', at: 'end', row }], then: 'default' });
    expect(reset(world, 'two').history).toEqual({ entries: [world.start], index: 0 });
  });

  it('is the same state each time, for each account its own', () => {
    expect(reset(listWorld, 'two')).toBe(reset(listWorld, 'two'));
    expect(reset(listWorld, 'two')).not.toBe(reset(listWorld, 'empty'));
  });
});
