import type { Action } from '@backlot/protocol';
import { reset } from '@backlot/world';
import type { Grounded } from './ground.ts';
import { groundFrom, type Draw } from './ground-from.ts';
import type { Reached } from './reach.ts';

/** What somebody did before a task begins: the state after so many stretches of work. */
type Course = (stretches: number) => Reached;

/** Courses are shared by tasks, since doing work costs far more than looking at where it led. */
export type Courses = (account: string, number: number) => Course;

/** Courses of earlier work, as people did it, by account and number. */
export function earlierCourses(draw: Draw): Courses {
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

/** The actions of work carried out, without the way to it. */
export const actionsOf = (grounded: Grounded): readonly Action[] => grounded.steps.map(({ action }) => action);
