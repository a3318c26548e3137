import type { Certainty, State, Step, World } from '@backlot/protocol';
import { act } from '@backlot/world';
import { longestWait, worldHasTimers } from './play-session.ts';

/** What came of a logged step in a world. */
export interface CarriedOut {
  readonly state: State;
  /** Rules that fired, in order. */
  readonly rules: readonly string[];
  readonly certainty: Certainty;
  /** Of the step, where the world was put on trial. */
  readonly probability?: number;
  /** Why the world would not take the action; the state is then unchanged. */
  readonly refused?: string;
}

/** Carries out a logged action and lets as much time pass as passed until the next one. Pure. */
export function carryOut(world: World, state: State, { step, thinkMs }: { readonly step: Step; readonly thinkMs: number }): CarriedOut {
  const { state: acted, explanation } = act(world, state, step.action);
  const { rules, certainty, refused } = explanation;
  const likely = explanation.probability === undefined ? {} : { probability: explanation.probability };
  if (refused !== undefined) return { state, rules, certainty, refused };
  const rest = Math.min(longestWait, step.latencyMs + thinkMs);
  if (!worldHasTimers(world) || rest <= 0) return { state: acted, rules, certainty, ...likely };
  const later = act(world, acted, { kind: 'wait', value: String(rest) });
  return { state: later.state, rules: [...rules, ...later.explanation.rules], certainty, ...likely };
}
