import type { EpisodeRecord } from '@backlot/protocol';
import { runEpisode, type EpisodeOptions } from './run-episode.ts';

/** How often an episode that the engine lost is run again before it is given up. */
const defaultAttempts = 4;

/**
 * Runs an episode, and runs it again from its start as long as the engine fails it. Answers the records of all attempts in order: the
 * last is the one that counts, and is an `infra_error` only where every attempt was.
 */
export async function runUntilJudged(options: EpisodeOptions, attempts = defaultAttempts): Promise<readonly EpisodeRecord[]> {
  const records: EpisodeRecord[] = [];
  while (records.length < attempts && (records.length === 0 || records.at(-1)?.ending === 'infra_error')) {
    records.push(await runEpisode(options));
  }
  return records;
}
