import { createHash } from 'node:crypto';
import { noopAgent, oracleAgent, runEpisode } from '@backlot/agents';
import { suiteSchema, type Suite } from '@backlot/protocol';
import { createTextEngine } from '@backlot/sandbox';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildSuite, mostImpossible, rejectionRate, suiteText } from '../src/index.ts';
import { clone, work, world } from './fixtures/list/list-clone.ts';

const build = (n: number, seed: number): Promise<Suite> => buildSuite(world, work, { n, seed, cloneDir: 'clone', hash: clone.hash });
const rewards = async (suite: Suite, agent: typeof oracleAgent): Promise<(number | null)[]> =>
  Promise.all(suite.tasks.map(async (task) => (await runEpisode({ engine: createTextEngine(), clone, task, agent })).reward));

describe('buildSuite', () => {
  it('admits as many tasks as are wanted and counts the candidates that it rejected', async () => {
    const suite = await build(30, 7);
    const rejected = Object.values(suite.rejected).reduce((sum, count) => sum + count, 0);
    expect(suite.tasks).toHaveLength(30);
    expect(suite.sampled).toBe(30 + rejected);
    expect(rejectionRate(suite)).toBeCloseTo(rejected / suite.sampled);
    expect(suiteSchema.parse(suite)).toEqual(suite);
  });

  it('gives the suite of seed 7, byte for byte', async () => {
    const digest = createHash('sha256')
      .update(suiteText(await build(20, 7)))
      .digest('hex');
    expect(digest).toMatchInlineSnapshot(`"bd20ef81b517de1a868cdcd7538eab1ee280779182f544877b855d17964347f4"`);
  });

  it('gives the same bytes in every time zone', async () => {
    const before = process.env['TZ'];
    try {
      const texts: string[] = [];
      for (const zone of ['UTC', 'Pacific/Apia', 'America/St_Johns']) {
        process.env['TZ'] = zone;
        texts.push(suiteText(await build(10, 7)));
      }
      expect(new Set(texts).size).toBe(1);
    } finally {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    }
  });

  it('admits no task twice', async () => {
    const { tasks } = await build(30, 3);
    expect(new Set(tasks.map(({ instruction, account }) => `${account} ${instruction}`)).size).toBe(30);
  });

  it('admits only tasks that the oracle solves and doing nothing does not, for any seed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 1_000_000 }), async (seed) => {
        const suite = await build(4, seed);
        expect(await rewards(suite, oracleAgent)).toEqual([1, 1, 1, 1]);
        expect(await rewards(suite, noopAgent)).toEqual([0, 0, 0, 0]);
      }),
      { numRuns: 5 },
    );
  });

  it('admits tasks of every kind, each solved by its oracle and by no one who does nothing', async () => {
    const mix = { question: 3, ambiguous: 1, impossible: 1, novel: 1, long: 1 };
    const suite = await buildSuite(world, work, { n: 10, seed: 5, cloneDir: 'clone', hash: clone.hash, mix });
    expect(new Set(suite.tasks.map((task) => task.mix)).size).toBeGreaterThan(1);
    expect(await rewards(suite, oracleAgent)).toEqual(suite.tasks.map(() => 1));
    expect(await rewards(suite, noopAgent)).toEqual(suite.tasks.map(() => 0));
    expect(suite.tasks.filter((task) => task.mix === 'impossible').length).toBeLessThanOrEqual(mostImpossible * 10 + 1);
  });

  it('tells how far it is', async () => {
    const seen: number[] = [];
    const options = { n: 3, seed: 7, cloneDir: 'clone', hash: clone.hash };
    await buildSuite(world, work, { ...options, onProgress: ({ sampled }) => seen.push(sampled) });
    expect(seen).toEqual(seen.map((_, i) => i + 1));
    expect(seen.length).toBeGreaterThanOrEqual(3);
  });

  it('is empty where no work was learned', async () => {
    const suite = await buildSuite(world, { ...work, workflows: [] }, { n: 5, seed: 7, cloneDir: 'clone', hash: clone.hash });
    expect(suite).toMatchObject({ tasks: [], sampled: 0, rejected: {} });
    expect(rejectionRate(suite)).toBe(0);
  });
});
