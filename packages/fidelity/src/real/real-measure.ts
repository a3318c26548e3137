import { endOf, replayAgent, runEpisode, type Agent } from '@backlot/agents';
import type { EpisodeRecord, Task } from '@backlot/protocol';
import { createTextEngine, type Clone } from '@backlot/sandbox';
import type { Browser } from 'playwright-core';
import { lineDifference } from '../aria/line-difference.ts';
import { isSamePage, normaliseAria } from '../aria/normalise-aria.ts';
import type { Canonical } from '../clone/predict-steps.ts';
import { shareOf, shareOfSteps, type Share } from '../stats/share.ts';
import { BudgetSpent, InteractionBudget, realEngine } from './real-engine.ts';
import type { RealApplication } from './real-application.ts';

/** One task, done by the same agent in the clone and in the real application. */
export interface PairedTask {
  readonly id: string;
  readonly account: string;
  readonly instruction: string;
  /** The agent succeeds in the real application; in the clone; and with what it did in the clone, done again in the real application. */
  readonly real: boolean;
  readonly wm: boolean;
  readonly w2r: boolean;
  /** What the verifier says of the run that was done again; empty where nothing is missing. */
  readonly feedback: readonly string[];
  /** Steps of the run in the clone; those taken in the real application; and those after which both show the same page. */
  readonly steps: number;
  readonly taken: number;
  readonly alike: number;
  /** The first step at which both differ: lines that the clone lacks and has too many, or why the action could not be taken. */
  readonly divergence: {
    readonly step: number;
    readonly refused?: string;
    readonly missing: readonly string[];
    readonly extra: readonly string[];
  } | null;
}

/** What the clone is worth in the real application (Word2World's measures), over paired tasks. */
export interface RealMeasure {
  readonly agent: string;
  readonly tasks: readonly PairedTask[];
  readonly real: Share;
  readonly wm: Share;
  readonly w2r: Share;
  /** W2R ÷ Real; null where nothing succeeds in the real application. */
  readonly cr: number | null;
  /** Exploit rate: of the runs rewarded in the clone, those that fail in the real application after a step that it does not have. */
  readonly exploits: Share;
  /** Steps of the runs in the clone after which the real application shows the same page. */
  readonly w2rSteps: Share;
  /** Actions taken in the real application, and tasks left out because no more were allowed. */
  readonly interactions: number;
  readonly leftOut: number;
}

/** What is measured, and where. */
export interface RealOptions {
  readonly clone: Clone;
  readonly tasks: readonly Task[];
  readonly agent: Agent;
  readonly real: RealApplication;
  /** Left running. */
  readonly browser: Browser;
  readonly canonical: Canonical;
  /** Most actions to take in the real application. */
  readonly interactions?: number;
  readonly seed?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: PairedTask) => void;
}

/**
 * Lets an agent do every task in the real application and in the clone, and does again in the real application what it did in the
 * clone. Success there: the goals of the task's verifier hold, seen through the world's eyes, or every action could be taken and the last
 * page is the one on which the clone was content. What a page reveals for the first time is no change, so that whether anything else
 * changed is told by the pages after each step (`alike`) alone. A task begun when the budget of
 * interactions runs out is left out, with all after it.
 * @throws InfraError where the application does not start; the signal's reason
 */
export async function measureReal(options: RealOptions): Promise<RealMeasure> {
  const budget = new InteractionBudget(options.interactions);
  const tasks: PairedTask[] = [];
  try {
    for (const task of options.tasks) {
      options.signal?.throwIfAborted();
      const done = await pair(task, options, budget);
      tasks.push(done);
      options.onProgress?.(done);
    }
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error;
  }
  const success = (which: (task: PairedTask) => boolean): Share => shareOf(tasks.filter(which).length, tasks.length);
  const [real, w2r] = [success((task) => task.real), success((task) => task.w2r)];
  return {
    agent: options.agent.name,
    tasks,
    real,
    wm: success(({ wm }) => wm),
    w2r,
    cr: real.hits === 0 ? null : w2r.hits / real.hits,
    exploits: exploitsOf(tasks),
    w2rSteps: shareOfSteps(tasks.map(({ alike, steps }) => ({ hits: alike, total: steps }))),
    interactions: budget.spent,
    leftOut: options.tasks.length - tasks.length,
  };
}

/** Reward that the agent has from the clone alone. */
function exploitsOf(tasks: readonly PairedTask[]): Share {
  const rewarded = tasks.filter(({ wm }) => wm);
  return shareOf(rewarded.filter(({ w2r, divergence }) => !w2r && divergence !== null).length, rewarded.length);
}

async function pair(task: Task, options: RealOptions, budget: InteractionBudget): Promise<PairedTask> {
  const { clone, agent, seed = 0, signal } = options;
  const engine = realEngine({ ...options, budget });
  const common = { clone, task, seed, ...(signal === undefined ? {} : { signal }) };
  const wm = await judged(runEpisode({ ...common, engine: createTextEngine(), agent }));
  const there = { ...common, engine, task: { ...task, verifier: { ...task.verifier, nothingElse: false } } };
  const again = await judged(
    runEpisode({
      ...there,
      agent: replayAgent(
        wm.steps.map(({ action }) => action),
        endOf(wm),
      ),
    }),
  );
  // An agent that does not look does the same again: one run in the real application is both.
  const isSame = agent.name === 'oracle';
  const real = isSame ? again : await judged(runEpisode({ ...there, agent }));
  const { id, account, instruction } = task;
  const succeeds = (run: EpisodeRecord): boolean => run.reward === 1 || endsAlike(wm, run);
  return {
    id,
    account,
    instruction,
    real: succeeds(real),
    wm: wm.reward === 1,
    w2r: succeeds(again),
    feedback: succeeds(again) ? [] : again.feedback,
    ...compareSteps(wm.steps, again.steps),
  };
}

/** Every action was taken, and the last page is the one on which the clone was content. */
function endsAlike(wm: EpisodeRecord, real: EpisodeRecord): boolean {
  const [want, got] = [wm.steps.at(-1), real.steps.at(-1)];
  if (wm.reward !== 1 || want === undefined || got === undefined || real.steps.some(({ refused }) => refused !== undefined)) return false;
  return isSamePage(normaliseAria(want.aria), normaliseAria(got.aria));
}

async function judged(run: Promise<EpisodeRecord>): Promise<EpisodeRecord> {
  const record = await run;
  if (record.ending === 'infra_error') throw new Error(record.feedback[0] ?? 'The engine failed.');
  return record;
}

type Steps = EpisodeRecord['steps'];

function compareSteps(clone: Steps, real: Steps): Pick<PairedTask, 'steps' | 'taken' | 'alike' | 'divergence'> {
  let divergence: PairedTask['divergence'] = null;
  let alike = 0;
  clone.forEach((step, i) => {
    const other = real[i];
    const [want, got] = [normaliseAria(other?.aria ?? ''), normaliseAria(step.aria)];
    const isAlike = other !== undefined && (other.refused === undefined) === (step.refused === undefined) && isSamePage(want, got);
    if (isAlike) alike += 1;
    else divergence ??= { step: i, ...(other?.refused === undefined ? {} : { refused: other.refused }), ...lineDifference(want, got) };
  });
  return { steps: clone.length, taken: real.filter(({ refused }) => refused === undefined).length, alike, divergence };
}
