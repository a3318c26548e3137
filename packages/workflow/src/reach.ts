import type { Action, State, World } from '@backlot/protocol';
import { pageOf } from './abstract.ts';
import { ground } from './ground.ts';
import { onlyLooks } from './effect.ts';
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
  readonly effect: readonly string[];
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
  for (const { workflow, actions, effect, to } of onwards.slice(0, mostPassages)) {
    const done = ground({ world, workflow, actions, effect, rng }, start);
    if (!done || pageOf(world, done.end) !== to) continue;
    const rest = reachPage(env, done.end, page);
    if (rest) return { state: rest.state, actions: [...done.steps.map((step) => step.action), ...rest.actions] };
  }
  return null;
}

const passages = new WeakMap<WorkModel, readonly Passage[]>();

/** Ways that only look, and the beginnings of others up to where they come to another page: all that people went, the shortest first. */
function passagesOf(work: WorkModel): readonly Passage[] {
  const known = passages.get(work);
  if (known) return known;
  const found = work.workflows.flatMap((workflow) => workflow.schemas.flatMap((schema) => passagesIn(workflow, schema)));
  const seen = new Set<string>();
  const distinct = found
    .toSorted((a, b) => a.actions.length - b.actions.length)
    .filter((passage) => {
      const key = JSON.stringify([passage.from, passage.to, passage.actions]);
      return !seen.has(key) && seen.add(key);
    });
  passages.set(work, distinct);
  return distinct;
}

function passagesIn(workflow: Workflow, { actions, effect, leadsTo }: Workflow['schemas'][number]): readonly Passage[] {
  const from = actions[0]?.page ?? null;
  if (from === null) return [];
  const turn = actions.findIndex((action) => action.page !== null && action.page !== from);
  const isPlain = (part: readonly AbstractAction[]): boolean =>
    part.every(({ kind }) => kind !== 'goto' && kind !== 'back' && kind !== 'forward');
  const way = (to: string | null, part: readonly AbstractAction[]): readonly Passage[] =>
    to === null || to === from || !isPlain(part) ? [] : [{ from, to, workflow, actions: part, effect: [] }];
  if (turn > 0) return way(actions[turn]?.page ?? null, actions.slice(0, turn));
  return onlyLooks(effect) ? way(leadsTo, actions) : [];
}

/** How many passages each page is away from one. */
function distancesTo(page: string, passages: readonly Passage[]): ReadonlyMap<string, number> {
  const distance = new Map([[page, 0]]);
  for (const [at, far] of distance) {
    for (const { from, to } of passages) if (to === at && !distance.has(from)) distance.set(from, far + 1);
  }
  return distance;
}
