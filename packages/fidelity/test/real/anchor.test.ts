import { createTextEngine } from '@backlot/sandbox';
import { act, render, reset } from '@backlot/world';
import { describe, expect, it } from 'vitest';
import { anchored, anchorEpisode } from '../../src/index.ts';
import { counterWorld } from '../fixtures/counter-world.ts';
import { add } from '../fixtures/session-of.ts';

const world = counterWorld();
const reading = { world, canonical: (root: Parameters<Parameters<typeof anchored>[0]['canonical']>[0]) => root };
const seen = act(world, reset(world), { kind: 'goto', value: '/' }).state;
const view = { origin: 'http://application.test', url: '/', root: render(world, seen).root };

describe('anchored', () => {
  it('is where the real page stands, the address included', () => {
    const { state } = anchored(reading, reset(world), view);
    expect(state.history.entries.at(-1)).toBe('/');
    expect(render(world, state).root).toEqual(view.root);
  });
});

describe('anchorEpisode', () => {
  it('lets an episode go on from what a real page shows', async () => {
    const episode = await createTextEngine().open({ clone: { world, hash: 'h' }, account: 'default' });
    const { state } = await anchorEpisode(episode, reading, view);
    expect(await episode.state()).toEqual(state);
    const { observation } = await episode.act(add);
    expect(observation.aria).toContain('- paragraph: "1"');
    await episode.close();
  });
});
