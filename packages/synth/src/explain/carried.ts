import type { Value } from '@backlot/protocol';
import { viewsInOrder } from '../state/sightings.ts';
import type { SessionViews, View } from '../views.ts';

/** The value behind every view: what it shows, else what its session showed last, at first what the session begins with. */
export function carried(
  seen: ReadonlyMap<View, Value>,
  sessions: readonly SessionViews[],
  startOf: (session: SessionViews) => Value,
): ReadonlyMap<View, Value> {
  const values = new Map<View, Value>();
  for (const session of sessions) {
    let now = startOf(session);
    for (const view of viewsInOrder(session)) {
      if (seen.has(view)) now = seen.get(view) ?? null;
      values.set(view, now);
    }
  }
  return values;
}
