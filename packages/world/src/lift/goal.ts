import type { Expr, State } from '@backlot/protocol';
import type { Place } from './place.ts';
import type { Want } from './want.ts';

/** What an expression at a place should come out as. */
export interface Goal<E extends Expr = Expr> {
  readonly expr: E;
  readonly want: Want;
  readonly place: Place;
}

/** The state in which a goal is reached, null where none was found. */
export type Solve = (goal: Goal, state: State) => State | null;

/** A call of a function. */
export type Call = Extract<Expr, { fn: string }>;
