import type { Action, State, Task } from '@backlot/protocol';
import { actionsOf, type Courses } from './courses.ts';
import { ground, type Binding, type Grounded } from './ground.ts';
import { groundFrom, type Draw, type Way } from './ground-from.ts';
import type { AbstractAction, Workflow } from './model-schema.ts';
import type { Reached } from './reach.ts';
import { spareActions } from './spare.ts';
import { liftVerifier } from './verifier.ts';
import { wordTask } from './wording.ts';

/** A task before it gets its number and its other wordings. */
export type Draft = Omit<Task, 'id'>;

/** Where tasks are drawn. */
export interface Sampler extends Draw {
  readonly courses: Courses;
}

/** What a task is to be made of. `keep` holds arguments that are given. */
export interface Plan extends Way {
  readonly account: string;
  readonly keep?: Partial<Binding>;
}

/** A task, and how it was drawn: other kinds of tasks are made from it. */
export interface Drawn {
  readonly draft: Draft;
  readonly plan: Plan;
  readonly start: Reached;
  readonly way: readonly Action[];
  readonly grounded: Grounded;
}

/** Work that an address typed in or the browser's own buttons make up is no task: nothing on the page would name it. */
export const isNameable = ({ actions }: { actions: readonly AbstractAction[] }): boolean =>
  actions.every(({ kind }) => !['goto', 'back', 'forward', 'reload', 'wait', 'hover'].includes(kind));

/** How many actions an agent may take for a solution of this length. */
export const stepsAllowed = (oracle: readonly Action[]): number => 3 * oracle.length + 5;

/** A task that begins in a state. Null where the work can't be done there, has no words, or has no wrong variant. */
export function taskAt(draw: Draw, plan: Plan, start: Reached): Drawn | null {
  const { world } = draw;
  const right = groundFrom(draw, plan, start.state);
  if (!right) return null;
  const oracle = [...spareActions(world, start.state, [...right.way, ...actionsOf(right.grounded)])];
  const needed = right.grounded.steps.filter(({ action }) => oracle.includes(action));
  if (needed.length === 0) return null;
  const instruction = wordTask(world, plan.workflow, { ...right.grounded, steps: needed });
  const verifier = instruction === null ? null : liftVerifier(world, start.state, oracle);
  const wrong = verifier && wrongActions(draw, plan, { ...right, start: start.state });
  if (!wrong || instruction === null) return null;
  const draft: Draft = {
    workflow: plan.workflow.id,
    instruction,
    account: plan.account,
    setup: [...start.actions],
    verifier,
    oracle,
    ...wrong,
    maxSteps: stepsAllowed(oracle),
    difficulty: oracle.length,
  };
  return { draft, plan, start, ...right };
}

interface Right {
  readonly way: readonly Action[];
  readonly grounded: Grounded;
  readonly start: State;
}

/** The same work on another record, else with another text; work without arguments is replaced by other work. */
function wrongActions(draw: Draw, plan: Plan, { way, grounded, start }: Right): Pick<Task, 'wrong' | 'wrongRecord'> | null {
  const { workflow } = plan;
  const { binding, start: from } = grounded;
  const base = { ...plan, world: draw.world, rng: draw.rng.fork('wrong') };
  const { records, values } = binding;
  const run = (other: Grounded | null): Action[] | null => other && [...way, ...actionsOf(other)];
  const record = records.size === 0 ? null : run(ground({ ...base, keep: { values }, avoid: { records } }, from));
  const value = values.size === 0 ? null : run(ground({ ...base, keep: { records }, avoid: { values } }, from));
  if (value) return { wrong: value, ...(record ? { wrongRecord: record } : {}) };
  if (record) return { wrong: record };
  if (records.size > 0 || values.size > 0) return null;
  const other = otherWork(draw, workflow, start);
  return other && { wrong: [...other] };
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
