import { beforeAll, describe, expect, it } from 'vitest';
import { createTextEngine } from '@backlot/sandbox';
import type { Learned } from '../src/index.ts';
import { learnerAgent, noopAgent, oracleAgent, randomAgent, replayRunAgent, runEpisode, trainLearner, wrongAgent } from '../src/index.ts';
import { describeAgentConformance } from './conformance.ts';
import { listClone, listTasks, someTasks } from './fixtures/list-tasks.ts';

const engine = createTextEngine();
let learned: Learned;
beforeAll(async () => {
  ({ learned } = await trainLearner({ engine, clone: listClone, tasks: listTasks(1), n: 9, seed: 1, rounds: 2, practised: 0 }));
});

for (const agent of [oracleAgent, wrongAgent, noopAgent, randomAgent]) describeAgentConformance(agent.name, { makeAgent: () => agent });
describeAgentConformance('replay', { makeAgent: () => replayRunAgent([]) });
describeAgentConformance('learner', { makeAgent: () => learnerAgent(learned) });

describe('replayRunAgent', () => {
  it('does in each task what was done in it before, and nothing in others', async () => {
    const [first, second] = someTasks(2, 2);
    const record = await runEpisode({ engine, clone: listClone, task: first!, agent: oracleAgent });
    const agent = replayRunAgent([record]);
    expect(await runEpisode({ engine, clone: listClone, task: first!, agent })).toEqual({ ...record, agent: 'replay' });
    expect(await runEpisode({ engine, clone: listClone, task: second!, agent })).toMatchObject({ steps: [], reward: 0 });
  });
});
