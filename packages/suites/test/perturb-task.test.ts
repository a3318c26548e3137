import { noopAgent, oracleAgent, replayAgent, runEpisode } from '@backlot/agents';
import { perturbationKinds, taskSchema, type PerturbationKind, type Task } from '@backlot/protocol';
import { createTextEngine } from '@backlot/sandbox';
import { taskCandidates } from '@backlot/workflow';
import { describe, expect, it } from 'vitest';
import { admit, buildSuite } from '../src/index.ts';
import { perturbTask } from '../src/perturb-task.ts';
import { clone, work, world } from './fixtures/list/list-clone.ts';

const engine = createTextEngine();
const plain = [...taskCandidates(world, work, { n: 30, seed: 3, mix: { stratified: 1 } })];
/** Plain tasks, and the same in such surroundings. */
function of(kind: PerturbationKind): { task: Task; perturbed: Task }[] {
  const pairs = plain.map((task, i) => ({ task, perturbed: perturbTask(world, task, 7 * i + perturbationKinds.indexOf(kind)) }));
  return pairs.flatMap(({ task, perturbed }) => (perturbed?.perturbation?.kind === kind ? [{ task, perturbed }] : [])).slice(0, 4);
}
const rewardOf = async (task: Task, agent: typeof oracleAgent): Promise<number | null> =>
  (await runEpisode({ engine, clone, task, agent })).reward;

describe('perturbTask', () => {
  it.each(perturbationKinds)(
    'gives tasks in surroundings that are %s, solved by their own solution and by no one who does nothing',
    async (kind) => {
      const some = of(kind);
      expect(some.length).toBeGreaterThan(0);
      for (const { perturbed } of some) {
        expect(taskSchema.parse(perturbed)).toEqual(perturbed);
        expect(await rewardOf(perturbed, oracleAgent)).toBe(1);
        expect(await rewardOf(perturbed, noopAgent)).toBe(0);
      }
    },
  );

  it.each(['slow', 'failing', 'popup', 'renamed'] as const)('makes surroundings that are %s something to cope with', async (kind) => {
    for (const { task, perturbed } of of(kind)) expect(await rewardOf(perturbed, replayAgent(task.oracle))).toBe(0);
  });

  it('closes the notice that hides a page first', () => {
    for (const { perturbed } of of('popup')) expect(perturbed.oracle[0]).toMatchObject({ kind: 'click', target: { name: 'Not now' } });
  });

  it('asks for the same, from the same start', () => {
    for (const { task, perturbed } of perturbationKinds.flatMap(of)) {
      const { instruction, verifier, setup, account } = perturbed;
      expect({ instruction, verifier, setup, account }).toEqual({
        instruction: task.instruction,
        verifier: task.verifier,
        setup: task.setup,
        account: task.account,
      });
    }
  });
});

describe('buildSuite', () => {
  it('admits perturbed tasks that stand all controls', async () => {
    const suite = await buildSuite(world, work, { n: 12, seed: 5, cloneDir: 'clone', hash: clone.hash, mix: { perturbed: 1 } });
    expect(suite.tasks).toHaveLength(12);
    expect(new Set(suite.tasks.map(({ perturbation }) => perturbation?.kind)).size).toBeGreaterThan(3);
    for (const task of suite.tasks) expect(await admit(task, clone)).toEqual({ admitted: true });
  });
});
