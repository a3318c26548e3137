/** What was asked of an episode or a set of tasks can't be had; the message says why, and what to do. */
export class EpisodeError extends Error {
  override readonly name = 'EpisodeError';
}
