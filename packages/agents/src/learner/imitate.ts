import { createRng, type Rng } from '../rng.ts';
import { movesOf, type Shown } from './demonstrate.ts';
import { readInstruction } from './instruction.ts';
import { LearnerAttempt, type Choice, type Learned } from './learner.ts';
import { LinearPolicy } from './linear-policy.ts';
import { isSameAction, learnRepertoire, type Repertoire } from './repertoire.ts';

/** A choice with the one that was demonstrated, by index. */
export interface Lesson {
  readonly features: readonly Int32Array[];
  readonly right: number;
}

/** The choices of a demonstration. What the learner could not have done is left out. */
export function lessonsOf(demonstration: Shown, repertoire: Repertoire): readonly Lesson[] {
  const attempt = new LearnerAttempt(demonstration.task.instruction, repertoire);
  const lessons: Lesson[] = [];
  let refused = false;
  for (const [i, move] of movesOf(demonstration).entries()) {
    const observation = demonstration.observations[i];
    if (observation === undefined) break;
    const choice = attempt.choice(observation, refused);
    const right = rightOf(choice, move);
    refused = false;
    const candidate = choice.candidates[right] ?? { action: move, node: -1, span: -1 };
    if (right >= 0) lessons.push({ features: choice.features, right });
    attempt.take(candidate, choice, observation);
  }
  return lessons;
}

function rightOf({ candidates }: Choice, move: ReturnType<typeof movesOf>[number]): number {
  return candidates.findIndex(({ action }) => (action === 'done' || move === 'done' ? action === move : isSameAction(action, move)));
}

/** Goes through all lessons once, in an order that chance decides, and follows the gradient of each. */
export function study(policy: LinearPolicy, lessons: readonly Lesson[], rng: Rng): void {
  for (const { features, right } of shuffled(lessons, rng)) policy.reinforce(features, right, 1);
}

/** What may be done where this was shown. */
export function repertoireOf(shown: readonly Shown[]): Repertoire {
  return learnRepertoire(shown.map(({ task }) => ({ actions: task.oracle, instruction: readInstruction(task.instruction) })));
}

/** Rounds of imitation where nobody says how many. */
export const usualRounds = 6;

/** A learner that has imitated what it was shown, and has practised nothing. The same seed and demonstrations give the same learner. */
export function learnByImitation(shown: readonly Shown[], { seed, rounds = usualRounds }: Imitation): Learned {
  const rng = createRng(`imitation ${seed}`);
  const repertoire = repertoireOf(shown);
  const policy = new LinearPolicy();
  const lessons = shown.flatMap((each) => lessonsOf(each, repertoire));
  for (let round = 0; round < rounds; round++) study(policy, lessons, rng);
  return { policy, repertoire };
}

/** How a learner imitates. */
export interface Imitation {
  readonly seed: number;
  readonly rounds?: number;
}

/** The items in an order that chance decides (Fisher–Yates). */
export function shuffled<T>(items: readonly T[], rng: Rng): readonly T[] {
  const order = [...items];
  for (let i = order.length - 1; i > 0; i--) {
    const j = rng.int(i + 1);
    [order[i], order[j]] = [order[j] as T, order[i] as T];
  }
  return order;
}
