import type { EpisodeRecord } from '@backlot/protocol';

export type Ending = EpisodeRecord['ending'];

/** How an episode came out. */
export interface End {
  readonly ending: Ending;
  /** 0 or 1; null where the episode is not scored. */
  readonly score: number | null;
  readonly progress: number | null;
  /** In words: what is missing, broken, or done in excess. */
  readonly feedback: readonly string[];
  /** What the agent said with its end, or last to the user. */
  readonly answer?: string;
}

const terminal: ReadonlySet<Ending> = new Set<Ending>(['done', 'gave_up', 'stopped']);

/** True where the agent or a policy ended the episode, false where something else did. */
export function isTerminal(ending: Ending): boolean {
  return terminal.has(ending);
}
