import { createTextEngine, type Engine } from '@backlot/sandbox';
import { describe, expect, it } from 'vitest';
import { createRng, demonstrate, learnByImitation, policyFileText, practise, type Demonstration, type Learned } from '../../src/index.ts';
import { listClone, someTasks } from '../fixtures/list-tasks.ts';

const engine = createTextEngine();

/** An engine like a real application: nothing can be set back. */
const forward: Engine = {
  ...engine,
  async open(options) {
    const episode = await engine.open(options);
    return { ...episode, restore: () => Promise.reject(new Error('Nothing can be set back here.')) };
  },
};

async function imitated(): Promise<Learned> {
  const shown: Demonstration[] = [];
  for (const task of someTasks(1, 3)) {
    const demonstration = await demonstrate(task, { engine, clone: listClone });
    if (demonstration !== null) shown.push(demonstration);
  }
  return learnByImitation(shown, { seed: 3, rounds: 1 });
}

async function practised(where: Engine, afresh: boolean): Promise<string> {
  const learned = await imitated();
  const rng = createRng('practice');
  const school = { engine: where, clone: listClone };
  for (const task of someTasks(2, 6)) await practise(task, learned, { school, rng, attempts: 3, strength: 0.5, afresh });
  return policyFileText(learned, { seed: 3 });
}

describe('practise', () => {
  it('learns the same in episodes of their own as in one that is set back', async () => {
    const text = await practised(engine, false);
    expect(await practised(forward, true)).toBe(text);
    expect(text).not.toBe(policyFileText(await imitated(), { seed: 3 }));
  }, 60_000);

  it('begins each attempt in an episode of its own only where that is asked for', async () => {
    await expect(practised(forward, false)).rejects.toThrow('Nothing can be set back');
  }, 60_000);
});

describe('learnByImitation', () => {
  it('learns the same from the same demonstrations and seed', async () => {
    const [one, other] = [await imitated(), await imitated()];
    expect(policyFileText(other, { seed: 3 })).toBe(policyFileText(one, { seed: 3 }));
  });
});
