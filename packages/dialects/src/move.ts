import type { ActionKind, OwnMove, Target } from '@backlot/protocol';

/** A point of the picture, in pixels from its upper left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where something is done: by ref, by role and name, or at a point. */
export type Place = { readonly ref: string } | { readonly target: Target } | { readonly point: Point };

/**
 * One thing that an agent does, before it is known what it does it to. Beyond the kinds of actions:
 * - `type` adds `value` to what the field holds, `key` presses the key of that name; without a place both go to the focus;
 * - `focus` puts the cursor into a field;
 * - `tripleclick` selects what the field holds, so that what is typed next replaces it;
 * - `scroll` moves the picture by `by` pixels and changes nothing in the world.
 */
export interface Act {
  readonly kind: ActionKind | 'type' | 'key' | 'focus' | 'tripleclick' | 'scroll';
  readonly place?: Place;
  readonly value?: string;
  readonly by?: Point;
  readonly dialog?: OwnMove['dialog'];
}

/** What an agent meant. */
export type Move =
  | { readonly move: 'act'; readonly acts: readonly Act[] }
  /** It only wants to see. */
  | { readonly move: 'look' }
  | { readonly move: 'end'; readonly ending: 'done' | 'gave_up'; readonly answer?: string }
  /** It says something and goes on. */
  | { readonly move: 'say'; readonly text: string }
  | { readonly move: 'dialog'; readonly accepted: boolean; readonly text?: string }
  /** It is nothing that can be done, and why. */
  | { readonly move: 'refused'; readonly reason: string };

export const look: Move = { move: 'look' };

/** A move of these acts. */
export function acts(...all: readonly Act[]): Move {
  return { move: 'act', acts: all };
}

/** A move that can't be done. */
export function refused(reason: string): Move {
  return { move: 'refused', reason };
}
