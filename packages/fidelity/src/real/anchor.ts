import type { DomElement, State, World } from '@backlot/protocol';
import type { Episode } from '@backlot/sandbox';
import { currentUrl, lift } from '@backlot/world';
import type { Canonical } from '../clone/predict-steps.ts';
import { unmasked } from '../clone/unmask.ts';

/** A page of the real application: its document, where it stands, and the origin that its addresses begin with. */
export interface RealView {
  readonly origin: string;
  /** Relative to the origin. */
  readonly url: string;
  readonly root: DomElement;
}

/** A state that a real page was read into. */
export interface Anchored {
  readonly state: State;
  /** What of the page could not be read: the state says of it what was believed before. */
  readonly unknowns: readonly string[];
}

/** How real pages are read. */
export interface Reading {
  readonly world: World;
  readonly canonical: Canonical;
}

/** Reads a real page into what is believed: what the page does not show stays believed. Pure. */
export function anchored({ world, canonical }: Reading, belief: State, { origin, url, root }: RealView): Anchored {
  const read = unmasked(canonical(root, { origin, url }), world, belief);
  return lift(world, arrived(belief, url), { url, root: read });
}

/** Lets an episode of any engine go on from what a real page shows; at its beginning, that is where it starts. */
export async function anchorEpisode(episode: Episode, reading: Reading, view: RealView): Promise<Anchored> {
  const result = anchored(reading, await episode.state(), view);
  await episode.restore(result.state);
  return result;
}

/** Where the real page has another address than was believed, the history gets an entry for it. */
function arrived(state: State, url: string): State {
  if (currentUrl(state) === url) return state;
  const { entries, index } = state.history;
  return { ...state, history: { entries: [...entries.slice(0, index + 1), url], index: index + 1 } };
}
