import type { Part } from '../blame/parts.ts';
import type { Suspect } from '../blame/suspects.ts';
import type { Change, Changes } from '../change/find-changes.ts';

/** A part of the world in words, and the recordings that would decide what is open about it. */
export interface PartWords {
  readonly name: string;
  /** What the world has learned of it. */
  readonly says: readonly string[];
  readonly wouldDecide: readonly string[];
}

/** Words for a part of the world. */
export type Describe = (part: Part) => PartWords;

/** A suspect with its words. */
export interface NamedSuspect extends Suspect {
  readonly words: PartWords;
}

/** What became of an application, with the words for its places and suspects. */
export interface NamedChanges {
  readonly found: readonly (Change & { readonly words?: PartWords })[];
  /** Those that explain a step. */
  readonly suspects: readonly NamedSuspect[];
}

/** Finds the words for changes. */
export function nameChanges({ found, suspects }: Changes, describe: Describe): NamedChanges {
  return {
    found: found.map((change) => {
      const { kind, page, anchor } = change;
      return kind === 'place' ? { ...change, words: describe({ kind, page, anchor }) } : change;
    }),
    suspects: suspects.filter(({ explains }) => explains.length > 0).map((suspect) => ({ ...suspect, words: describe(suspect.part) })),
  };
}
