import type { Action, State, World } from '@backlot/protocol';
import { ground, type Grounded } from './ground.ts';
import type { AbstractAction, WorkModel, Workflow } from './model-schema.ts';
import { reachPage } from './reach.ts';
import type { Rng } from './rng.ts';

/** Where and how work is carried out. */
export interface Draw {
  readonly world: World;
  readonly work: WorkModel;
  readonly rng: Rng;
}

/** One way of doing a workflow. */
export interface Way {
  readonly workflow: Workflow;
  readonly actions: readonly AbstractAction[];
  readonly effect: readonly string[];
}

/** Goes to where the workflow begins, and grounds it there. */
export function groundFrom(draw: Draw, plan: Way, start: State): { way: readonly Action[]; grounded: Grounded } | null {
  const first = plan.actions.find(({ anchor }) => anchor !== null);
  const way = first ? reachPage(draw, start, first.page) : { state: start, actions: [] };
  const grounded = way && ground({ world: draw.world, rng: draw.rng, ...plan }, way.state);
  return grounded && { way: way.actions, grounded };
}
