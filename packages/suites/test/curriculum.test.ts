import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildSuite, wantedAfter } from '../src/index.ts';
import { clone, work, world } from './fixtures/list/list-clone.ts';

const tasks = ['w1', 'w2', 'w3', 'w1+w3'].map((workflow, i) => ({ id: `t${i + 1}`, workflow }));
const played = (task: string, ...rewards: (0 | 1 | null)[]): { task: string; reward: number | null }[] =>
  rewards.map((reward) => ({ task, reward }));

describe('wantedAfter', () => {
  it('wants most what succeeds sometimes', () => {
    const wanted = wantedAfter(tasks, [...played('t1', 1, 1, 1, 1), ...played('t2', 1, 0, 1, 0), ...played('t3', 0, 0, 0, 0)]);
    expect(wanted['w2']).toBe(1);
    expect(wanted['w1']).toBeLessThan(0.6);
    expect(wanted['w3']).toBeCloseTo(wanted['w1'] as number);
  });

  it('counts composed work for its parts, and nothing that was not scored', () => {
    expect(Object.keys(wantedAfter(tasks, [...played('t4', 1), ...played('t2', null)]))).toEqual(['w1', 'w3']);
  });

  it('leaves out no work for ever', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0 as const, 1 as const), { minLength: 1, maxLength: 300 }), (rewards) => {
        const { w1 = 0 } = wantedAfter(tasks, played('t1', ...rewards));
        expect(w1).toBeGreaterThan(0);
        expect(w1).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('moves the next suite towards the work that succeeds sometimes', async () => {
    const options = { n: 20, seed: 7, cloneDir: 'clone', hash: clone.hash };
    const before = await buildSuite(world, work, options);
    const [common] = [...Map.groupBy(before.tasks, ({ workflow }) => workflow)].toSorted((a, b) => b[1].length - a[1].length);
    const [id = '', mastered = []] = common ?? [];
    const wanted = wantedAfter(
      before.tasks,
      mastered.flatMap((task) => played(task.id, ...Array.from({ length: 40 }, () => 1 as const))),
    );
    const after = await buildSuite(world, work, { ...options, seed: 8, wanted });
    expect(after.tasks.filter(({ workflow }) => workflow === id).length).toBeLessThan(mastered.length / 2);
  });
});
