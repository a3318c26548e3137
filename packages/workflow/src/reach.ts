import type { Action, State, World } from '@backlot/protocol';
import { pageOf } from './abstract.ts';
import { ground } from './ground.ts';
import type { WorkModel } from './model-schema.ts';
import type { Rng } from './rng.ts';

/** A state, and the actions that led to it. */
export interface Reached {
  readonly state: State;
  readonly actions: readonly Action[];
}

/** The most looks that lead from one page to another. */
const farthest = 3;

/** The way to a page by work that only looks, as people were seen to go; the shortest first. Null where none leads there. */
export function reachPage(env: { world: World; work: WorkModel; rng: Rng }, start: State, page: string | null): Reached | null {
  const { world, work, rng } = env;
  const looks = work.workflows.filter((workflow) => workflow.effect.length === 0);
  const seen = new Set([pageOf(world, start)]);
  let front: readonly Reached[] = [{ state: start, actions: [] }];
  if (seen.has(page)) return front[0] ?? null;
  for (let depth = 0; depth < farthest && front.length > 0; depth++) {
    const next: Reached[] = [];
    for (const { state, actions } of front) {
      for (const workflow of looks) {
        if (seen.has(workflow.leadsTo)) continue;
        const done = workflow.schemas
          .map((schema) => ground({ world, workflow, actions: schema.actions, rng }, state))
          .find((each) => each !== null);
        if (!done || pageOf(world, done.end) !== workflow.leadsTo) continue;
        const reached = { state: done.end, actions: [...actions, ...done.steps.map((step) => step.action)] };
        if (workflow.leadsTo === page) return reached;
        seen.add(workflow.leadsTo);
        next.push(reached);
      }
    }
    front = next;
  }
  return null;
}
