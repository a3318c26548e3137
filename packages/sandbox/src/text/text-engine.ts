import type { Action, DialogOutcome, Explanation, State, World } from '@backlot/protocol';
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
  let state = settle(world, reset(world, account));
  const act = (action: Action): ActResult => {
    signal?.throwIfAborted();
    const step = stepText(world, state, action);
    state = step.state;
    const { explanation, dialogs } = step;
    const result = { observation: observe(world, state), explanation, dialogs };
    return explanation.refused === undefined ? result : { ...result, refused: explanation.refused };
  };
  for (const [i, action] of setup.entries()) {
    const { refused } = act(action);
    if (refused !== undefined) throw new SetupError(i, action, refused);
  }
  return {
    observe: async () => observe(world, state),
    act: async (action) => act(action),
    state: async () => state,
    restore: async (to) => {
      state = to;
    },
    close: () => Promise.resolve(),
  };
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
