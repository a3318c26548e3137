import type { Session, World } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { findChanges, findSuspects, predictSteps, trialOf, type Changes, type PredictedSession } from '../../src/index.ts';
import { counterWorld } from '../fixtures/counter-world.ts';
import { add, sessionOf } from '../fixtures/session-of.ts';

const open = { kind: 'goto', value: '/' } as const;
const names = ['s1', 's2', 's3'];
const recorded = (application: World, ids: readonly string[] = names): readonly Session[] =>
  ids.map((id) => sessionOf(application, [open, add, add, add], id));
const renamed = (world: World): World => JSON.parse(JSON.stringify(world).replace('"text":"Things"}', '"text":"Stuff"}')) as World;

const predict = (world: World, sessions: readonly Session[]): Promise<readonly PredictedSession[]> =>
  predictSteps({ world, sessions, canonical: (root) => root });

/** What is found in sessions of one application by a clone that was put on trial against another. */
async function changes(clone: World, was: World, sessions: readonly Session[]): Promise<Changes | null> {
  const world = { ...clone, trial: trialOf(clone, await predict(clone, recorded(was))) };
  const predicted = await predict(world, sessions);
  return findChanges(world, predicted, findSuspects(world, predicted).misses);
}

describe('findChanges', () => {
  it('finds nothing in new sessions of the same application', async () => {
    expect(await changes(counterWorld(), counterWorld(), recorded(counterWorld()))).toEqual({ found: [], suspects: [] });
  });

  it('takes what was wrong from the beginning for no change', async () => {
    expect((await changes(counterWorld(2), counterWorld(), recorded(counterWorld())))?.found).toEqual([]);
  });

  it('finds the action that comes to something else in a new version, and the rule that is concerned', async () => {
    const found = await changes(counterWorld(), counterWorld(), recorded(counterWorld(2)));
    expect(found?.found).toMatchObject([{ kind: 'occasion', page: 'home', anchor: 'add', before: [9, 0], now: [0, 9] }]);
    expect(found?.found[0]?.examples[0]).toMatchObject({ action: add });
    expect(found?.suspects[0]?.part).toEqual({ kind: 'rule', rule: 'add' });
  });

  it('finds the words that a new version has changed', async () => {
    const found = await changes(counterWorld(), counterWorld(), recorded(renamed(counterWorld())));
    expect(found?.found).not.toEqual([]);
    expect(found?.suspects[0]?.part).toEqual({ kind: 'place', page: 'home', anchor: 'title' });
  });

  it('does not judge by a single session', async () => {
    expect((await changes(counterWorld(), counterWorld(), recorded(counterWorld(2), ['s1'])))?.found).toEqual([]);
  });

  it('can tell nothing by a world that was not put on trial', async () => {
    const predicted = await predict(counterWorld(), recorded(counterWorld(2)));
    expect(findChanges(counterWorld(), predicted, [])).toBeNull();
  });
});
