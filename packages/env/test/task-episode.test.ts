import type { PlayOptions } from '@backlot/protocol';
import { createTextEngine, InfraError, type Engine } from '@backlot/sandbox';
import { describe, expect, it } from 'vitest';
import { TaskEpisode, type EpisodeReport, type EpisodeSetup } from '../src/index.ts';
import { addTask, clone } from './fixtures/list.ts';

const open = (play: PlayOptions = {}, more: Partial<EpisodeSetup> = {}): Promise<TaskEpisode> =>
  TaskEpisode.open({ engine: createTextEngine(), clone, task: addTask, play, ...more });
const [fill, enter] = addTask.oracle;
const done = { kind: 'done' };
const refIn = (view: string | undefined, line: RegExp): string =>
  new RegExp(`${line.source}.*\\[ref=(\\w+)\\]`).exec(view ?? '')?.[1] ?? 'none';

describe('a step', () => {
  it('shows the page, and is rewarded with 1 by the move that ends a solved task', async () => {
    const episode = await open();
    const begun = await episode.look();
    expect(begun).toMatchObject({ reward: null, terminated: false, truncated: false, info: { task: 'add', step: 0, stepsLeft: 8 } });
    expect(begun.observation.instruction).toBe('Add “Wash the car”.');
    expect((await episode.step(fill)).reward).toBe(0);
    const added = await episode.step(enter);
    expect(added.observation.views.refs).toContain('Wash the car');
    expect(await episode.step(done)).toMatchObject({ reward: 1, terminated: true, truncated: false, info: { ending: 'done', score: 1 } });
  });

  it('rewards each step with what it brings nearer, where that is asked for', async () => {
    const episode = await open({ reward: 'dense' });
    const rewards = [await episode.step(fill), await episode.step(enter), await episode.step(done)].map(({ reward }) => reward);
    expect(rewards).toEqual([0, 1, 0]);
  });

  it('tells nothing of the verdict where no reward is asked for', async () => {
    const episode = await open({ reward: 'none' });
    await episode.step(fill);
    const { reward, info } = await episode.step(done);
    expect(reward).toBeNull();
    expect(info).not.toHaveProperty('score');
    expect(info).not.toHaveProperty('feedback');
    expect(episode.end).toMatchObject({ score: 0 });
  });

  it('changes nothing where the move can’t be done, says why, and counts', async () => {
    const episode = await open();
    const before = episode.state;
    const { info } = await episode.step("click('e0000')");
    expect(info.refused).toContain('no element [ref=e0000]');
    expect(info.stepsLeft).toBe(7);
    expect(episode.state).toBe(before);
  });

  it('is truncated at the limit, and judged there', async () => {
    const episode = await open({ maxSteps: 2 });
    await episode.step(fill);
    expect(await episode.step(enter)).toMatchObject({
      reward: 1,
      terminated: false,
      truncated: true,
      info: { ending: 'step_limit', score: 1 },
    });
    await expect(episode.step(fill)).rejects.toThrow('The episode is over (step_limit)');
  });

  it('is truncated once a person would have used up the time that there is, and judged there', async () => {
    const episode = await TaskEpisode.open({ engine: createTextEngine(), clone, task: addTask, play: { maxMs: 4100 } });
    expect(await episode.step(fill)).toMatchObject({ terminated: false, truncated: false });
    expect(await episode.step(enter)).toMatchObject({
      reward: 1,
      terminated: false,
      truncated: true,
      info: { ending: 'over_budget', score: 1 },
    });
  });

  it('looks for nothing 20 times in a row; each further look costs a step, so that looking ends too', async () => {
    const snapshot = { tool_name: 'browser_snapshot', arguments: {} };
    const episode = await open({ maxSteps: 2 });
    const look = async (times: number): Promise<void> => {
      for (let i = 0; i < times; i++) expect((await episode.step(snapshot)).info.refused).toBeUndefined();
    };
    await look(20);
    await episode.step(fill);
    await look(20);
    expect(episode.stepsTaken).toBe(1);
    const last = await episode.step(snapshot);
    expect(last).toMatchObject({
      truncated: true,
      info: { ending: 'step_limit', refused: expect.stringContaining('looked at 20 times in a row') },
    });
  });

  it('ends by itself at the goal, where that is asked for', async () => {
    const episode = await open({ endOnSuccess: true });
    await episode.step(fill);
    expect(await episode.step(enter)).toMatchObject({ reward: 1, terminated: true });
  });

  it('keeps a dialog waiting, where that is asked for', async () => {
    const episode = await open({ holdDialogs: true });
    const ref = refIn((await episode.look()).observation.views.refs, /button "Clear/);
    const asked = await episode.step({ tool_name: 'browser_click', arguments: { ref } });
    expect(asked.observation.dialog).toMatchObject({ type: 'confirm' });
    expect((await episode.step(fill)).info.refused).toContain('waits: answer it first');
    const count = episode.state.tables['item']?.length ?? 0;
    await episode.step({ tool_name: 'browser_handle_dialog', arguments: { accept: false } });
    expect(episode.state.tables['item']).toHaveLength(count);
    await episode.step({ tool_name: 'browser_click', arguments: { ref } });
    await episode.step({ tool_name: 'browser_handle_dialog', arguments: { accept: true } });
    expect(episode.state.tables['item']?.length).toBeLessThan(count);
  });

  it('tells only what changed, where that is asked for', async () => {
    const episode = await open({ views: ['changes'] });
    const whole = (await episode.look()).observation.views.changes ?? '';
    const { observation } = await episode.step(fill);
    expect(whole.split('\n').length).toBeGreaterThan(5);
    expect(observation.views.changes).toMatch(/^@ \d+\n-.*\n\+.*Wash the car$/);
  });

  it('is never scored where the engine fails', async () => {
    const text = createTextEngine();
    const failing: Engine = {
      ...text,
      open: async (options) => ({ ...(await text.open(options)), act: () => Promise.reject(new InfraError('The browser went away.')) }),
    };
    const reports: EpisodeReport[] = [];
    const episode = await open({}, { engine: failing, onEnd: async (report) => void reports.push(report) });
    expect(await episode.step(fill)).toMatchObject({ reward: null, truncated: true, info: { ending: 'infra_error', score: null } });
    expect(reports).toMatchObject([{ end: { ending: 'infra_error', score: null } }]);
  });

  it('is not scored where nobody goes on', async () => {
    const reports: EpisodeReport[] = [];
    const episode = await open({}, { onEnd: async (report) => void reports.push(report) });
    await episode.step(fill);
    await episode.abandon('Nobody went on.');
    expect(reports).toMatchObject([
      { end: { ending: 'abandoned', score: null, feedback: ['Nobody went on.'] }, steps: [{ action: fill }] },
    ]);
  });
});

describe('peek', () => {
  it('tells what a move would lead to, and leaves everything as it is', async () => {
    const episode = await open({ reward: 'dense' });
    await episode.step(fill);
    const before = episode.snapshot();
    const { outcome, changes, irreversible } = await episode.peek(enter);
    expect(outcome).toMatchObject({ reward: 1 });
    expect(changes).toEqual([expect.stringContaining('Wash the car')]);
    expect(irreversible).toBe(false);
    expect(episode.snapshot()).toEqual(before);
  });
});

describe('fork and restore', () => {
  it('go on from the same moment, apart from each other', async () => {
    const episode = await open({ reward: 'dense' });
    await episode.step(fill);
    const fork = await episode.fork();
    expect(await fork.step(enter)).toMatchObject({ reward: 1, info: { step: 2 } });
    expect(episode.state.tables['item']).toHaveLength(2);
    expect(await episode.step(enter)).toMatchObject({ reward: 1, info: { step: 2 } });
  });

  it('go back to a snapshot, over the end too, and through JSON', async () => {
    const episode = await open();
    await episode.step(fill);
    const snapshot = JSON.parse(JSON.stringify(episode.snapshot())) as ReturnType<TaskEpisode['snapshot']>;
    await episode.step(done);
    await episode.restore(snapshot);
    expect(episode.end).toBeNull();
    await episode.step(enter);
    expect(await episode.step(done)).toMatchObject({ reward: 1 });
  });

  it('refuse a snapshot of another task or world', async () => {
    const episode = await open();
    await expect(episode.restore({ ...episode.snapshot(), task: 'other' })).rejects.toThrow('of the task other');
    await expect(episode.restore({ ...episode.snapshot(), world: '0' })).rejects.toThrow('another world');
  });
});
