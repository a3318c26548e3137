import type { Action, DialogOutcome, Explanation, Observation, State, World } from '@backlot/protocol';
import { observe, reset, transition } from '@backlot/world';
import { SetupError } from '../engine/errors.ts';
import { joinExplanations, nothingToDo, refusal } from '../engine/explain.ts';
import type { ActResult, Engine, Episode, OpenOptions } from '../engine/port.ts';
import { planAction } from './events.ts';

/** What one action leads to in the interpreter. */
export interface TextStep {
  readonly state: State;
  readonly explanation: Explanation;
  readonly dialogs: readonly DialogOutcome[];
}

/** The engine that runs the interpreter in process: no browser, no pictures, thousands of steps a second. */
export function createTextEngine(): Engine {
  return { name: 'text', open: openEpisode, close: () => Promise.resolve() };
}

/** Carries an action out, purely: dialogs are answered as `action.dialog` says, else accepted. A refused action leaves the state as it was. */
export function stepText(world: World, state: State, action: Action): TextStep {
  const plan = planAction(world, state, action);
  if ('refused' in plan) return { state, explanation: refusal(plan.refused), dialogs: [] };
  const step = answerDialogs(world, transition(world, state, plan.event), action);
  if (step.explanation.refused !== undefined) return { state, explanation: step.explanation, dialogs: [] };
  return action.kind === 'hover' ? step : { ...step, state: pointerAway(step.state) };
}

async function openEpisode({ clone, account, setup = [], signal }: OpenOptions): Promise<Episode> {
  const { world } = clone;
  let state = setUp(world, account, setup);
  const act = (action: Action): ActResult => {
    signal?.throwIfAborted();
    const step = stepText(world, state, action);
    state = step.state;
    const { explanation, dialogs } = step;
    const result = { observation: observed(world, state), explanation, dialogs };
    return explanation.refused === undefined ? result : { ...result, refused: explanation.refused };
  };
  return {
    observe: async () => observed(world, state),
    act: async (action) => act(action),
    state: async () => state,
    restore: async (to) => {
      state = to;
    },
    close: () => Promise.resolve(),
  };
}

const beginnings = new WeakMap<World, Map<string, State>>();

/** How many beginnings of a world are kept: about as many as a suite has tasks. */
const mostBeginnings = 1000;

/** The state in which an episode begins. States never change, so episodes that begin alike begin with the same one. */
function setUp(world: World, account: string, setup: readonly Action[]): State {
  let known = beginnings.get(world);
  if (known === undefined) {
    known = new Map();
    beginnings.set(world, known);
  }
  const key = setup.length === 0 ? account : JSON.stringify([account, setup]);
  let state = known.get(key);
  if (state === undefined) {
    state = begin(world, account, setup);
    if (known.size >= mostBeginnings) known.clear();
    known.set(key, state);
  }
  return state;
}

function begin(world: World, account: string, setup: readonly Action[]): State {
  let state = settle(world, reset(world, account));
  for (const [i, action] of setup.entries()) {
    const step = stepText(world, state, action);
    if (step.explanation.refused !== undefined) throw new SetupError(i, action, step.explanation.refused);
    state = step.state;
  }
  return state;
}

const observations = new WeakMap<State, Observation>();

/** What can be seen of a state; the same state is looked at once. */
function observed(world: World, state: State): Observation {
  let observation = observations.get(state);
  if (observation === undefined) {
    observation = observe(world, state);
    observations.set(state, observation);
  }
  return observation;
}

/** Opening a page may ask something; nobody has said what to answer, so it is accepted. */
function settle(world: World, state: State): State {
  return answerDialogs(world, { state, explanation: nothingToDo }, { kind: 'wait' }).state;
}

const mostDialogs = 10;

function answerDialogs(world: World, after: { state: State; explanation: Explanation }, action: Action): TextStep {
  const parts = [after.explanation];
  const dialogs: DialogOutcome[] = [];
  const accept = action.dialog?.accepted ?? true;
  const text = action.dialog?.text;
  let { state } = after;
  while (state.dialog !== null && dialogs.length < mostDialogs) {
    const { type, message } = state.dialog;
    dialogs.push({ type, message, accepted: accept, ...(type === 'prompt' && accept ? { text: text ?? '' } : {}) });
    const next = transition(world, state, { type: 'dialog', accept, ...(text === undefined ? {} : { text }) });
    parts.push(next.explanation);
    state = next.state;
  }
  return { state, explanation: joinExplanations(parts), dialogs };
}

function pointerAway(state: State): State {
  return state.hover === null ? state : { ...state, hover: null };
}
