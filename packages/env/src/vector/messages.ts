import type { Outcome, PlayOptions, TaskChoice } from '@backlot/protocol';
import type { TaskPlaces } from '../open-tasks.ts';

/** What a worker is started with. */
export interface WorkerSetup {
  readonly places: TaskPlaces;
  readonly play: PlayOptions;
  /** How many environments it holds. */
  readonly size: number;
}

/** What a worker is asked to do: one entry for each of its environments, null for those that are left alone. */
export type WorkerCall = { readonly reset: readonly (TaskChoice | null)[] } | { readonly step: readonly Turn[] };

/** A move, and how the environment goes on should the move end the episode. */
export interface Turn {
  readonly move: unknown;
  readonly next: TaskChoice | null;
}

/** Where an episode ended: `final` is its last outcome, and what stands around it is the beginning of the next. */
export type VectorOutcome = Outcome & { readonly final?: Outcome };

/** What a worker answers. */
export type WorkerAnswer = { readonly outcomes: readonly (VectorOutcome | null)[] } | { readonly error: string };
