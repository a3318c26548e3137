import { mkdtemp, readdir, readFile, rm, truncate, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runManifestSchema, runRecordSchema, trajectoryLineSchema, type Task } from '@backlot/protocol';
import { createTextEngine, InfraError, secretMask, type Engine } from '@backlot/sandbox';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { oracleAgent, RunFolder, runTasks, type Agent, type RunOptions } from '../../src/index.ts';
import { listClone, someTasks } from '../fixtures/list-tasks.ts';

const engine = createTextEngine();
const tasks = someTasks(5, 4);
const manifest = runManifestSchema.parse({
  v: 1,
  suite: 's',
  suiteDigest: 'd',
  worldHash: '0',
  agent: 'oracle',
  engine: 'text',
  seed: 0,
  policies: [],
});

let dir: string;
beforeEach(async () => (dir = await mkdtemp(path.join(tmpdir(), 'backlot-run-'))));
afterEach(() => rm(dir, { recursive: true, force: true }));

const open = () => RunFolder.open(dir, manifest);
const lines = async (file: string): Promise<unknown[]> =>
  (await readFile(path.join(dir, file), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
const run = async (more: Partial<RunOptions> = {}) =>
  runTasks({ engine, clone: listClone, tasks, agent: oracleAgent, now: () => 0, folder: await open(), ...more });

/** The oracle, with what it was asked. */
function counting(): { agent: Agent; started: string[] } {
  const started: string[] = [];
  const start: Agent['start'] = (task, rng) => {
    started.push(task.id);
    return oracleAgent.start(task, rng);
  };
  return { agent: { name: 'oracle', start }, started };
}

describe('runTasks', () => {
  it('keeps a record of each episode and its trajectory', async () => {
    const { episodes, kept } = await run();
    expect(kept).toBe(0);
    expect(episodes.map(({ task, reward }) => [task, reward])).toEqual(tasks.map(({ id }) => [id, 1]));
    expect((await lines('episodes.jsonl')).map((line) => runRecordSchema.parse(line))).toEqual(episodes);
    const trajectory = (await lines(`trajectories/${tasks[1]!.id}.jsonl`)).map((line) => trajectoryLineSchema.parse(line));
    expect(trajectory.map(({ kind }) => kind)).toEqual(['start', 'step', 'step', 'step', 'end']);
    // What pages showed is kept once, with the episode.
    expect(trajectory.filter((line) => 'aria' in line).map(({ kind }) => kind)).toEqual(['start']);
    expect(trajectory[0]).toMatchObject({ step: 0, instruction: tasks[1]!.instruction });
    expect(episodes[1]!.cost).toMatchObject({ steps: 3, personMs: 6600, usd: 0, tokens: 0 });
  });

  it('writes no secret anywhere in the folder, keeps no picture of a page that shows one, and goes on all the same', async () => {
    const secret = 'Quiet harbour/42';
    const token = `ghp_${'a1'.repeat(18)}`;
    const pictured: Engine = {
      ...engine,
      open: async (options) => {
        const episode = await engine.open(options);
        const act = episode.act.bind(episode);
        return Object.assign(Object.create(episode) as typeof episode, {
          act,
          observe: () => episode.observe(),
          picture: async () => new Uint8Array([1]),
        });
      },
    };
    const field = { role: 'textbox', name: 'What needs doing?', nth: 0 };
    const types = ['done', 'nobody', secret, token].flatMap((value) => [
      { kind: 'fill', target: field, value } as const,
      { kind: 'press', target: field, value: 'Enter' } as const,
    ]);
    const task = { ...tasks[0]!, instruction: `Type ${secret}.`, oracle: types, maxSteps: 10 };
    const folder = (): Promise<RunFolder> => RunFolder.open(dir, manifest, secretMask([secret, 'done', 'nobody', task.id]));
    const options = { engine: pictured, tasks: [task], pictures: true };
    await run({ ...options, folder: await folder() });
    const names = (await readdir(dir, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    const texts = await Promise.all(names.map(({ parentPath, name }) => readFile(path.join(parentPath, name), 'utf8')));
    expect(texts.join()).toContain('«secret 1»');
    expect(texts.join()).toContain('«credential»');
    expect(texts.join()).not.toContain(secret);
    expect(texts.join()).not.toContain(token);
    const pictures = (await readdir(path.join(dir, 'pictures'), { recursive: true })).filter((name) => name.endsWith('.png'));
    expect(pictures.map((name) => path.basename(name))).toEqual(['000.png']);
    expect((await run({ ...options, folder: await folder() })).kept).toBe(1);
  });

  it('goes on where an earlier run was cut, and runs no episode twice that was over', async () => {
    const interrupt = new AbortController();
    const interrupted: Agent = {
      name: 'oracle',
      start: (task, rng) => {
        const attempt = oracleAgent.start(task, rng);
        return {
          next: (observation, context) => {
            if (task === tasks[2]) interrupt.abort(new Error('Interrupted.'));
            return attempt.next(observation, context);
          },
        };
      },
    };
    await expect(run({ agent: interrupted, signal: interrupt.signal })).rejects.toThrow('Interrupted.');
    const before = await lines('episodes.jsonl');
    expect(before).toHaveLength(2);
    const { agent, started } = counting();
    const { episodes, kept } = await run({ agent });
    expect(kept).toBe(2);
    expect(started).toEqual([tasks[2]!.id, tasks[3]!.id]);
    expect(episodes.slice(0, 2)).toEqual(before);
    expect(await lines('episodes.jsonl')).toHaveLength(4);
  });

  it('runs an episode again whose record was cut in the middle', async () => {
    await run({ tasks: tasks.slice(0, 2) });
    const file = path.join(dir, 'episodes.jsonl');
    await truncate(file, (await stat(file)).size - 10);
    const { agent, started } = counting();
    await run({ agent, tasks: tasks.slice(0, 2) });
    expect(started).toEqual([tasks[1]!.id]);
    expect(await lines('episodes.jsonl')).toHaveLength(2);
  });

  it('runs an episode again that the engine lost, in this run and in the next', async () => {
    let losses = 5;
    const lossy: Engine = {
      ...engine,
      open: async (options) => {
        const episode = await engine.open(options);
        return losses-- > 0 ? { ...episode, act: () => Promise.reject(new InfraError('lost')) } : episode;
      },
    };
    const one = { engine: lossy, tasks: tasks.slice(0, 1) };
    expect((await run(one)).episodes).toMatchObject([{ ending: 'infra_error', reward: null }]);
    expect((await run(one)).episodes).toMatchObject([{ ending: 'done', reward: 1 }]);
    expect((await lines('episodes.jsonl')).map((line) => runRecordSchema.parse(line).ending)).toEqual([
      ...Array.from({ length: 5 }, () => 'infra_error'),
      'done',
    ]);
  });

  it('goes on with the next task where a set-up is refused, and tries that one again with the same command only', async () => {
    const [first, second, ...others] = tasks;
    const broken = { ...second!, setup: [...second!.setup, { kind: 'click' as const }] };
    const some = [first!, broken, ...others];
    const { episodes } = await run({ tasks: some });
    expect(episodes.map(({ ending, reward }) => [ending, reward])).toEqual([
      ['done', 1],
      ['setup_failed', null],
      ['done', 1],
      ['done', 1],
    ]);
    expect(await lines('episodes.jsonl')).toHaveLength(4);
    const { agent, started } = counting();
    const again = await run({ agent, tasks });
    expect([again.kept, started]).toEqual([3, [second!.id]]);
    expect(again.episodes.map(({ reward }) => reward)).toEqual([1, 1, 1, 1]);
  });

  it('runs several at the same time, and answers in the order of the tasks', async () => {
    let under = 0;
    let most = 0;
    const slow: Agent = {
      name: 'slow',
      start: (task: Task, rng) => {
        most = Math.max(most, ++under);
        const attempt = oracleAgent.start(task, rng);
        return {
          next: async (...seen) => {
            await new Promise((resolve) => setTimeout(resolve, task === tasks[0] ? 20 : 2));
            const move = await attempt.next(...seen);
            if (move === 'done') under--;
            return move;
          },
        };
      },
    };
    const { episodes } = await run({ agent: slow, parallel: 3 });
    expect(episodes.map(({ task }) => task)).toEqual(tasks.map(({ id }) => id));
    expect(most).toBe(3);
  });

  it('keeps what was over when an agent fails, and throws what it threw', async () => {
    const failing: Agent = {
      name: 'oracle',
      start: (task, rng) => {
        if (task === tasks[2]) throw new Error('the service is away');
        return oracleAgent.start(task, rng);
      },
    };
    await expect(run({ agent: failing })).rejects.toThrow('the service is away');
    expect(await lines('episodes.jsonl')).toHaveLength(2);
  });
});

describe('RunFolder', () => {
  it('takes no other run than the one that it holds', async () => {
    await open();
    await expect(RunFolder.open(dir, { ...manifest, seed: 1 })).rejects.toThrow('its seed is 0, not 1');
    await writeFile(path.join(dir, 'run.json'), '{}');
    await expect(open()).rejects.toThrow('no manifest');
  });

  it('says which line is no episode', async () => {
    await run({ tasks: tasks.slice(0, 1) });
    const file = path.join(dir, 'episodes.jsonl');
    await writeFile(file, `{"v":1}\n${await readFile(file, 'utf8')}`);
    await expect(open()).rejects.toThrow('episodes.jsonl:1');
  });
});
