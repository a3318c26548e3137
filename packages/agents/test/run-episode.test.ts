import type { Action, Task } from '@backlot/protocol';
import { episodeRecordSchema, taskSchema } from '@backlot/protocol';
import { createTextEngine, InfraError, type Engine } from '@backlot/sandbox';
import { describe, expect, it } from 'vitest';
import { noopAgent, oracleAgent, randomAgent, replayAgent, runEpisode, wrongAgent, type Agent } from '../src/index.ts';
import { listWorld } from '../../world/fixtures/list-world.ts';

const field = { role: 'textbox', name: 'What needs doing?', nth: 0 };
const add = (title: string): Action[] => [
  { kind: 'fill', target: field, value: title },
  { kind: 'press', target: field, value: 'Enter' },
];

const task: Task = taskSchema.parse({
  id: 'add-tea',
  workflow: 'add',
  instruction: 'Add “Green tea” to the list.',
  account: 'two',
  setup: add('Before'),
  verifier: { goals: [{ kind: 'inserted', table: 'item', cells: { title: 'Green tea', done: false }, count: 1 }], nothingElse: true },
  oracle: add('Green tea'),
  wrong: add('Black tea'),
  maxSteps: 10,
  difficulty: 0,
});

const engine = createTextEngine();
const clone = { world: listWorld, hash: '0' };
const run = (agent: Agent, more: Partial<Parameters<typeof runEpisode>[0]> = {}) => runEpisode({ engine, clone, task, agent, ...more });

describe('runEpisode', () => {
  it('gives the oracle 1 and its steps rewards that add up to what was gained', async () => {
    const record = await run(oracleAgent);
    expect(episodeRecordSchema.parse(record)).toEqual(record);
    expect(record).toMatchObject({ task: 'add-tea', agent: 'oracle', engine: 'text', ending: 'done', reward: 1, feedback: [] });
    expect(record.steps.map(({ reward, done, certainty }) => [reward, done, certainty])).toEqual([
      [0, false, 'certain'],
      [1, true, 'certain'],
    ]);
    expect(record.steps[1]?.aria).toContain('Green tea');
  });

  it('gives 0 to the wrong value, and says what is wrong', async () => {
    const record = await run(wrongAgent);
    expect(record).toMatchObject({ ending: 'done', reward: 0 });
    expect(record.feedback).toEqual(['Broken: the new item “Black tea”: title is “Black tea”, not “Green tea”.']);
  });

  it('gives 0 to doing nothing and to doing too much', async () => {
    expect(await run(noopAgent)).toMatchObject({ ending: 'done', reward: 0, steps: [] });
    const record = await run(replayAgent([...task.oracle, ...task.oracle]));
    expect(record).toMatchObject({
      agent: 'replay',
      reward: 0,
      feedback: ['In excess: one more item “Green tea” was added than asked for.'],
    });
    expect(record.steps.at(-1)?.reward).toBeLessThan(0);
  });

  it('plays the same random episode for the same seed, and another for another', async () => {
    const actions = async (seed: number) => (await run(randomAgent, { seed })).steps.map((step) => step.action);
    expect(await actions(1)).toEqual(await actions(1));
    expect(await actions(1)).not.toEqual(await actions(2));
  });

  it('lets the random agent do only what can be done, up to the step limit', async () => {
    const record = await run(randomAgent, { task: { ...task, maxSteps: 200 } });
    expect(record).toMatchObject({ ending: 'step_limit', reward: 0 });
    expect(record.steps).toHaveLength(200);
    expect(record.steps.filter((step) => step.refused !== undefined)).toEqual([]);
    expect(new Set(record.steps.map((step) => step.action.kind))).toEqual(new Set(['click', 'fill', 'press', 'back']));
  });

  it('tells the agent why its action was refused and goes on', async () => {
    const told: (string | undefined)[] = [];
    const curious: Agent = {
      name: 'curious',
      start: () => ({
        next: (_seen, { step, refused }) => {
          told.push(refused);
          return step === 0 ? { kind: 'click', target: { role: 'button', name: 'Nope', nth: 0 } } : 'gave_up';
        },
      }),
    };
    expect(await run(curious)).toMatchObject({ ending: 'gave_up', reward: 0, steps: [{ refused: told[1], done: true }] });
    expect(told).toEqual([undefined, expect.stringContaining('Nope')]);
  });

  it('ends unscored where an action leads out of what was learned, if it is strict', async () => {
    const lost = replayAgent([{ kind: 'goto', value: '/nowhere' }, { kind: 'back' }, ...task.oracle]);
    expect(await run(lost, { strict: true })).toMatchObject({ ending: 'out_of_model', reward: null, steps: [{ certainty: 'unseen' }] });
    expect(await run(lost)).toMatchObject({ ending: 'done', reward: 1 });
  });

  it('never scores an episode that the engine lost', async () => {
    const broken: Engine = {
      ...engine,
      open: async (options) => ({ ...(await engine.open(options)), act: () => Promise.reject(new InfraError('The page crashed.')) }),
    };
    expect(await run(oracleAgent, { engine: broken })).toMatchObject({
      ending: 'infra_error',
      reward: null,
      feedback: ['The page crashed.'],
    });
  });

  it('never scores an episode whose set-up is refused, and keeps why', async () => {
    const record = await run(oracleAgent, { task: { ...task, setup: [...add('Before'), { kind: 'click' }] } });
    expect(episodeRecordSchema.parse(record)).toEqual(record);
    expect(record).toMatchObject({ ending: 'setup_failed', reward: null, steps: [] });
    expect(record.feedback).toEqual([expect.stringMatching(/^Setup action 3 .*refused: A click needs a target\./)]);
  });

  it('throws when the signal aborts', async () => {
    await expect(run(oracleAgent, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });
});
