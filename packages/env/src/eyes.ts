import type { State } from '@backlot/protocol';
import type { Point } from '@backlot/dialects';

/** An element to be marked in a picture, with the sign that it gets. */
export interface Mark {
  readonly key: string;
  readonly sign: string;
}

/** What a picture is taken of. */
export interface Sight {
  readonly state: State;
  /** How far the page is scrolled, in pixels. */
  readonly scroll: Point;
}

/** What sees a page as pixels: an episode's own browser, or one that stands by for engines without. */
export interface Eyes {
  /** Key of the element that a click at the point would reach; null where there is none. */
  at(sight: Sight, point: Point): Promise<string | null>;
  /** PNG, with these elements marked. */
  picture(sight: Sight, marks: readonly Mark[]): Promise<Uint8Array>;
}
