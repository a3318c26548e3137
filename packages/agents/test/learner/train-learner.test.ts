import { createTextEngine } from '@backlot/sandbox';
import { describe, expect, it } from 'vitest';
import {
  curvePicture,
  learnerAgent,
  policyFileText,
  randomAgent,
  readPolicyFile,
  runEpisode,
  trainLearner,
  type Agent,
  type TrainingProgress,
} from '../../src/index.ts';
import { listClone, listTasks, someTasks } from '../fixtures/list-tasks.ts';

const engine = createTextEngine();
const train = (n: number, more: object = {}) => trainLearner({ engine, clone: listClone, tasks: listTasks(1), n, seed: 3, ...more });

async function solved(agent: Agent): Promise<number> {
  let count = 0;
  for (const task of someTasks(99, 30)) if ((await runEpisode({ engine, clone: listClone, task, agent })).reward === 1) count++;
  return count;
}

describe('trainLearner', () => {
  it('solves tasks that it has never seen, which the random agent does not', async () => {
    const { learned, tasks, curve } = await train(45, { practised: 15 });
    expect(tasks).toBe(45);
    expect(curve[0]).toMatchObject({ phase: 'start', solved: 0, total: 5 });
    expect(curve.at(-1)).toMatchObject({ phase: 'practice', at: 15, total: 5 });
    expect(await solved(learnerAgent(learned))).toBeGreaterThanOrEqual(27);
    expect(await solved(randomAgent)).toBeLessThanOrEqual(3);
  });

  it('learns the same from the same seed, byte for byte, and as much after it was saved and loaded', async () => {
    const [one, other] = [await train(9, { practised: 4 }), await train(9, { practised: 4 })];
    const text = policyFileText(one.learned, { seed: 3 });
    expect(policyFileText(other.learned, { seed: 3 })).toBe(text);
    const loaded = readPolicyFile(text);
    expect(policyFileText(loaded, { seed: 3 })).toBe(text);
    expect(await solved(learnerAgent(loaded))).toBe(await solved(learnerAgent(one.learned)));
  });

  it('gets better by practice where it was shown too little', async () => {
    const shown = await train(3, { rounds: 1, practised: 0 });
    const practised = await train(3, { rounds: 1, practised: 90 });
    expect(await solved(learnerAgent(practised.learned))).toBeGreaterThan(await solved(learnerAgent(shown.learned)));
  });

  it('leaves out tasks that teach nothing', async () => {
    function* tasks() {
      for (const task of listTasks(1)) {
        yield { ...task, setup: [{ kind: 'click' as const, target: { role: 'button', name: 'No such', nth: 0 } }] };
        yield { ...task, oracle: [] };
        yield task;
      }
    }
    expect(await train(2, { tasks: tasks(), practised: 0 })).toMatchObject({ tasks: 2, unusable: 6 });
  });

  it('tells how far it is, and stops when the signal aborts', async () => {
    const told: TrainingProgress[] = [];
    await train(2, { rounds: 1, practised: 1, onProgress: (progress: TrainingProgress) => told.push(progress) });
    expect(new Set(told.map(({ phase }) => phase))).toEqual(new Set(['demonstrating', 'imitating', 'practising']));
    await expect(train(2, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });
});

describe('readPolicyFile', () => {
  it('says what is wrong with a file that is none', () => {
    expect(() => readPolicyFile('{')).toThrow('backlot train');
    expect(() => readPolicyFile('{"v":1}')).toThrow('kind');
  });
});

describe('curvePicture', () => {
  it('draws the points, with what they are, and the random agent beside them', () => {
    const svg = curvePicture(
      [
        { phase: 'start', at: 0, solved: 0, total: 4 },
        { phase: 'imitation', at: 1, solved: 3, total: 4 },
      ],
      { title: 'a < b', random: 0.25 },
    );
    expect(svg).toContain('after 1 rounds of imitation: 3 of 4');
    expect(svg).toContain('a &lt; b');
    expect(svg).toContain('random agent');
    expect(svg.match(/<circle/g)).toHaveLength(2);
  });
});
