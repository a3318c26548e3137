import type { Action, State, World } from '@backlot/protocol';
import { act, reset } from '@backlot/world';
import { abstractSteps, recordOf, tokenOf } from './abstract.ts';
import { eligibleRecords } from './eligible.ts';
import { groundFrom } from './ground-from.ts';
import type { WorkModel, Workflow } from './model-schema.ts';
import type { ReplayedStep } from './replay.ts';
import type { Rng } from './rng.ts';

/** A session as it might have been: what was done, in symbols, by pieces of work. */
export interface SimulatedSession {
  readonly account: string;
  readonly actions: readonly Action[];
  readonly pieces: readonly { readonly workflow: string; readonly symbols: readonly string[] }[];
  readonly thinkMs: readonly number[];
  /** Places of the records acted on, among those that could have been. */
  readonly places: readonly number[];
}

const mostTries = 6;
/** Draws for each piece of work of a session before it is given up. */
const mostDraws = 3;

/** Lets somebody work in the world as people were seen to: as many pieces, in such an order, by account, done in such ways. */
export function simulateSession(world: World, work: WorkModel, rng: Rng): SimulatedSession {
  const traces = work.traces;
  const trace = rng.pick(traces);
  const account = trace?.account ?? world.defaultAccount;
  const wanted = rng.pick(traces.filter((each) => each.account === account))?.pieces.length ?? 0;
  const course: Course = { world, work, state: reset(world, account), last: null };
  const pieces: { workflow: string; symbols: string[] }[] = [];
  const [actions, thinkMs, places]: [Action[], number[], number[]] = [[], [], []];
  // Where nothing can be done next, somebody else might have gone on: a session is not cut short by it.
  for (let n = 0; n < mostDraws * wanted && pieces.length < wanted; n++) {
    const next = nextPiece(course, rng.fork(`piece ${n}`));
    if (!next) continue;
    course.state = next.end;
    course.last = next.workflow.id;
    actions.push(...next.steps.map(({ action }) => action));
    const symbols = symbolsOf(world, next.steps);
    thinkMs.push(...next.steps.map(({ action }, i) => rng.pick(pausesOf(work, symbols[i] as string)) ?? drawPause(work, action, rng)));
    places.push(...placesOf(world, next.steps));
    pieces.push({ workflow: next.workflow.id, symbols });
  }
  return { account, actions, pieces, thinkMs, places };
}

interface Course {
  readonly world: World;
  readonly work: WorkModel;
  state: State;
  last: string | null;
}

function nextPiece(
  { world, work, state, last }: Course,
  rng: Rng,
): { workflow: Workflow; end: State; steps: readonly ReplayedStep[] } | null {
  const counts = (last === null ? work.starts : work.follows[last]) ?? {};
  for (let attempt = 0; attempt < mostTries; attempt++) {
    const own = rng.fork(`try ${attempt}`);
    const workflow = own.weighted(work.workflows, ({ id, count, accounts }) => {
      const here = accounts[state.account] === undefined ? 0.1 : 1;
      return here * ((counts[id] ?? 0) + (Object.keys(counts).length === 0 ? count : 0.3 * (count / Math.max(1, work.traces.length))));
    });
    const schema = workflow && own.weighted(workflow.schemas, ({ count }) => count);
    const done = schema && groundFrom({ world, work, rng: own }, { workflow, ...schema }, state);
    if (!done || !workflow) continue;
    const steps = playedSteps(world, state, [...done.way, ...done.grounded.steps.map(({ action }) => action)]);
    if (steps.length > 0) return { workflow, end: (steps.at(-1) as ReplayedStep).after, steps };
  }
  return null;
}

function playedSteps(world: World, start: State, actions: readonly Action[]): readonly ReplayedStep[] {
  let state = start;
  return actions.map((action) => {
    const { state: after, events, explanation } = act(world, state, action);
    const step = { action, events, explanation, accepted: explanation.refused === undefined, before: state, after, thinkMs: 0 };
    state = after;
    return step;
  });
}

/** The symbols of played steps. */
function symbolsOf(world: World, steps: readonly ReplayedStep[]): string[] {
  return abstractSteps(world, steps).map(({ action }, i) => tokenOf(action, steps[i]?.action.target));
}

/** Places of the records that played steps acted on. */
export function placesOf(world: World, steps: readonly ReplayedStep[]): readonly number[] {
  return abstractSteps(world, steps).flatMap(({ action, element }, i) => {
    if (action.slot === null || element?.key === undefined) return [];
    const place = eligibleRecords(world, (steps[i] as ReplayedStep).before, action).indexOf(recordOf(element.key));
    return place < 0 ? [] : [place];
  });
}

const pauses = new WeakMap<WorkModel, ReadonlyMap<string, readonly number[]>>();

/** The pauses that were made before the same action. */
function pausesOf(work: WorkModel, symbol: string): readonly number[] {
  const known = pauses.get(work);
  if (known) return known.get(symbol) ?? [];
  const found = new Map<string, number[]>();
  for (const { steps, thinkMs } of work.traces) {
    for (const [i, ms] of thinkMs.entries()) {
      const name = work.symbols[steps[i + 1] as number] as string;
      found.set(name, [...(found.get(name) ?? []), ms]);
    }
  }
  pauses.set(work, found);
  return found.get(symbol) ?? [];
}

/** Log-normal, by the kind of action (Box and Muller's transform). */
function drawPause({ thinkMs }: WorkModel, { kind }: Action, rng: Rng): number {
  const { mu, sigma } = thinkMs[kind] ?? { mu: 7.5, sigma: 0.6 };
  const normal = Math.sqrt(-2 * Math.log(1 - rng.next())) * Math.cos(2 * Math.PI * rng.next());
  return Math.round(Math.exp(mu + sigma * normal));
}
