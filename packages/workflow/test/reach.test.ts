import { currentUrl, reset } from '@backlot/world';
import { describe, expect, it } from 'vitest';
import { createRng, learnWork } from '../src/index.ts';
import { reachPage } from '../src/reach.ts';
import { listWorld } from '../../world/fixtures/list-world.ts';
import { on, recordSession } from './fixtures/scripted-user.ts';

const toSettings = on('click', ['link', 'Settings']);
const session = recordSession(listWorld, { id: 's', account: 'two' }, ({ does }) => does(toSettings));
const env = { world: listWorld, work: learnWork(listWorld, [session]), rng: createRng(1) };
const start = reset(listWorld, 'two');

describe('reachPage', () => {
  it('stays where it is wanted', () => {
    expect(reachPage(env, start, 'list')).toEqual({ state: start, actions: [] });
  });

  it('goes as people went', () => {
    const reached = reachPage(env, start, 'settings');
    expect(reached?.actions).toEqual([toSettings]);
    expect(reached && currentUrl(reached.state)).toBe('/settings');
  });

  it('finds no way that nobody went', () => {
    const there = reachPage(env, start, 'settings');
    expect(there && reachPage(env, there.state, 'list')).toBeNull();
    expect(reachPage(env, start, 'archive')).toBeNull();
  });
});
