import { noopAgent, oracleAgent, randomAgent, runEpisode, wrongAgent, type Agent } from '@backlot/agents';
import type { Action, EpisodeRecord, State, Task } from '@backlot/protocol';
import { netChange } from '@backlot/reward';
import { createTextEngine, SetupError, type Clone, type Engine } from '@backlot/sandbox';
import { currentUrl } from '@backlot/world';
import { moreWork } from './more-work.ts';
import { openTask, type Playing } from './playing.ts';

/** What a task must stand before it is admitted, in the order in which it is tried. */
export const controls = ['setup', 'oracle', 'no-op', 'half-done', 'over-shooting', 'wrong-argument', 'random'] as const;
export type Control = (typeof controls)[number];

/** Whether a task is admitted; if not, by which control it failed and how. */
export type Admission = { readonly admitted: true } | { readonly admitted: false; readonly control: Control; readonly why: string };

/** A task on trial. */
interface Trial {
  readonly task: Task;
  readonly clone: Clone;
  readonly engine: Engine;
  readonly playing: Playing;
}

const randomSeeds = [1, 2, 3] as const;

/**
 * Tries a task in the text engine. It is admitted only if its oracle earns 1 in a fresh episode, and if doing nothing, stopping before
 * the last change, doing more than was asked for, the wrong argument and three random runs earn 0.
 */
export async function admit(task: Task, clone: Clone, engine: Engine = createTextEngine()): Promise<Admission> {
  let playing: Playing;
  try {
    playing = await openTask(engine, clone, task);
  } catch (error) {
    if (error instanceof SetupError) return { admitted: false, control: 'setup', why: error.message };
    throw error;
  }
  try {
    return await tryControls({ task, clone, engine, playing });
  } finally {
    await playing.close();
  }
}

async function tryControls(trial: Trial): Promise<Admission> {
  const tries: readonly (readonly [Control, (trial: Trial) => Promise<string | null>])[] = [
    ['oracle', oracleFails],
    ['no-op', doingNothing],
    ['half-done', halfDone],
    ['over-shooting', overShooting],
    ['wrong-argument', wrongArgument],
    ['random', random],
  ];
  for (const [control, attempt] of tries) {
    const why = await attempt(trial);
    if (why !== null) return { admitted: false, control, why };
  }
  return { admitted: true };
}

function episode({ task, clone, engine }: Trial, agent: Agent, seed = 0): Promise<EpisodeRecord> {
  return runEpisode({ task, clone, engine, agent, seed, strict: agent === oracleAgent });
}

async function oracleFails(trial: Trial): Promise<string | null> {
  const { reward, ending, feedback, steps } = await episode(trial, oracleAgent);
  const refused = steps.find((step) => step.refused !== undefined)?.refused;
  if (refused !== undefined) return `The oracle was refused: ${refused}`;
  return reward === 1 ? null : `The oracle ends as ${ending} and earns ${reward}: ${feedback.join(' ')}`;
}

async function doingNothing(trial: Trial): Promise<string | null> {
  const { reward } = await episode(trial, noopAgent);
  return reward === 1 ? 'Doing nothing earns the reward.' : null;
}

async function wrongArgument(trial: Trial): Promise<string | null> {
  const { reward } = await episode(trial, wrongAgent);
  return reward === 1 ? 'Another record or another text earns the reward too.' : null;
}

async function random(trial: Trial): Promise<string | null> {
  for (const seed of randomSeeds) {
    const { reward } = await episode(trial, randomAgent, seed);
    if (reward === 1) return `The random run with seed ${seed} earns the reward.`;
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
  const more: readonly (readonly Action[])[] = [task.oracle, ...moreWork(clone.world, end)];
  let tried = 0;
  for (const actions of more) {
    const after = (await playing.play(actions, end)).states.at(-1) as State;
    if (netChange(clone.world, end, after).length === 0) continue;
    if (playing.judge(after).reward === 1) return 'One change more than was asked for still earns the reward.';
    if (++tried === mostOverShoots) break;
  }
  return null;
}
