import type { EpisodeRecord } from '@backlot/protocol';
import { runEpisode, type EpisodeOptions } from './run-episode.ts';

/** How often an episode that the engine lost is run again before it is given up. */
const defaultAttempts = 4;

/** How an episode is run until it is judged. */
export interface RetryOptions extends EpisodeOptions {
  /** Told of each attempt once it is over, and waited for. */
  readonly onRecord?: (record: EpisodeRecord) => Promise<void>;
}

/**
 * Runs an episode, and runs it again from its start as long as the engine fails it. Answers the records of all attempts in order: the
 * last is the one that counts, and is an `infra_error` only where every attempt was. A set-up that is refused is refused again: it is not tried twice.
 */
export async function runUntilJudged(options: RetryOptions, attempts = defaultAttempts): Promise<readonly EpisodeRecord[]> {
  const records: EpisodeRecord[] = [];
  while (records.length < attempts && (records.length === 0 || records.at(-1)?.ending === 'infra_error')) {
    const record = await runEpisode(options);
    await options.onRecord?.(record);
    records.push(record);
  }
  return records;
}
