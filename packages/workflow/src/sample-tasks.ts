import type { Action, State, Task, TaskMix, World } from '@backlot/protocol';
import { reset } from '@backlot/world';
import { ground, type Grounded } from './ground.ts';
import { groundFrom, type Draw, type Way } from './ground-from.ts';
import type { AbstractAction, WorkModel, Workflow } from './model-schema.ts';
import type { Reached } from './reach.ts';
import { sayStepByStep, saySituation } from './levels.ts';
import { playActions } from './replay.ts';
import { createRng } from './rng.ts';
import { spareActions } from './spare.ts';
import { liftVerifier } from './verifier.ts';
import { wordTask } from './wording.ts';

/** How many tasks, and the seed that decides which. */
export interface Sampling {
  readonly n: number;
  readonly seed: number;
  /** In which proportions tasks are drawn; all of them `representative` by default. */
  readonly mix?: Readonly<Partial<Record<TaskMix, number>>>;
}

/** Tries at one task before it is given up, and stretches of earlier work that its start state may hold. */
const mostTries = 12;
const mostEarlierWork = 8;
/** Different courses of earlier work for each account. */
const coursesByAccount = 24;
/** How often a task starts from the account's seed as it is. */
const freshShare = 0.4;

/** The first `n` candidates of `taskCandidates`; fewer only where the work gives no more. */
export function sampleTasks(world: World, work: WorkModel, { n, seed, mix }: Sampling): readonly Task[] {
  const tasks: Task[] = [];
  for (const task of taskCandidates(world, work, { n: n * mostTries, seed, ...(mix ? { mix } : {}) })) {
    if (tasks.length >= n) break;
    tasks.push(task);
  }
  return tasks;
}

/**
 * Draws tasks from the learned work: a workflow by its frequency, an account, a start state (the seed, or earlier work as people did
 * it), arguments on new text and on records that can be acted on. Each has an oracle that was carried out in the world, a verifier
 * lifted from what it changed, and a `wrong` variant. `n` draws are made; one that can't be grounded gives no task.
 */
export function* taskCandidates(world: World, work: WorkModel, { n, seed, mix = { representative: 1 } }: Sampling): Generator<Task> {
  const workflows = work.workflows.filter(isTaskable);
  if (workflows.length === 0) return;
  const rng = createRng(seed);
  const courses = earlierCourses({ world, work, rng: rng.fork('courses') });
  const mixes = Object.keys(mix).toSorted() as TaskMix[];
  for (let i = 0; i < n; i++) {
    const own = rng.fork(`candidate ${i}`);
    const kind = (mixes.length === 1 ? mixes[0] : own.fork('mix').weighted(mixes, (each) => mix[each] ?? 0)) ?? 'representative';
    const workflow = own.weighted(workflows, weightOf(workflows, kind)) as Workflow;
    const first = drawTask({ world, work, rng: own, courses }, workflow);
    const task = first && kind === 'long' ? prolong({ world, work, rng: own.fork('long'), courses }, first, workflows) : first;
    if (task)
      yield {
        id: `${seed}-${i + 1}`,
        ...task,
        levels: { steps: sayStepByStep(task.oracle), situation: saySituation(task.verifier, task) },
        mix: kind,
      };
  }
}

/** How often a workflow is drawn: as people did it; every length of work alike; or the rarer, the more. */
function weightOf(workflows: readonly Workflow[], mix: TaskMix): (workflow: Workflow) => number {
  if (mix === 'rare') return ({ count }) => 1 / count;
  if (mix !== 'stratified') return ({ count }) => count;
  const lengths = Map.groupBy(workflows, lengthClass);
  return (workflow) => 1 / (lengths.get(lengthClass(workflow))?.length ?? 1);
}

/** Up to three steps, up to eight, more. */
function lengthClass({ schemas }: Workflow): 0 | 1 | 2 {
  const steps = schemas[0]?.actions.length ?? 0;
  return steps <= 3 ? 0 : steps <= 8 ? 1 : 2;
}

/** Long tasks have so many steps, of at most so many pieces of work. */
const longSteps = { least: 20, most: 60 };
const mostParts = 12;

/** Goes on from where a task ends with further work that changes something, until it is long. */
function prolong(draw: Sampler, first: Omit<Task, 'id'>, workflows: readonly Workflow[]): Omit<Task, 'id'> | null {
  const { world, rng } = draw;
  const start = playActions(world, reset(world, first.account), first.setup);
  if (!start || first.verifier.goals.some(({ kind }) => kind === 'at')) return null;
  let parts: readonly Omit<Task, 'id'>[] = [first];
  for (let k = 1; k <= 2 * mostParts && parts.length < mostParts; k++) {
    const oracle = parts.flatMap((part) => part.oracle);
    if (oracle.length >= longSteps.least) return oracle.length <= longSteps.most ? joined(draw, parts, start) : null;
    const own = rng.fork(`part ${k}`);
    const state = playActions(world, start, oracle);
    const workflow = own.weighted(workflows, ({ count }) => count) as Workflow;
    const schema = own.weighted(workflow.schemas.filter(isNameable), ({ count }) => count);
    if (!state || !schema) continue;
    const next = taskAt(
      { ...draw, rng: own },
      { workflow, ...schema, account: first.account },
      { state, actions: [...first.setup, ...oracle] },
    );
    if (next && next.verifier.goals.every(({ kind }) => kind !== 'at')) parts = [...parts, next];
  }
  return null;
}

/** Several tasks as one, done in their order. */
function joined({ world }: Draw, parts: readonly Omit<Task, 'id'>[], start: State): Omit<Task, 'id'> | null {
  const [first, last] = [parts[0], parts.at(-1)];
  const oracle = parts.flatMap((part) => part.oracle);
  const verifier = liftVerifier(world, start, oracle);
  if (!first || !last || !verifier) return null;
  return {
    ...first,
    workflow: parts.map(({ workflow }) => workflow).join('+'),
    instruction: parts.map(({ instruction }, i) => `${i + 1}. ${instruction}`).join(' '),
    verifier,
    oracle,
    wrong: [...parts.slice(0, -1).flatMap((part) => part.oracle), ...last.wrong],
    maxSteps: 2 * oracle.length + 5,
    difficulty: oracle.length,
  };
}

/** Work that an address typed in or the browser's own buttons make up is no task: nothing on the page would name it. */
function isTaskable(workflow: Workflow): boolean {
  return workflow.schemas.some(isNameable);
}

const isNameable = ({ actions }: { actions: readonly AbstractAction[] }): boolean =>
  actions.every(({ kind }) => !['goto', 'back', 'forward', 'reload', 'wait', 'hover'].includes(kind));

function drawTask(draw: Sampler, workflow: Workflow): Omit<Task, 'id'> | null {
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

interface Plan extends Way {
  readonly account: string;
}

/** From earlier work of one course on until the task can be done, and has a wrong variant. */
function tryTask(draw: Sampler, plan: Plan): Omit<Task, 'id'> | null {
  const { rng, courses } = draw;
  const earlier = rng.next() < freshShare ? 0 : 1 + rng.int(mostEarlierWork / 2);
  const course = courses(plan.account, rng.int(coursesByAccount));
  for (let done = earlier; done <= mostEarlierWork; done++) {
    const task = taskAt({ ...draw, rng: rng.fork(`task ${done}`) }, plan, course(done));
    if (task) return task;
  }
  return null;
}

/** What somebody did before a task begins: the state after so many stretches of work. */
type Course = (stretches: number) => Reached;

interface Sampler extends Draw {
  /** Courses are shared by tasks, since doing work costs far more than looking at where it led. */
  readonly courses: (account: string, number: number) => Course;
}

function earlierCourses(draw: Draw): Sampler['courses'] {
  const known = new Map<string, Course>();
  return (account, number) => {
    const key = `${number} ${account}`;
    const course = known.get(key) ?? courseOf({ ...draw, rng: draw.rng.fork(key) }, account);
    known.set(key, course);
    return course;
  };
}

function courseOf(draw: Draw, account: string): Course {
  const reached: Reached[] = [{ state: reset(draw.world, account), actions: [] }];
  let last: string | null = null;
  return (stretches) => {
    while (reached.length <= stretches) {
      const at = reached.at(-1) as Reached;
      const next = doEarlierWork({ ...draw, rng: draw.rng.fork(`work ${reached.length}`) }, at, last);
      if (next) last = next.workflow;
      reached.push(next?.reached ?? at);
    }
    return reached[stretches] as Reached;
  };
}

/** One more stretch of work, as it usually follows. */
function doEarlierWork(draw: Draw, at: Reached, last: string | null): { reached: Reached; workflow: string } | null {
  const { work, rng } = draw;
  const counts = (last === null ? work.starts : work.follows[last]) ?? {};
  const workflow = rng.weighted(
    work.workflows,
    ({ id, count, share }) => (counts[id] ?? 0) + (Object.keys(counts).length === 0 ? count : share),
  );
  const schema = workflow && rng.weighted(workflow.schemas, ({ count }) => count);
  const done = schema && groundFrom(draw, { workflow, ...schema }, at.state);
  if (!done) return null;
  return {
    reached: { state: done.grounded.end, actions: [...at.actions, ...done.way, ...actionsOf(done.grounded)] },
    workflow: workflow.id,
  };
}

const actionsOf = (grounded: Grounded): readonly Action[] => grounded.steps.map(({ action }) => action);

function taskAt(draw: Draw, plan: Plan, start: Reached): Omit<Task, 'id'> | null {
  const { world } = draw;
  const right = groundFrom(draw, plan, start.state);
  if (!right) return null;
  const oracle = [...spareActions(world, start.state, [...right.way, ...actionsOf(right.grounded)])];
  const wrong = wrongActions(draw, plan, { ...right, start: start.state });
  const needed = right.grounded.steps.filter(({ action }) => oracle.includes(action));
  if (needed.length === 0) return null;
  const instruction = wordTask(world, plan.workflow, { ...right.grounded, steps: needed });
  const verifier = liftVerifier(world, start.state, oracle);
  if (!wrong || !instruction || !verifier) return null;
  return {
    workflow: plan.workflow.id,
    instruction,
    account: plan.account,
    setup: [...start.actions],
    verifier,
    oracle,
    wrong: [...wrong],
    maxSteps: 3 * oracle.length + 5,
    difficulty: oracle.length,
  };
}

interface Right {
  readonly way: readonly Action[];
  readonly grounded: Grounded;
  readonly start: State;
}

/** The same work on another record, else with another text; work without arguments is replaced by other work. */
function wrongActions(draw: Draw, plan: Plan, { way, grounded, start }: Right): readonly Action[] | null {
  const { workflow } = plan;
  const { binding, start: from } = grounded;
  const base = { ...plan, world: draw.world, rng: draw.rng.fork('wrong') };
  const others = [
    binding.records.size > 0 && ground({ ...base, keep: { values: binding.values }, avoid: { records: binding.records } }, from),
    binding.values.size > 0 && ground({ ...base, keep: { records: binding.records }, avoid: { values: binding.values } }, from),
  ].filter((each) => each !== null && each !== false);
  const other = draw.rng.fork('which').pick(others);
  if (other) return [...way, ...actionsOf(other)];
  if (binding.records.size > 0 || binding.values.size > 0) return null;
  return otherWork(draw, workflow, start);
}

function otherWork(draw: Draw, workflow: Workflow, start: State): readonly Action[] | null {
  const others = draw.work.workflows.filter(({ id, effect }) => id !== workflow.id && (effect.length > 0 || workflow.effect.length === 0));
  for (const other of others) {
    const schema = other.schemas[0];
    const done = schema && groundFrom({ ...draw, rng: draw.rng.fork(other.id) }, { workflow: other, ...schema }, start);
    if (done) return [...done.way, ...actionsOf(done.grounded)];
  }
  return null;
}
