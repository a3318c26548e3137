import { actionSchema, episodeRecordSchema, type Task } from '@backlot/protocol';
import { createTextEngine, type Engine } from '@backlot/sandbox';
import { describe, expect, it } from 'vitest';
import { createRng, runEpisode, type Agent } from '../src/index.ts';
import { listClone, someTasks } from './fixtures/list-tasks.ts';

/** Where an agent is tried. */
export interface AgentStage {
  readonly makeAgent: () => Agent | Promise<Agent>;
  /** Default: the text engine. */
  readonly engine?: Engine;
}

/** What every agent promises, whatever it is. */
export function describeAgentConformance(name: string, { makeAgent, engine = createTextEngine() }: AgentStage): void {
  const tasks = someTasks(11, 3).map((task): Task => ({ ...task, maxSteps: 5 }));

  describe(`the ${name} agent`, () => {
    it('leaves a record that fits the schema, within the step limit', async () => {
      const agent = await makeAgent();
      for (const task of tasks) {
        const record = await runEpisode({ engine, clone: listClone, task, agent });
        expect(episodeRecordSchema.parse(record)).toEqual(record);
        expect(record.steps.length).toBeLessThanOrEqual(task.maxSteps);
        expect(record.agent).toBe(agent.name);
      }
    });

    it('makes moves that are actions, done or gave_up', async () => {
      const agent = await makeAgent();
      const episode = await engine.open({ clone: listClone, account: 'two' });
      const attempt = agent.start(tasks[0]!, createRng(1));
      const move = await attempt.next(await episode.observe(), { step: 0, stepsLeft: 5 });
      if (typeof move === 'string') expect(['done', 'gave_up']).toContain(move);
      else expect(actionSchema.parse(move)).toEqual(move);
    });

    it('plays the same episode again for the same seed', async () => {
      const agent = await makeAgent();
      const play = () => runEpisode({ engine, clone: listClone, task: tasks[0]!, agent, seed: 4 });
      expect(await play()).toEqual(await play());
    });

    it('keeps attempts apart that go on at the same time', async () => {
      const agent = await makeAgent();
      const alone = [];
      for (const task of tasks) alone.push(await runEpisode({ engine, clone: listClone, task, agent }));
      const together = await Promise.all(tasks.map((task) => runEpisode({ engine, clone: listClone, task, agent })));
      expect(together).toEqual(alone);
    });
  });
}
