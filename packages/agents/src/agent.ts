import type { Action, Observation, Task } from '@backlot/protocol';
import type { Rng } from './rng.ts';
import type { Screen } from './screen.ts';

/** The end of an episode: the task is done, with or without something to say; or it cannot be. */
export type LastMove = 'done' | 'gave_up' | { readonly answer: string };

/** What an agent does next: an action, or the end of the episode. */
export type Move = Action | LastMove;

/** True for a move that ends the episode. */
export function isLast(move: Move): move is LastMove {
  return typeof move === 'string' || 'answer' in move;
}

/** What an agent is told besides the observation. */
export interface AgentContext {
  /** How many actions it has taken. */
  readonly step: number;
  readonly stepsLeft: number;
  /** Why its last action was refused. */
  readonly refused?: string;
  /** The page as a person has it before them; only engines with pixels have it. */
  readonly screen?: Screen;
  readonly signal?: AbortSignal;
}

/** What a model service was paid: US dollars, and tokens in and out together. */
export interface Paid {
  readonly usd: number;
  readonly tokens: number;
}

/** One attempt of an agent: what it remembers lives here, so that an agent may play many episodes at once. */
export interface Attempt {
  next(observation: Observation, context: AgentContext): Move | Promise<Move>;
  /** Why it ended, where there is more to say than what it did. */
  stopped?(): string | undefined;
  /** What it has cost so far. */
  paid?(): Paid;
}

/** What acts in episodes. It sees observations and the instruction; oracles for tests may look into the task. */
export interface Agent {
  readonly name: string;
  /** Begins an attempt. All chance is drawn from `rng`, so that an attempt can be repeated. */
  start(task: Task, rng: Rng): Attempt;
}
