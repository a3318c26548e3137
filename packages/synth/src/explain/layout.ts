import type { Value } from '@backlot/protocol';
import type { Hole } from '../template/holes.ts';
import { spotOf } from '../template/place.ts';
import type { View } from '../views.ts';

/** Holes at the same place of the layout of several pages, with what each view showed there. */
export interface Spot {
  readonly holes: readonly Hole[];
  readonly values: ReadonlyMap<View, Value>;
}

/** Gathers holes of whole pages by their place in the layout. */
export function spotsOf(holes: readonly Hole[]): readonly Spot[] {
  const spots = new Map<string, { holes: Hole[]; values: Map<View, Value> }>();
  for (const hole of holes) {
    const place = spotOf(hole);
    const spot = spots.get(place) ?? { holes: [], values: new Map<View, Value>() };
    spots.set(place, spot);
    spot.holes.push(hole);
    for (const [instance, value] of hole.values) spot.values.set(instance.view, value);
  }
  return [...spots.values()];
}
