import type { ActionKind, DialogOutcome, DomElement } from '@backlot/protocol';
import type { HarEntry } from '../har/entry.ts';
import type { Perception } from '../perception.ts';
import type { Timeline } from '../rrweb/timeline.ts';

/** An action under construction. Positions are indexes into the timeline's signals. */
export interface Draft {
  kind: ActionKind;
  /** The first signal that belongs to it. */
  readonly begin: number;
  /** The last signal known to belong to it. */
  last: number;
  /** When the user acted, which may be before the first signal: in milliseconds since the epoch. */
  at: number;
  readonly load: number;
  /** The page before; null for the first load. */
  readonly root: DomElement | null;
  element: DomElement | null;
  value: string | undefined;
  dialog: DialogOutcome | undefined;
}

/** A change of the page's address at a signal: what stands from then on. */
export interface AddressChange {
  readonly signal: number;
  /** Absolute. */
  readonly href: string;
  /** True where a link was clicked that leads there, and nothing else tells. */
  readonly isGuess?: boolean;
}

/** What the actions of a session are inferred from. */
export interface Evidence {
  readonly timeline: Timeline;
  /** Requests of the session in order of time; empty where the log has none. */
  readonly entries: readonly HarEntry[];
  readonly baseURL: string;
  readonly perception: Perception;
}

/** What was inferred. */
export interface Inferred {
  readonly drafts: readonly Draft[];
  readonly addresses: readonly AddressChange[];
}
