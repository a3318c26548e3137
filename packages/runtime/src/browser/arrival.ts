import type { State, WorldEvent } from '@backlot/protocol';
import { currentUrl } from '@backlot/world';
import type { Kept } from './storage.ts';

/** How a document came to be: its address relative to the origin, and the place in the state's history that its entry names, if any. */
export interface Arrival {
  readonly url: string;
  readonly entry: number | null;
}

/** What a newly loaded document means for the kept state. */
export interface Landing {
  readonly state: State;
  readonly events: readonly WorldEvent[];
  /** The place in the state's history at which the browser stands before the events. */
  readonly at: number;
}

/** `back` or `forward`, as often as it takes from one place in the history to another. */
export function steps(from: number, to: number): readonly WorldEvent[] {
  const type = to < from ? 'back' : 'forward';
  return Array.from({ length: Math.abs(to - from) }, () => ({ type }));
}

const normal = (url: string): string => new URL(url, 'http://origin.invalid').href;

/** The events of going to an address: the state's own spelling is used where the browser only writes it differently. */
function goto(state: State, url: string): readonly WorldEvent[] {
  const now = currentUrl(state);
  return [{ type: 'goto', url: normal(url) === normal(now) ? now : url }];
}

/** Tells a first opening, a new tab, a typed address, a reload and a return by the browser's buttons apart. */
export function land(kept: Kept, arrival: Arrival): Landing {
  const { state, found } = kept;
  const { index } = state.history;
  if (found === 'shared') {
    return { state: { ...state, history: { entries: [arrival.url], index: 0 } }, events: [{ type: 'reload' }], at: 0 };
  }
  if (found === 'nothing') return { state, events: goto(state, arrival.url), at: 0 };
  if (arrival.entry === null) {
    const same = normal(arrival.url) === normal(currentUrl(state));
    return { state, events: goto(state, arrival.url), at: same ? index : index + 1 };
  }
  const events = arrival.entry === index ? [{ type: 'reload' } as const] : steps(index, arrival.entry);
  return { state, events, at: arrival.entry };
}
