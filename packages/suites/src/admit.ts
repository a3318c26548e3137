import { noopAgent, oracleAgent, runEpisode, wrongAgent, type Agent } from '@backlot/agents';
import type { Action, EpisodeRecord, State, Task } from '@backlot/protocol';
import { netChange, withoutAside } from '@backlot/reward';
import { cloneOfTask, createTextEngine, SetupError, type Clone, type Engine } from '@backlot/sandbox';
import { laterStart } from '@backlot/workflow';
import { currentUrl } from '@backlot/world';
import { guessesOf, otherAnswers } from './guesses.ts';
import { moreWork } from './more-work.ts';
import { openPlaying, type Playing } from './playing.ts';
import { randomWalk } from './random-walk.ts';
import { triedWays } from './tried-ways.ts';

/** What a task must stand before it is admitted, in the order in which it is tried. */
export const controls = [
  'setup',
  'oracle',
  'another-time',
  'second-way',
  'no-op',
  'guess',
  'half-done',
  'over-shooting',
  'wrong-argument',
  'wrong-record',
  'random',
] as const;
export type Control = (typeof controls)[number];

/** Whether a task is admitted; if not, by which control it failed and how. */
export type Admission = { readonly admitted: true } | { readonly admitted: false; readonly control: Control; readonly why: string };

/** A task on trial. */
interface Trial {
  readonly task: Task;
  /** With the task's own surroundings, and as it was learned. */
  readonly clone: Clone;
  readonly plain: Clone;
  readonly engine: Engine;
  readonly playing: Playing;
}

const randomRuns = 20;

/**
 * Tries a task. It is admitted only if its oracle earns 1 in a fresh episode, whenever it begins and whichever other right way is gone,
 * and if doing nothing, guessing, stopping before the last change, doing more than was asked for, the wrong argument, the wrong record
 * and 20 random runs earn 0. A question has no half of it and no wrong record: it is tried with wrong answers instead; where nothing can
 * be done, with the work on something else. Chance, which never says that it is done, can't answer.
 */
export async function admit(task: Task, clone: Clone, engine: Engine = createTextEngine()): Promise<Admission> {
  let playing: Playing;
  try {
    playing = await openPlaying(engine, clone, task);
  } catch (error) {
    if (error instanceof SetupError) return { admitted: false, control: 'setup', why: error.message };
    throw error;
  }
  try {
    return await tryControls({ task, clone: cloneOfTask(clone, task.perturbation), plain: clone, engine, playing });
  } finally {
    await playing.close();
  }
}

type Attempt = (trial: Trial) => Promise<string | null>;

async function tryControls(trial: Trial): Promise<Admission> {
  const changes: readonly (readonly [Control, Attempt])[] = [
    ['half-done', halfDone],
    ['over-shooting', overShooting],
    ['wrong-argument', wrongArgument],
    ['wrong-record', wrongRecord],
    ['random', random],
  ];
  const answers: readonly (readonly [Control, Attempt])[] = [
    ['guess', guessing],
    ['over-shooting', overShooting],
    ['wrong-argument', wrongAnswer],
  ];
  const tries: readonly (readonly [Control, Attempt])[] = [
    ['oracle', oracleFails],
    ['another-time', anotherTime],
    ['second-way', secondWay],
    ['no-op', doingNothing],
    ...(trial.task.verifier.answer === undefined ? changes : answers),
  ];
  for (const [control, attempt] of tries) {
    const why = await attempt(trial);
    if (why !== null) return { admitted: false, control, why };
  }
  return { admitted: true };
}

function episode({ task, plain, engine }: Trial, agent: Agent): Promise<EpisodeRecord> {
  return runEpisode({ task, clone: plain, engine, agent, strict: agent === oracleAgent });
}

async function oracleFails(trial: Trial): Promise<string | null> {
  const { reward, ending, feedback, steps } = await episode(trial, oracleAgent);
  const refused = steps.find((step) => step.refused !== undefined)?.refused;
  if (refused !== undefined) return `The oracle was refused: ${refused}`;
  return reward === 1 ? null : `The oracle ends as ${ending} and earns ${reward}: ${feedback.join(' ')}`;
}

const otherTimes = [1, 2, 3];

/** The oracle must not hang upon when it is done, nor upon how many records were made before. */
async function anotherTime({ task, clone, playing }: Trial): Promise<string | null> {
  for (const times of otherTimes) {
    const start = laterStart(clone.world, playing.start, times);
    const { states, refused } = await playing.play(task.oracle, start);
    const { reward, feedback } = playing.judge(states.at(-1) as State, { start });
    if (refused !== undefined || reward !== 1) return `Begun later, the oracle fails: ${refused ?? feedback.join(' ')}`;
  }
  return null;
}

/** Whatever else is right must earn the reward too. */
async function secondWay(trial: Trial): Promise<string | null> {
  const refused = (await triedWays(trial.task, trial.clone.world, trial.playing)).find(({ reward }) => reward !== 1);
  return refused === undefined ? null : `The same work with ${refused.way} earns nothing: ${refused.feedback}`;
}

async function doingNothing(trial: Trial): Promise<string | null> {
  const { reward } = await episode(trial, noopAgent);
  return reward === 1 ? 'Doing nothing earns the reward.' : null;
}

/** What could be said without having looked. */
async function guessing({ task, playing }: Trial): Promise<string | null> {
  const lucky = guessesOf(task).find((said) => playing.judge(playing.start, { said }).reward === 1);
  return lucky === undefined ? null : `The guess “${lucky.answer ?? 'it can’t be done'}” earns the reward.`;
}

async function wrongAnswer({ task, playing }: Trial): Promise<string | null> {
  const wrong = (await playing.play(task.wrong)).states.at(-1) as State;
  if (task.wrong.length > 0 && playing.judge(wrong).reward === 1) return 'The work done on something else earns the reward too.';
  const end = (await playing.play(task.oracle)).states.at(-1) as State;
  const other = otherAnswers(task).find((said) => playing.judge(end, { said }).reward === 1);
  return other === undefined ? null : `The wrong answer “${other.answer ?? 'it can’t be done'}” earns the reward too.`;
}

async function wrongArgument(trial: Trial): Promise<string | null> {
  const { reward } = await episode(trial, wrongAgent);
  return reward === 1 ? 'Another record or another text earns the reward too.' : null;
}

async function wrongRecord({ task: { wrongRecord: actions }, playing }: Trial): Promise<string | null> {
  if (actions === undefined) return null;
  const end = (await playing.play(actions)).states.at(-1) as State;
  return playing.judge(end).reward === 1 ? 'Another record earns the reward too.' : null;
}

async function random({ task, clone: { world }, playing }: Trial): Promise<string | null> {
  const { id, instruction, maxSteps: steps } = task;
  for (let run = 1; run <= randomRuns; run++) {
    const end = randomWalk(world, playing.start, { steps, seed: `${id} ${run}`, instruction });
    if (playing.judge(end).reward === 1) return `The random run ${run} earns the reward.`;
  }
  return null;
}

/** Every beginning of the oracle that ends before its last change. */
async function halfDone({ task, clone, playing }: Trial): Promise<string | null> {
  const { states } = await playing.play(task.oracle);
  const changes = (from: State, to: State): boolean => netChange(clone.world, from, to).length > 0 || currentUrl(from) !== currentUrl(to);
  const last = states.findLastIndex((state, i) => i > 0 && changes(states[i - 1] as State, state));
  const early = states.slice(0, Math.max(0, last)).findIndex((state) => playing.judge(state).reward === 1);
  return early < 0 ? null : `The first ${early} of ${states.length - 1} actions earn the reward already.`;
}

/** How many runs that do too much a task must stand. */
const mostOverShoots = 3;

/** The oracle twice, and the oracle with one more change: each counts only where it changes what lasts. */
async function overShooting({ task, clone, playing }: Trial): Promise<string | null> {
  const end = (await playing.play(task.oracle)).states.at(-1) as State;
  const lasts = (after: State): boolean => withoutAside(netChange(clone.world, end, after), task.verifier.aside).length > 0;
  const more: readonly (readonly Action[])[] = [task.oracle, ...moreWork(clone.world, end)];
  let tried = 0;
  for (const actions of more) {
    const after = (await playing.play(actions, end)).states.at(-1) as State;
    if (!lasts(after)) continue;
    if (playing.judge(after).reward === 1) return 'One change more than was asked for still earns the reward.';
    if (++tried === mostOverShoots) break;
  }
  return null;
}
