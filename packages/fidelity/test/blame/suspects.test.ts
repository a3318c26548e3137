import type { World } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { findSuspects, predictSteps, type PredictedSession } from '../../src/index.ts';
import { counterWorld } from '../fixtures/counter-world.ts';
import { add, sessionOf } from '../fixtures/session-of.ts';

const open = { kind: 'goto', value: '/' } as const;
const sessions = ['s1', 's2', 's3'].map((id) => sessionOf(counterWorld(), [open, add, add, add], id));
const predict = (world: World): Promise<readonly PredictedSession[]> => predictSteps({ world, sessions, canonical: (root) => root });
const renamed = (world: World): World => JSON.parse(JSON.stringify(world).replace('"text":"Things"}', '"text":"Stuff"}')) as World;

describe('findSuspects', () => {
  it('puts the place that says something else before the rules that were in play', async () => {
    const world = renamed(counterWorld());
    const { suspects } = findSuspects(world, await predict(world));
    expect(suspects[0]?.part).toEqual({ kind: 'place', page: 'home', anchor: 'title' });
  });

  it('suspects the rule that fired before one that the same event would have set off', async () => {
    const world = counterWorld(2);
    const silent = world.rules.map((rule) => ({ ...rule, id: 'a', when: { lit: false }, do: [] }));
    const both = { ...world, rules: [...silent, ...world.rules] };
    const { suspects } = findSuspects(both, await predict(both));
    expect(suspects.map(({ part }) => part)).toEqual([
      { kind: 'rule', rule: 'add' },
      { kind: 'rule', rule: 'a' },
      { kind: 'place', page: 'home', anchor: 'count' },
    ]);
  });

  it('finds nothing new where steps go wrong just as in an earlier report', async () => {
    const world = renamed(counterWorld());
    const predicted = await predict(world);
    expect(findSuspects(world, predicted, findSuspects(world, predicted).misses)).toEqual({ suspects: [], misses: [] });
  });

  it('points at what got worse since an earlier report, whatever was wrong before', async () => {
    const old = renamed(counterWorld());
    const { misses } = findSuspects(old, await predict(old));
    const worse = renamed(counterWorld(2));
    const { suspects } = findSuspects(worse, await predict(worse), misses);
    expect(suspects[0]?.part).toEqual({ kind: 'rule', rule: 'add' });
  });
});
