import type { State, Task } from '@backlot/protocol';
import { potential, verify } from '@backlot/reward';
import { cloneOfTask, openTask, type Clone, type Episode } from '@backlot/sandbox';
import type { Rng } from '../rng.ts';
import type { School } from './demonstrate.ts';
import { LearnerAttempt, type Choice, type Learned } from './learner.ts';
import { draw } from './linear-policy.ts';

/** How attempts are drawn and learned from. */
export interface Practice {
  /** Attempts at each task, compared with each other. */
  readonly attempts: number;
  /** How far one attempt moves the policy. */
  readonly strength: number;
  /** Begins each attempt in an episode of its own: a real application can't be set back. */
  readonly afresh?: boolean;
}

/** What an attempt came to, with the choices that led there. */
interface Tried {
  readonly choices: readonly { readonly choice: Choice; readonly chosen: number }[];
  readonly gain: number;
  readonly reward: number;
}

/** Share of the gain that the way towards the goal makes, beside reaching it. */
const shareOfProgress = 0.2;

/**
 * Practises a task: several attempts from its start, each weighed against the mean of the others (policy gradient with a leave-one-out
 * baseline). Answers the share of attempts that solved it.
 */
export async function practise(
  task: Task,
  learned: Learned,
  how: Practice & { readonly school: School; readonly rng: Rng },
): Promise<number> {
  const { school, rng, attempts, strength, afresh = false } = how;
  const open = (): Promise<Episode> => openTask({ ...school, task });
  const clone = cloneOfTask(school.clone, task.perturbation);
  let episode = await open();
  try {
    let start = await episode.state();
    const tries: Tried[] = [];
    for (let i = 0; i < attempts; i++) {
      if (i > 0 && afresh) {
        await episode.close();
        episode = await open();
        start = await episode.state();
      } else if (i > 0) await episode.restore(start);
      tries.push(await attempt(episode, { task, learned, clone, start, rng }));
    }
    const sum = tries.reduce((total, { gain }) => total + gain, 0);
    for (const { choices, gain } of tries) {
      const advantage = gain - (sum - gain) / Math.max(1, attempts - 1);
      if (Math.abs(advantage) < 0.01) continue;
      for (const { choice, chosen } of choices) learned.policy.reinforce(choice.features, chosen, strength * advantage);
    }
    return tries.filter(({ reward }) => reward === 1).length / attempts;
  } finally {
    await episode.close();
  }
}

interface Attempting {
  readonly task: Task;
  readonly learned: Learned;
  readonly clone: Clone;
  readonly start: State;
  readonly rng: Rng;
}

async function attempt(episode: Episode, { task, learned, clone, start, rng }: Attempting): Promise<Tried> {
  const own = new LearnerAttempt(task.instruction, learned.repertoire);
  const choices: Tried['choices'][number][] = [];
  let observation = await episode.observe();
  let refused = false;
  const most = Math.min(task.maxSteps, task.oracle.length * 2 + 2);
  while (choices.length < most) {
    const choice = own.choice(observation, refused);
    const chosen = draw(learned.policy.probabilities(choice.features), rng);
    const candidate = choice.candidates[chosen];
    if (candidate === undefined) break;
    choices.push({ choice, chosen });
    own.take(candidate, choice, observation);
    if (candidate.action === 'done') break;
    const result = await episode.act(candidate.action);
    ({ observation } = result);
    refused = result.refused !== undefined;
  }
  const judged = { world: clone.world, start, end: await episode.state() };
  const { reward } = verify(task.verifier, judged);
  const isDone = choices.at(-1)?.choice.candidates[choices.at(-1)?.chosen ?? -1]?.action === 'done';
  const gain = (isDone ? reward : 0) + shareOfProgress * potential(task.verifier, judged);
  return { choices, gain, reward: isDone ? reward : 0 };
}
