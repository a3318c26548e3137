import { createTextEngine } from '@backlot/sandbox';
import { describe, expect, it } from 'vitest';
import { measureEM, measureR2W, predictSteps, type PredictedSession } from '../../src/index.ts';
import { counterWorld } from '../fixtures/counter-world.ts';
import { add, missing, sessionOf } from '../fixtures/session-of.ts';

const real = sessionOf(counterWorld(), [{ kind: 'goto', value: '/' }, add, add, add]);
const predict = (adds: number): Promise<readonly PredictedSession[]> =>
  predictSteps({ world: counterWorld(adds), sessions: [real], canonical: (root) => root });

async function given(adds: number) {
  const world = counterWorld(adds);
  const r2w = await measureR2W({ clone: { world, hash: '' }, sessions: [real], engine: createTextEngine() });
  return measureEM({ r2w, sessions: [real], predicted: await predict(adds), training: [sessionOf(counterWorld(), [add], 's0')] });
}

describe('predictSteps', () => {
  it('starts every step from the real page before it, so that a mistake is not carried on', async () => {
    const [session] = await predict(2);
    expect(session?.steps.map(({ got }) => got.at(-1))).toEqual([0, 2, 3, 4].map((n) => `- paragraph: "${n}"`));
    expect(session?.steps.every(({ shown }) => shown)).toBe(true);
  });

  it('goes on after an action that the world would not take', async () => {
    const session = sessionOf(counterWorld(), [add, missing, add]);
    const [done] = await predictSteps({ world: counterWorld(), sessions: [session], canonical: (root) => root });
    expect(done?.steps.map(({ refused }) => refused !== undefined)).toEqual([false, true, false]);
    expect(done?.steps.at(-1)?.got).toEqual(done?.steps.at(-1)?.want);
  });

  it('stops when it is told to', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(predictSteps({ world: counterWorld(), sessions: [real], canonical: (root) => root, signal })).rejects.toThrow('enough');
  });
});

describe('measureEM with the real page given', () => {
  it('finds a true world exact, over all steps and over those that change the page', async () => {
    const em = await given(1);
    expect(em.given?.clone).toMatchObject({ em: { hits: 4, total: 4 }, emChange: { hits: 3, total: 3 }, changeF1: { share: 1 } });
    expect(em.given?.shown).toMatchObject({ hits: 4, total: 4 });
  });

  it('counts lines that come and go, where the rest of the page would hide that nothing was right', async () => {
    const em = await given(2);
    expect(em.given?.clone.emChange).toMatchObject({ hits: 0, total: 3 });
    // What goes is right, what comes is not.
    expect(em.given?.clone.changeF1.share).toBe(0.5);
    expect(em.given?.clone.lineF1.share).toBeGreaterThan(0.5);
    expect(em.identity.changeF1.share).toBe(0);
  });

  it('tells pages and actions apart, beside the baselines', async () => {
    const em = await given(1);
    expect(em.given?.byAction.map(({ name, steps, changing }) => [name, steps, changing])).toEqual([
      ['click', 3, 3],
      ['goto', 1, 0],
    ]);
    expect(em.given?.byPage.map(({ name }) => name)).toEqual(['/']);
    expect(em.given?.byAction[0]?.lastSeen.emChange).toMatchObject({ hits: 1, total: 3 });
  });
});
