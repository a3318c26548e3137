import type { Task, TaskMix, World } from '@backlot/protocol';
import { combine, prolong } from './composed.ts';
import { earlierCourses } from './courses.ts';
import { onlyLooks } from './effect.ts';
import type { Draw } from './ground-from.ts';
import { sayOutcome, sayStepByStep, saySituation } from './levels.ts';
import { askForMissing } from './missing-record.ts';
import type { WorkModel, Workflow } from './model-schema.ts';
import { leaveOpen } from './open-choice.ts';
import { ask } from './question.ts';
import { createRng } from './rng.ts';
import { isNameable, taskAt, type Draft, type Drawn, type Plan, type Sampler } from './task-at.ts';

/** How many tasks, and the seed that decides which. */
export interface Sampling {
  readonly n: number;
  readonly seed: number;
  /** In which proportions tasks are drawn; all of them `representative` by default. */
  readonly mix?: Readonly<Partial<Record<TaskMix, number>>>;
  /** How much a task that is made of this work is wanted, by the ids of workflows; 1 for those left out. */
  readonly wanted?: Readonly<Record<string, number>>;
}

/** Tries at one task before it is given up, and stretches of earlier work that its start state may hold. */
const mostTries = 12;
const mostEarlierWork = 8;
/** Different courses of earlier work for each account. */
const coursesByAccount = 24;
/** How often a task starts from the account's seed as it is. */
const freshShare = 0.4;

/** The first `n` candidates of `taskCandidates`; fewer only where the work gives no more. */
export function sampleTasks(world: World, work: WorkModel, { n, ...sampling }: Sampling): readonly Task[] {
  const tasks: Task[] = [];
  for (const task of taskCandidates(world, work, { n: n * mostTries, ...sampling })) {
    if (tasks.length >= n) break;
    tasks.push(task);
  }
  return tasks;
}

/**
 * Draws tasks from the learned work: a workflow by its frequency, an account, a start state (the seed, or earlier work as people did
 * it), arguments on new text and on records that can be acted on. Each has an oracle that was carried out in the world, a verifier
 * lifted from what it changed or a question with its answer, and a `wrong` variant. `n` draws are made; one that can't be grounded, or
 * made into a task of the kind that was drawn, gives no task.
 */
export function* taskCandidates(world: World, work: WorkModel, sampling: Sampling): Generator<Task> {
  const { n, seed, mix = { representative: 1 }, wanted = {} } = sampling;
  const workflows = work.workflows
    .filter(isTaskable)
    .map((workflow) => ({ ...workflow, count: workflow.count * (wanted[workflow.id] ?? 1) }));
  if (!workflows.some(({ count }) => count > 0)) return;
  const rng = createRng(seed);
  const courses = earlierCourses({ world, work, rng: rng.fork('courses') });
  const mixes = Object.keys(mix).toSorted() as TaskMix[];
  for (let i = 0; i < n; i++) {
    const own = rng.fork(`candidate ${i}`);
    const kind = (mixes.length === 1 ? mixes[0] : own.fork('mix').weighted(mixes, (each) => mix[each] ?? 0)) ?? 'representative';
    const workflow = own.weighted(workflows.filter(suits(kind)), weightOf(workflows, kind));
    const first = workflow && drawTask({ world, work, rng: own, courses }, workflow);
    const task = first && made(kind, { draw: { world, work, rng: own.fork(kind) }, first, workflows });
    if (task) yield { id: `${seed}-${i + 1}`, ...task, levels: levelsOf(task), mix: kind };
  }
}

interface Making {
  readonly draw: Draw;
  readonly first: Drawn;
  readonly workflows: readonly Workflow[];
}

/** A task of a kind, made of one that was drawn. */
function made(kind: TaskMix, { draw, first, workflows }: Making): Draft | null {
  switch (kind) {
    case 'long':
      return prolong(draw, first, workflows);
    case 'novel':
      return combine(draw, first, workflows);
    case 'question':
      return ask(draw, first);
    case 'ambiguous':
      return leaveOpen(draw, first);
    case 'impossible':
      return askForMissing(draw, first);
    default:
      return first.draft;
  }
}

function levelsOf(task: Draft): NonNullable<Task['levels']> {
  const { alternatives, answer } = task.verifier;
  const isOpen = alternatives !== undefined || answer !== undefined;
  const situation = isOpen ? (answer === undefined ? sayOutcome(task.instruction) : task.instruction) : saySituation(task.verifier, task);
  return { steps: answer?.kind === 'impossible' ? task.instruction : sayStepByStep(task), situation };
}

/** What a kind can be made of: a question of work that only looks, what is left open or missing of work on records, more work of changes. */
function suits(kind: TaskMix): (workflow: Workflow) => boolean {
  switch (kind) {
    case 'question':
      return ({ effect }) => onlyLooks(effect);
    case 'ambiguous':
    case 'impossible':
      return ({ positions }) => positions.length > 0;
    case 'long':
    case 'novel':
      return ({ effect }) => effect.length > 0;
    default:
      return () => true;
  }
}

/** How often a workflow is drawn: as people did it; every length of work alike; or the rarer, the more. */
function weightOf(workflows: readonly Workflow[], mix: TaskMix): (workflow: Workflow) => number {
  if (mix === 'rare') return ({ count }) => (count === 0 ? 0 : 1 / count);
  if (mix !== 'stratified') return ({ count }) => count;
  const lengths = Map.groupBy(workflows, lengthClass);
  return (workflow) => 1 / (lengths.get(lengthClass(workflow))?.length ?? 1);
}

/** Up to three steps, up to eight, more. */
function lengthClass({ schemas }: Workflow): 0 | 1 | 2 {
  const steps = schemas[0]?.actions.length ?? 0;
  return steps <= 3 ? 0 : steps <= 8 ? 1 : 2;
}

function isTaskable(workflow: Workflow): boolean {
  return workflow.schemas.some(isNameable);
}

function drawTask(draw: Sampler, workflow: Workflow): Drawn | null {
  for (let attempt = 0; attempt < mostTries; attempt++) {
    const rng = draw.rng.fork(`try ${attempt}`);
    const account = drawAccount({ ...draw, rng });
    if (account === null) return null;
    const schema = rng.weighted(workflow.schemas.filter(isNameable), ({ count }) => count);
    const task = schema && tryTask({ ...draw, rng }, { workflow, ...schema, account });
    if (task) return task;
  }
  return null;
}

function drawAccount({ world, work, rng }: Draw): string | null {
  const accounts = Object.keys(world.seeds).toSorted();
  return rng.weighted(accounts, (account) => work.accounts[account] ?? 0) ?? rng.pick(accounts) ?? null;
}

/** From earlier work of one course on until the task can be done, and has a wrong variant. */
function tryTask(draw: Sampler, plan: Plan): Drawn | null {
  const { rng, courses } = draw;
  const earlier = rng.next() < freshShare ? 0 : 1 + rng.int(mostEarlierWork / 2);
  const course = courses(plan.account, rng.int(coursesByAccount));
  for (let done = earlier; done <= mostEarlierWork; done++) {
    const task = taskAt({ ...draw, rng: rng.fork(`task ${done}`) }, plan, course(done));
    if (task) return task;
  }
  return null;
}
