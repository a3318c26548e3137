import { partId } from './parts.ts';
import type { Suspect } from './suspects.ts';

/** A suspect, and how many more steps went wrong with it in play than before. */
export interface Worsened<S> {
  readonly suspect: S;
  readonly more: number;
}

/** What got worse between two reports on the same sessions, most first: the faults that both have fall out. */
export function worsened<S extends Pick<Suspect, 'part' | 'wrong'>>(
  before: readonly Pick<Suspect, 'part' | 'wrong'>[],
  now: readonly S[],
): readonly Worsened<S>[] {
  const known = new Map(before.map(({ part, wrong }) => [partId(part), wrong]));
  return now
    .map((suspect) => ({ suspect, more: suspect.wrong - (known.get(partId(suspect.part)) ?? 0) }))
    .filter(({ more }) => more > 0)
    .toSorted((a, b) => b.more - a.more);
}
