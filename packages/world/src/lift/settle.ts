import type { State } from '@backlot/protocol';
import { evaluate } from '../evaluate.ts';
import { toText } from '../functions.ts';
import type { Fact } from './facts.ts';
import { namesIn } from './names.ts';
import { scopeAt, type Place } from './place.ts';
import { isSourceOf, sourcesOf } from './rich-text.ts';
import { holds, solve } from './solve.ts';

/** A fact with the rows that it stands in. */
export interface PlacedFact extends Fact {
  readonly place: Place;
}

/** True where the state already says what the page says. */
export function isTold({ rich, ...goal }: PlacedFact, state: State): boolean {
  if (rich === undefined) return holds(goal, state);
  return isSourceOf(goal.place.world, toText(evaluate(goal.expr, scopeAt(state, goal.place))), rich);
}

/** The state made to say what a fact says; as it is where the fact can't be read backwards. */
export function settle(fact: PlacedFact, state: State): State {
  if (isTold(fact, state)) return state;
  const { rich } = fact;
  if (rich === undefined) return solve(fact, state) ?? state;
  for (const text of sourcesOf(rich)) {
    const solved = isSourceOf(fact.place.world, text, rich) ? solve({ ...fact, want: { text } }, state) : null;
    if (solved) return solved;
  }
  return state;
}

/** The state made to say what facts say, one after the other. */
export function settleAll(facts: readonly PlacedFact[], state: State): State {
  return facts.reduce((settled, fact) => settle(fact, settled), state);
}

/** Names of what facts speak of that the state does not say as they do. */
export function untold(facts: readonly PlacedFact[], state: State): readonly string[] {
  return facts.filter((fact) => !isTold(fact, state)).flatMap(({ expr, place }) => namesIn(expr, place));
}
