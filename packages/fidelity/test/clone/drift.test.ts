import { describe, expect, it } from 'vitest';
import { measureDrift, predictSteps } from '../../src/index.ts';
import { counterWorld } from '../fixtures/counter-world.ts';
import { add, sessionOf } from '../fixtures/session-of.ts';

const open = { kind: 'goto', value: '/' } as const;
const sessions = [sessionOf(counterWorld(), [open, add, add, open, add, add])];

describe('measureDrift', () => {
  it('finds none in a true world, however seldom it is corrected', async () => {
    const world = counterWorld();
    const drift = measureDrift(world, await predictSteps({ world, sessions, canonical: (root) => root }));
    expect(drift.map(({ every, exact }) => [every, exact.share])).toEqual([
      [1, 1],
      [4, 1],
      [16, 1],
      [null, 1],
    ]);
  });

  it('counts a mistake at every step until the next correction', async () => {
    const world = counterWorld(2);
    const [every, , , once] = measureDrift(world, await predictSteps({ world, sessions, canonical: (root) => root }));
    expect(every?.exact.hits).toBeGreaterThan(once?.exact.hits ?? 0);
  });
});
