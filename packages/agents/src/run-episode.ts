import type { Action, EpisodeRecord, Observation, State, Task } from '@backlot/protocol';
import { potential, verify } from '@backlot/reward';
import { cloneOfTask, InfraError, openTask, SetupError, type ActResult, type Clone, type Engine, type Episode } from '@backlot/sandbox';
import { isLast, type Agent, type AgentContext, type Attempt, type Paid } from './agent.ts';
import { createRng } from './rng.ts';
import { screenOf, type Screen } from './screen.ts';

type EpisodeStep = EpisodeRecord['steps'][number];
type Ending = EpisodeRecord['ending'];

/** One agent's attempt at one task. */
export interface EpisodeOptions {
  readonly engine: Engine;
  readonly clone: Clone;
  readonly task: Task;
  readonly agent: Agent;
  /** With the task's id it decides all of the agent's chance. Default 0. */
  readonly seed?: number;
  /** Ends the episode as `out_of_model` at the first action that the world has no evidence for. */
  readonly strict?: boolean;
  readonly signal?: AbortSignal;
  readonly watcher?: Watcher;
}

/** Is told of an episode as it goes, and waited for. */
export interface Watcher {
  began(observation: Observation, episode: Episode): Promise<void>;
  /** `done` is set in the record only. */
  did(step: EpisodeStep, episode: Episode): Promise<void>;
  /** What the agent was paid for, before the verdict. */
  paid?(paid: Paid): void;
}

/**
 * Runs one episode and judges it: reward 1 or 0, feedback in words, and for each step the difference of potentials (γ = 1). An
 * engine that fails ends it as `infra_error`, a set-up that is refused as `setup_failed`: neither is ever scored.
 * @throws the signal's reason where it aborts; what the agent throws
 */
export async function runEpisode(options: EpisodeOptions): Promise<EpisodeRecord> {
  const { engine, task, signal } = options;
  const clone = cloneOfTask(options.clone, task.perturbation);
  const steps: EpisodeStep[] = [];
  let episode: Episode | null = null;
  try {
    episode = await openTask({ engine, clone: options.clone, task, signal });
    const start = await episode.state();
    const { ending, stopped, answer } = await play(episode, { options: { ...options, clone }, start, steps });
    const why = { ...(answer === undefined ? {} : { answer }), ...(stopped === undefined ? {} : { stopped }) };
    if (ending === 'out_of_model') return recordOf(options, steps, { ending, reward: null, feedback: [leftTheModel], ...why });
    if (ending === 'stopped') return recordOf(options, steps, { ending, reward: 0, feedback: [steps.at(-1)?.refused ?? ''], ...why });
    const { reward, feedback } = verify(task.verifier, {
      world: clone.world,
      start,
      end: await episode.state(),
      said: { answer, gaveUp: ending === 'gave_up' },
    });
    return recordOf(options, steps, { ending, reward, feedback, ...why });
  } catch (error) {
    const fault = error instanceof InfraError ? 'infra_error' : error instanceof SetupError ? 'setup_failed' : null;
    if (fault === null) throw error;
    return recordOf(options, steps, { ending: fault, reward: null, feedback: [(error as Error).message] });
  } finally {
    await episode?.close();
  }
}

const leftTheModel = 'The last action led to where nothing was learned: the episode is not scored.';

interface Course {
  readonly options: EpisodeOptions;
  readonly start: State;
  readonly steps: EpisodeStep[];
}

interface Ended {
  readonly ending: Ending;
  readonly answer?: string | undefined;
  readonly stopped?: string | undefined;
}

async function play(episode: Episode, { options, start, steps }: Course): Promise<Ended> {
  const { task, agent, seed = 0, watcher } = options;
  const attempt = agent.start(task, createRng(`${task.id} ${seed}`));
  try {
    const ended = await playAttempt(episode, attempt, { options, start, steps });
    return { ...ended, stopped: attempt.stopped?.() };
  } finally {
    watcher?.paid?.(attempt.paid?.() ?? { usd: 0, tokens: 0 });
  }
}

async function playAttempt(episode: Episode, attempt: Attempt, { options, start, steps }: Course): Promise<Ended> {
  const { task, clone, strict = false, watcher } = options;
  const potentialOf = (end: State): number => potential(task.verifier, { world: clone.world, start, end });
  let observation = await episode.observe();
  await watcher?.began(observation, episode);
  let reached = potentialOf(start);
  const screen = screenOf(episode, clone.world);
  let refused: string | undefined;
  while (steps.length < task.maxSteps) {
    const move = await attempt.next(observation, contextOf(options, { step: steps.length, refused, screen }));
    if (isLast(move)) return typeof move === 'string' ? { ending: move } : { ending: 'done', answer: move.answer };
    const result = await episode.act(move);
    ({ observation, refused } = result);
    const before = reached;
    reached = potentialOf(await episode.state());
    const step = stepOf(move, result, reached - before);
    steps.push(step);
    await watcher?.did(step, episode);
    if (refused !== undefined && step.decision?.verb === 'end') return { ending: 'stopped' };
    if (strict && step.certainty === 'unseen') return { ending: 'out_of_model' };
  }
  return { ending: 'step_limit' };
}

function contextOf(
  { task, signal }: EpisodeOptions,
  { step, refused, screen }: { readonly step: number; readonly refused: string | undefined; readonly screen: Screen | undefined },
): AgentContext {
  return {
    step,
    stepsLeft: task.maxSteps - step,
    ...(refused === undefined ? {} : { refused }),
    ...(screen === undefined ? {} : { screen }),
    ...(signal === undefined ? {} : { signal }),
  };
}

function stepOf(action: Action, { observation, explanation, refused, decision }: ActResult, reward: number): EpisodeStep {
  const { aria, url } = observation;
  const step: EpisodeStep = { action, aria, url, certainty: explanation.certainty, reward, done: false };
  return { ...step, ...(refused === undefined ? {} : { refused }), ...(decision === undefined ? {} : { decision }) };
}

function recordOf(
  options: EpisodeOptions,
  steps: readonly EpisodeStep[],
  end: Pick<EpisodeRecord, 'ending' | 'reward' | 'answer' | 'stopped'> & { feedback: readonly string[] },
): EpisodeRecord {
  const { task, agent, engine } = options;
  return {
    task: task.id,
    agent: agent.name,
    engine: engine.name,
    ending: end.ending,
    reward: end.reward,
    feedback: [...end.feedback],
    ...(end.answer === undefined ? {} : { answer: end.answer }),
    ...(end.stopped === undefined ? {} : { stopped: end.stopped }),
    steps: steps.map((step, i) => ({ ...step, done: i === steps.length - 1 })),
  };
}
