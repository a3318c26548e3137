import type { Part } from '../blame/parts.ts';
import type { Suspect } from '../blame/suspects.ts';

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
