import type { DomElement, DomNode } from '@backlot/protocol';

/** What an item of a trail says: where it leads, its text, its title. */
export type TrailEntry = readonly [href: string, text: string, title: string];

/** A list that going from page to page keeps by itself. */
interface Trail {
  /** How many items it keeps; 0 where it was never seen to drop one. */
  readonly most: number;
  readonly isNewestLast: boolean;
  /** An element that shows several items, for pages on which there never was more than one. */
  readonly sample: TrailParts;
}

/** What an element that holds a trail is made of: the newest item stands apart, since it may look another way. */
export interface TrailParts {
  readonly head: readonly DomNode[];
  /** The other items, each with what sets it apart from its neighbour, as they are shown. */
  readonly older: readonly DomElement[];
  readonly newest: readonly DomNode[];
  readonly tail: readonly DomNode[];
  /** What the items say, the newest last. */
  readonly entries: readonly TrailEntry[];
}

/** A trail as an element shows it. */
export interface TrailMark {
  readonly trail: Trail;
  readonly parts: TrailParts;
}

/** Elements that hold a trail and nothing else. */
export type Trails = Pick<WeakMap<DomElement, TrailMark>, 'get'>;

/** No element holds a trail. */
export const noTrails: Trails = new WeakMap<DomElement, TrailMark>();
