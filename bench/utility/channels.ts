import { demonstrate, learnByImitation, learnerAgent, practise, createRng, type Agent, type Learned, type Shown } from '@backlot/agents';
import { verifyingEngine } from '@backlot/fidelity';
import type { Task } from '@backlot/protocol';
import { createTextEngine, type Engine } from '@backlot/sandbox';
import { harmOf, play, realEngine, side, succeeds, type Meter, type Played, type Subject } from './real-play.ts';

/** Tasks in the real application, each with the right run of it. */
export interface Exam {
  readonly subject: Subject;
  readonly tasks: readonly { readonly task: Task; readonly right: Played }[];
  /** Episodes under way at a time. */
  readonly side: number;
}

/** How an agent did in one task. */
export interface Mark {
  readonly success: boolean;
  readonly harm: number;
  readonly interactions: number;
  /** Actions that the clone kept back. */
  readonly objections: number;
}

/** Lets the oracle do the tasks in the real application: what it leads to there is right. Tasks that can't be done there are left out. */
export async function examOf(subject: Subject, tasks: readonly Task[], most: number): Promise<Exam> {
  const oracle = (task: Task): Agent => ({
    name: 'oracle',
    start: () => {
      const left = [...task.oracle];
      return { next: () => left.shift() ?? 'done' };
    },
  });
  const played = await side(tasks, most, async (task) => ({
    task,
    right: await play(subject, task, { agent: oracle(task) }).catch(() => null),
  }));
  const isDone = (right: Played | null): right is Played =>
    right !== null && right.record.steps.every(({ refused }) => refused === undefined);
  return { subject, side: most, tasks: played.flatMap(({ task, right }) => (isDone(right) ? [{ task, right }] : [])) };
}

/** What fails for our own reasons, such as a browser that is too busy, is done again, twice at most. */
const playAgain = (work: () => Promise<Played>): Promise<Played> => work().catch(work).catch(work);

/** Lets an agent do all tasks of an exam, with or without the clone as its verifier. */
export function sit(exam: Exam, agent: Agent, isVerified = false): Promise<readonly Mark[]> {
  return side(exam.tasks, exam.side, async ({ task, right }) => {
    let objections = 0;
    const around = (engine: Engine): Engine => (isVerified ? verifyingEngine(engine, () => (objections += 1)) : engine);
    const played = await playAgain(() => play(exam.subject, task, { agent, around }));
    return { success: succeeds(played, right), harm: harmOf(played, right), interactions: played.interactions, objections };
  });
}

/** (i) An agent with the clone as its verifier against without. */
export async function verification(
  exam: Exam,
  agents: Readonly<Record<string, Agent>>,
): Promise<readonly { name: string; without: readonly Mark[]; with: readonly Mark[] }[]> {
  const rows = [];
  for (const [name, agent] of Object.entries(agents))
    rows.push({ name, without: await sit(exam, agent), with: await sit(exam, agent, true) });
  return rows;
}

/** What the clone's own tasks teach: as many as are wanted, done by their oracles in the clone. */
export async function shownInClone({ clone }: Subject, tasks: Iterable<Task>, most: number): Promise<readonly Shown[]> {
  const shown: Shown[] = [];
  for (const task of tasks) {
    if (shown.length >= most) break;
    const demonstration = await demonstrate(task, { engine: createTextEngine(), clone });
    if (demonstration !== null) shown.push(demonstration);
  }
  return shown;
}

/** (ii) Learners of as much data, made by the clone and made by people. */
export async function data(
  exam: Exam,
  made: { readonly clone: readonly Shown[]; readonly logs: readonly Shown[] },
  sizes: readonly number[],
) {
  const rows = [];
  for (const size of sizes) {
    const learn = (shown: readonly Shown[]): Agent => learnerAgent(learnByImitation(shown.slice(0, size), { seed: 1 }));
    rows.push({ size, clone: await sit(exam, learn(made.clone)), logs: await sit(exam, learn(made.logs)) });
  }
  return rows;
}

/** A point of a learning curve by interactions with the real application. */
export interface Point {
  readonly interactions: number;
  readonly marks: readonly Mark[];
}

/** How a learner goes on in the real application. */
export interface Practising {
  readonly learned: Learned;
  readonly tasks: readonly Task[];
  /** Interactions after which it is examined; the last one ends it. */
  readonly stops: readonly number[];
  readonly seed: number;
}

const how = { attempts: 3, strength: 0.5 } as const;

/** (iii) Practises in the real application until so many interactions are used up, and is examined on the way. */
export async function practiseThere(exam: Exam, { learned, tasks, stops, seed }: Practising): Promise<readonly Point[]> {
  const { subject } = exam;
  const meter: Meter = { spent: 0 };
  const school = { engine: realEngine(subject, meter), clone: subject.clone };
  const rng = createRng(`practice ${seed}`);
  const points: Point[] = [];
  let next = 0;
  for (const stop of stops) {
    while (meter.spent < stop) {
      const task = tasks[next++ % tasks.length] as Task;
      const there = { ...task, verifier: { ...task.verifier, nothingElse: false } };
      await practise(there, learned, { school, rng, afresh: true, ...how });
    }
    points.push({ interactions: meter.spent, marks: await sit(exam, learnerAgent(learned)) });
  }
  return points;
}

/** What is learned from in the clone. */
export interface Schooling {
  readonly shown: readonly Shown[];
  readonly tasks: readonly Task[];
  readonly seed: number;
}

/** Learns in the clone alone: what its oracles show, then practice. */
export async function learnThere({ clone }: Subject, { shown, tasks, seed }: Schooling): Promise<Learned> {
  const learned = learnByImitation(shown, { seed });
  const rng = createRng(`clone practice ${seed}`);
  const school = { engine: createTextEngine(), clone };
  for (const task of tasks) await practise(task, learned, { school, rng, ...how });
  return learned;
}
