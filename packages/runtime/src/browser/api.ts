import type { Explanation, State, World, WorldEvent } from '@backlot/protocol';

/** One event, why it came out as it did, and the state after it. */
export interface Change {
  readonly event: WorldEvent;
  readonly explanation: Explanation;
  readonly state: State;
}

/** `window.backlot` in an open clone. Everything is synchronous: when a call returns, document, address and storage are up to date. */
export interface Backlot {
  readonly world: World;
  /** The present state: plain data, never changed in place. */
  state(): State;
  /** Why the last event came out as it did; null before the first. */
  explanation(): Explanation | null;
  /** Carries out an event as if the user had caused it. A dialog that it opens is asked natively before the call returns. */
  dispatch(event: WorldEvent): Explanation;
  /** Puts another state of the same world in place of the present one. */
  restore(state: State): void;
  /** Begins a new episode, by default with the present account. */
  reset(account?: string): State;
  /** The changes since the last drain (in this document), oldest first. */
  drain(): readonly Change[];
  /** Hears of every change; the answer stops it. */
  on(listener: (change: Change) => void): () => void;
  /** With `true` real time no longer moves the virtual clock: only `advance` events do. Kept for the tab. */
  holdTime(held: boolean): void;
}
