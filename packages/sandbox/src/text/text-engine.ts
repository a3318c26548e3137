import type { Action, DialogOutcome, Explanation, State, World, WorldEvent } from '@backlot/protocol';
import { currentPage, pathToKey, reset, transition } from '@backlot/world';
import { SetupError } from '../engine/errors.ts';
import { joinExplanations, nothingToDo, refusal } from '../engine/explain.ts';
import type { ActResult, Engine, Episode, OpenOptions } from '../engine/port.ts';
import { planAction } from './events.ts';
import { observationOf, rootOf } from './view.ts';

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
  const step = carryOut(world, withLiveFocus(world, state, plan.event), { event: plan.event, action });
  if (step.explanation.refused !== undefined) return { state, explanation: step.explanation, dialogs: [] };
  return action.kind === 'hover' ? step : { ...step, state: pointerAway(step.state) };
}

interface Deed {
  readonly event: WorldEvent;
  readonly action: Action;
}

/**
 * A double click that no rule listens for is two clicks, the second where the element still is. The pointer goes where it clicks,
 * so rules for pointing come first.
 */
function carryOut(world: World, state: State, { event, action }: Deed): TextStep {
  if (
    (event.type === 'click' || event.type === 'dblclick' || event.type === 'check') &&
    hasHoverRules(world) &&
    state.hover !== event.key
  ) {
    const pointed = transition(world, state, { type: 'hover', key: event.key });
    if (pointed.explanation.rules.length > 0)
      return oneAfterTheOther(answerDialogs(world, pointed, action), (now) => carryOut(world, now, { event, action }));
  }
  const whole = answerDialogs(world, transition(world, state, event), action);
  if (event.type !== 'dblclick' || whole.explanation.refused !== undefined || whole.explanation.rules.length > 0) return whole;
  const click: Deed = { event: { type: 'click', key: event.key }, action };
  const first = carryOut(world, state, click);
  const isThere =
    currentPage(world, first.state).page === currentPage(world, state).page && pathToKey(rootOf(world, first.state), event.key).length > 0;
  return isThere ? oneAfterTheOther(first, (now) => carryOut(world, now, click)) : first;
}

function oneAfterTheOther(first: TextStep, then: (state: State) => TextStep): TextStep {
  const second = then(first.state);
  const explanation = joinExplanations([first.explanation, second.explanation]);
  return { state: second.state, explanation, dialogs: [...first.dialogs, ...second.dialogs] };
}

function hasHoverRules(world: World): boolean {
  return world.rules.some(({ on }) => 'ui' in on && on.ui.event === 'hover');
}

/** A key goes to the focused element; one that is gone has no focus any more. */
function withLiveFocus(world: World, state: State, event: WorldEvent): State {
  if (event.type !== 'press' || event.key !== undefined || state.focus === null) return state;
  return pathToKey(rootOf(world, state), state.focus).length > 0 ? state : { ...state, focus: null };
}

async function openEpisode({ clone, account, setup = [], signal }: OpenOptions): Promise<Episode> {
  const { world } = clone;
  let state = settle(world, reset(world, account));
  const act = (action: Action): ActResult => {
    signal?.throwIfAborted();
    const step = stepText(world, state, action);
    state = step.state;
    const { explanation, dialogs } = step;
    const result = { observation: observationOf(world, state), explanation, dialogs };
    return explanation.refused === undefined ? result : { ...result, refused: explanation.refused };
  };
  for (const [i, action] of setup.entries()) {
    const { refused } = act(action);
    if (refused !== undefined) throw new SetupError(i, action, refused);
  }
  return {
    observe: async () => observationOf(world, state),
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
