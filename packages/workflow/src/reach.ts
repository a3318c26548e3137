import type { Action, State, World } from '@backlot/protocol';
import { pageOf } from './abstract.ts';
import { ground } from './ground.ts';
import type { AbstractAction, WorkModel, Workflow } from './model-schema.ts';
import type { Rng } from './rng.ts';

/** A state, and the actions that led to it. */
export interface Reached {
  readonly state: State;
  readonly actions: readonly Action[];
}

/** A way from page to page that people went. */
interface Passage {
  readonly from: string;
  readonly to: string;
  readonly workflow: Workflow;
  readonly actions: readonly AbstractAction[];
}

/** The most passages tried from one page. */
const mostPassages = 3;

/**
 * The way to a page by work that only looks, as people were seen to go: along the fewest pages, the most frequent passages first. Null
 * where none leads there.
 */
export function reachPage(env: { world: World; work: WorkModel; rng: Rng }, start: State, page: string | null): Reached | null {
  const { world, work, rng } = env;
  const at = pageOf(world, start);
  if (at === page) return { state: start, actions: [] };
  if (at === null || page === null) return null;
  const passages = passagesOf(work);
  const distance = distancesTo(page, passages);
  const onwards = passages.filter(({ from, to }) => from === at && distance.get(to) === (distance.get(at) ?? 0) - 1);
  for (const { workflow, actions, to } of onwards.slice(0, mostPassages)) {
    const done = ground({ world, workflow, actions, rng }, start);
    if (!done || pageOf(world, done.end) !== to) continue;
    const rest = reachPage(env, done.end, page);
    if (rest) return { state: rest.state, actions: [...done.steps.map((step) => step.action), ...rest.actions] };
  }
  return null;
}

function passagesOf(work: WorkModel): readonly Passage[] {
  const looks = work.workflows.filter(({ effect }) => effect.length === 0);
  return looks.flatMap((workflow) =>
    workflow.schemas.flatMap(({ actions }) => {
      const from = actions[0]?.page ?? null;
      const to = workflow.leadsTo;
      return from === null || to === null || from === to ? [] : [{ workflow, actions, from, to }];
    }),
  );
}

/** How many passages each page is away from one. */
function distancesTo(page: string, passages: readonly Passage[]): ReadonlyMap<string, number> {
  const distance = new Map([[page, 0]]);
  for (const [at, far] of distance) {
    for (const { from, to } of passages) if (to === at && !distance.has(from)) distance.set(from, far + 1);
  }
  return distance;
}
