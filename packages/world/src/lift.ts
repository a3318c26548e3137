import type { DomElement, State, World } from '@backlot/protocol';
import { currentUrl } from './evaluate.ts';
import { readPage } from './lift/read-page.ts';

/**
 * A state read off a real page, and names of what the page shows but could not be read from it: registers, `table.column`, and tables
 * of which it shows other rows. They stay as believed; cells of new rows as they are in the beginning.
 */
export interface Lifted {
  readonly state: State;
  readonly unknowns: readonly string[];
}

/** Reads a real page into the state, starting from what is believed. */
export type Lift = (world: World, belief: State, page: { readonly url: string; readonly root: DomElement }) => Lifted;

/**
 * Reads a real page (its address relative to the base URL, its DOM in canonical form) into the state: the nearest page of the address is
 * aligned with the DOM, and what its holes show is read backwards. What the page does not show stays as believed; the current entry of
 * the history becomes the page's address. Total: what can't be aligned says nothing. Pure.
 */
export const lift: Lift = (world, belief, { url, root }) => {
  const { entries, index } = belief.history;
  const { posted, ...others } = belief;
  const kept = posted && currentUrl(belief) === url ? { posted } : {};
  const history = { entries: entries.length === 0 ? [url] : entries.with(Math.min(index, entries.length - 1), url), index };
  const { state, unknowns } = readPage(world, { ...others, ...kept, history, hover: null, dialog: null }, root);
  return { state, unknowns: [...new Set(unknowns)].sort() };
};
