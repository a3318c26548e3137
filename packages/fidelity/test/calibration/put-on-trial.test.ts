import type { World } from '@backlot/protocol';
import { describe, expect, it } from 'vitest';
import { measureCalibration, predictSteps, trialOf, type PredictedSession } from '../../src/index.ts';
import { counterWorld } from '../fixtures/counter-world.ts';
import { add, sessionOf } from '../fixtures/session-of.ts';

const open = { kind: 'goto', value: '/' } as const;
const sessions = ['s1', 's2', 's3'].map((id) => sessionOf(counterWorld(), [open, add, add, add], id));
const predict = (world: World): Promise<readonly PredictedSession[]> => predictSteps({ world, sessions, canonical: (root) => root });

async function tried(world: World): Promise<World> {
  return { ...world, trial: trialOf(world, await predict(world)) };
}

describe('trialOf', () => {
  it('counts how often what was done came out right, and leaves out places where none was wrong', async () => {
    const { trial } = await tried(counterWorld());
    expect(trial).toEqual({ occasions: { 'home add click': [9, 0], 'home  goto': [3, 0] }, places: {} });
  });

  it('tells which places say something wrong', async () => {
    const { trial } = await tried(counterWorld(2));
    expect(trial?.occasions['home add click']).toEqual([0, 9]);
    expect(trial?.places).toEqual({ count: [0, 9] });
  });
});

describe('a world that was put on trial', () => {
  it('is certain of what came out right, and foretells it as likely as it came out', async () => {
    const world = await tried(counterWorld());
    const steps = (await predict(world)).flatMap((session) => session.steps);
    expect(new Set(steps.map(({ certainty }) => certainty))).toEqual(new Set(['certain']));
    for (const { probability } of steps) expect(probability).toBeGreaterThan(0.9);
  });

  it('is not certain of what came out wrong, though its rules are', async () => {
    const world = await tried(counterWorld(2));
    const predicted = await predict(world);
    const clicks = predicted.flatMap((session) => session.steps.filter(({ action }) => action.kind === 'click'));
    for (const { certainty, probability } of clicks) {
      expect(certainty).toBe('ambiguous');
      expect(probability).toBeLessThan(0.2);
    }
    const { groups, asLearned } = measureCalibration(world, predicted);
    expect(groups.find(({ certainty }) => certainty === 'certain')?.right.share).toBe(1);
    expect(asLearned.ece).toBeLessThan(0.15);
  });
});
