import type { DomElement, State, World } from '@backlot/protocol';

/** A state read off a real page, and what the page did not tell: names of tables, columns and registers that stay as believed. */
export interface Lifted {
  readonly state: State;
  readonly unknowns: readonly string[];
}

/** Reads a real page into the state, starting from what is believed. */
export type Lift = (world: World, belief: State, page: { readonly url: string; readonly root: DomElement }) => Lifted;
