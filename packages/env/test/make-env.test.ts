import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeEnv, makeVectorEnv } from '../src/index.ts';
import { writeListSuite } from './fixtures/list.ts';

let list: Awaited<ReturnType<typeof writeListSuite>>;
beforeAll(async () => {
  list = await writeListSuite();
});
afterAll(() => list.remove());

describe('makeEnv', () => {
  it('plays the tasks of a suite, one after the other or by choice', async () => {
    const env = await makeEnv({ suite: list.dir });
    const ids = list.tasks.map(({ id }) => id);
    expect([(await env.reset()).info.task, (await env.reset()).info.task]).toEqual(ids.slice(0, 2));
    expect((await env.reset({ task: ids[3] })).info.task).toBe(ids[3]);
    expect((await env.reset({ seed: 3 })).info.task).toBe((await env.reset({ seed: 3 })).info.task);
    await expect(env.reset({ task: 'none' })).rejects.toThrow('no task "none"');
    await env.close();
  });

  it('earns 1 for a task’s own solution', async () => {
    const env = await makeEnv({ suite: list.suite });
    for (const _task of list.tasks) {
      await env.reset();
      for (const action of env.task?.oracle ?? []) await env.step(action);
      expect(await env.step({ kind: 'done' })).toMatchObject({ reward: 1, terminated: true });
    }
  });

  it('draws tasks from the work by seed where there is no suite', async () => {
    const env = await makeEnv({ clone: list.dir });
    const { observation, info } = await env.reset({ seed: 5 });
    expect(info.task).toMatch(/^5-/);
    expect(await env.reset({ seed: 5 })).toEqual(expect.objectContaining({ observation }));
  });

  it('forks, and goes back', async () => {
    const env = await makeEnv({ suite: list.suite });
    await env.reset();
    const snapshot = env.snapshot();
    const fork = await env.fork();
    await fork.step(env.task?.oracle[0]);
    expect(env.snapshot()).toEqual(snapshot);
    expect((await fork.restore(snapshot)).info.step).toBe(0);
  });

  it('says what it lacks', async () => {
    await expect(makeEnv({})).rejects.toThrow('Name a suite');
    await expect((await makeEnv({ suite: list.suite })).step({ kind: 'done' })).rejects.toThrow('reset the environment first');
  });
});

// Threads load the packages anew, which takes long where a machine is busy.
describe('makeVectorEnv', { timeout: 120_000 }, () => {
  it('steps many environments together, the same however many threads there are', async () => {
    const runs = [];
    for (const workers of [1, 2]) {
      const env = await makeVectorEnv({ suite: list.suite, num: 3, workers, seed: 4, views: ['aria'] });
      const seen = [...(await env.reset())];
      for (let i = 0; i < 3; i++)
        seen.push(...(await env.step(seen.slice(-3).map((_, at) => (at === i ? { kind: 'done' } : { kind: 'reload' })))));
      runs.push(seen);
      await env.close();
    }
    expect(runs[0]).toEqual(runs[1]);
    expect(runs[0]).toHaveLength(12);
  });

  it('begins the next episode where one ends, and keeps its last outcome', async () => {
    const env = await makeVectorEnv({ suite: list.suite, num: 2, workers: 2 });
    await env.reset(list.tasks.slice(0, 2).map(({ id }) => ({ task: id })));
    const [ended, going] = await env.step([{ kind: 'done' }, { kind: 'reload' }]);
    expect(ended).toMatchObject({
      terminated: true,
      reward: 0,
      info: { step: 0 },
      final: { info: { ending: 'done', task: list.tasks[0]?.id } },
    });
    expect(going).toMatchObject({ terminated: false, info: { step: 1 } });
    expect(going).not.toHaveProperty('final');
    await env.close();
  });

  it('says what a worker can’t use', async () => {
    await expect(makeVectorEnv({ suite: '/nowhere.json', num: 2 })).rejects.toThrow('/nowhere.json');
  });
});
