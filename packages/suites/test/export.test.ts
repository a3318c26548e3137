import { oracleAgent, noopAgent, runEpisode } from '@backlot/agents';
import type { Suite, Task } from '@backlot/protocol';
import { createTextEngine } from '@backlot/sandbox';
import { act, observe, reset } from '@backlot/world';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  admit,
  buildSuite,
  checkSuite,
  diffSuites,
  importFlow,
  readFlow,
  readWebArena,
  suiteExports,
  trajectoryExports,
  type Exported,
  type ExportFile,
  type Trajectory,
} from '../src/index.ts';
import { clone, work, world } from './fixtures/list/list-clone.ts';

const startOf: Exported['startOf'] = (task) =>
  task.setup.reduce((state, action) => act(world, state, action).state, reset(world, task.account));
let suite: Suite;
const exported = (format: string): readonly ExportFile[] => suiteExports[format]?.({ suite, world, startOf }) ?? [];
const parsed = (format: string, n = 0): unknown => JSON.parse(exported(format)[n]?.text ?? '');
const lines = (text: string | undefined): unknown[] =>
  (text ?? '')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

beforeAll(async () => {
  suite = await buildSuite(world, work, { n: 6, seed: 11, cloneDir: 'clone', hash: clone.hash });
}, 120_000);

describe('suite exports', () => {
  it('write WebArena tasks whose check in the page holds after the oracle, and not before', () => {
    const tasks = parsed('webarena') as { intent: string; eval: { eval_types: string[]; program_html: { locator: string }[] } }[];
    expect(tasks.map(({ intent }) => intent)).toEqual(suite.tasks.map(({ instruction }) => instruction));
    for (const [i, { eval: check }] of tasks.entries()) {
      const task = suite.tasks[i] as Task;
      const [page] = check.program_html;
      if (!page) continue;
      const start = startOf(task);
      const end = task.oracle.reduce((state, action) => act(world, state, action).state, start);
      const judge = (state: unknown): unknown =>
        new Function('document', `return ${page.locator}`)({ defaultView: { backlot: { state: () => state } } });
      expect([judge(start), judge(end)]).toEqual(['false', 'true']);
    }
  });

  it('write the keys that WebArena, REAL, Inspect and the hub read', () => {
    expect(Object.keys((parsed('webarena') as object[])[0] ?? {})).toEqual(
      expect.arrayContaining([
        'sites',
        'task_id',
        'require_login',
        'storage_state',
        'start_url',
        'geolocation',
        'intent_template',
        'instantiation_dict',
        'intent',
        'require_reset',
        'eval',
        'intent_template_id',
      ]),
    );
    expect(Object.keys(parsed('real') as object)).toEqual([
      'id',
      'goal',
      'website',
      'difficulty',
      'challengeType',
      'possible',
      'evals',
      'points',
      'config',
      'version',
    ]);
    expect(lines(exported('inspect')[0]?.text)[0]).toMatchObject({
      input: suite.tasks[0]?.instruction,
      target: '1',
      id: suite.tasks[0]?.id,
    });
    expect(exported('huggingface').map(({ path }) => path)).toEqual(['README.md', 'data/test.jsonl', 'environment.yaml']);
  });

  it('write a Harbor folder a task, with all that Harbor asks for', () => {
    const dir = exported('harbor')[0]?.path.split('/')[0] ?? '';
    const files = exported('harbor').flatMap(({ path }) => (path.startsWith(`${dir}/`) ? [path.slice(dir.length + 1)] : []));
    expect(files).toEqual(
      expect.arrayContaining(['task.toml', 'instruction.md', 'environment/Dockerfile', 'tests/test.sh', 'solution/solve.sh']),
    );
  });

  it('write a module that registers every task with BrowserGym', () => {
    expect(lines(exported('browsergym')[1]?.text)).toHaveLength(suite.tasks.length);
    expect(exported('browsergym')[0]?.text).toContain('register_task(');
  });

  it('write flows that come back as the same actions', () => {
    for (const [i, task] of suite.tasks.entries()) {
      const flow = readFlow(parsed('puppeteer', i));
      const plain = [...task.setup, ...task.oracle].map(({ kind, value }) => [
        kind === 'check' || kind === 'uncheck' ? 'click' : kind,
        value,
      ]);
      expect(flow.actions.map(({ kind, value }) => [kind, value])).toEqual(plain);
    }
  });
});

describe('imports', () => {
  it('take back the WebArena tasks that were exported', async () => {
    const back = readWebArena(parsed('webarena'));
    expect(back).toHaveLength(suite.tasks.length);
    for (const [i, each] of back.entries()) {
      expect('task' in each && { ...each.task, wrong: [] }).toMatchObject({
        instruction: suite.tasks[i]?.instruction,
        oracle: suite.tasks[i]?.oracle,
        verifier: suite.tasks[i]?.verifier,
      });
    }
    const [first] = back;
    if (first && 'task' in first) expect(await admit(first.task, clone)).toEqual({ admitted: true });
  });

  it('tell why a foreign task has no place', () => {
    expect(readWebArena([{ task_id: 4, intent: 'Buy milk' }])).toEqual([
      { id: 4, why: 'It has no solution: record one with Chrome DevTools and import that.' },
    ]);
  });

  it('make a task of a recorded flow that changes something', () => {
    const task = suite.tasks.find(({ verifier }) => verifier.goals[0]?.kind === 'inserted');
    const made = task && importFlow(world, { title: 'Add it', actions: task.oracle }, 'mine');
    expect(made).toMatchObject({ id: 'mine', instruction: 'Add it', oracle: task?.oracle });
    expect(importFlow(world, { title: 'Nothing', actions: [] }, 'none')).toBeNull();
  });

  it('say which step of a flow they can’t read', () => {
    expect(() => readFlow({ steps: [{ type: 'click', selectors: [['#id']] }] })).toThrow('Step 1 names its element by no ARIA selector');
    expect(() => readFlow([])).toThrow('There is no "steps"');
  });
});

describe('checkSuite and diffSuites', () => {
  it('find the tasks that no longer stand', async () => {
    const [first, ...rest] = suite.tasks as [Task, ...Task[]];
    const broken = { ...suite, tasks: [{ ...first, oracle: [] }, ...rest.slice(0, 1)] };
    expect(await checkSuite(broken, clone)).toMatchObject([{ task: first.id, control: 'oracle' }]);
  }, 60_000);

  it('name what came, went and changed', () => {
    const [a, b, ...rest] = suite.tasks as [Task, Task, ...Task[]];
    const after = { ...suite, tasks: [{ ...a, maxSteps: 99 }, ...rest, { ...b, id: 'new' }] };
    expect(diffSuites(suite, after)).toEqual({
      sameWorld: true,
      added: ['new'],
      removed: [b.id],
      changed: [{ task: a.id, fields: ['maxSteps'] }],
    });
  });
});

describe('trajectory exports', () => {
  let trajectories: Trajectory[];
  beforeAll(async () => {
    const task = suite.tasks[0] as Task;
    const first = observe(world, startOf(task));
    const runs = [oracleAgent, noopAgent].map((agent) => runEpisode({ engine: createTextEngine(), clone, task, agent }));
    trajectories = (await Promise.all(runs)).map((episode) => ({ task, episode, first }));
  }, 60_000);
  const text = (format: string): string => trajectoryExports[format]?.(trajectories)[0]?.text ?? '';

  it('write ATIF with numbered steps, and observations tied to their calls', () => {
    const value = JSON.parse(text('atif')) as {
      schema_version: string;
      steps: {
        step_id: number;
        source: string;
        tool_calls?: { tool_call_id: string }[];
        observation?: { results: { source_call_id: string }[] };
      }[];
    };
    expect(value.schema_version).toBe('ATIF-v1.7');
    expect(value.steps.map(({ step_id }) => step_id)).toEqual(value.steps.map((_, i) => i + 1));
    for (const { source, tool_calls, observation } of value.steps.slice(1)) {
      expect(source).toBe('agent');
      expect(observation?.results[0]?.source_call_id).toBe(tool_calls?.[0]?.tool_call_id);
    }
  });

  it('write messages, conversations and world-model turns that alternate', () => {
    const roles = (line: unknown): string[] => (line as { messages: { role: string }[] }).messages.map(({ role }) => role);
    for (const format of ['messages', 'world-model']) {
      const [system, ...rest] = roles(lines(text(format))[0]);
      expect(system).toBe('system');
      expect(rest).toEqual(rest.map((_, i) => (i % 2 === 0 ? 'user' : 'assistant')));
    }
    expect(lines(text('sharegpt'))[0]).toMatchObject({
      conversations: expect.arrayContaining([{ from: 'gpt', value: expect.any(String) }]),
    });
  });

  it('write transitions whose rewards add up to the outcome', () => {
    const rows = lines(text('transitions')) as { reward: number; terminated: boolean }[];
    expect(rows.reduce((sum, { reward }) => sum + reward, 0)).toBe(1);
    expect(rows.at(-1)?.terminated).toBe(true);
  });

  it('write ADP with an observation after every action', () => {
    const [row] = lines(text('adp')) as { content: { class_: string }[] }[];
    const kinds = row?.content.map(({ class_ }) => class_) ?? [];
    expect(kinds.slice(0, 2)).toEqual(['text_observation', 'web_observation']);
    for (const [i, kind] of kinds.slice(2).entries()) expect(kind).toBe(i % 2 === 0 ? 'api_action' : 'web_observation');
  });
});
