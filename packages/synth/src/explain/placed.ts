import type { Value } from '@backlot/protocol';
import type { Site } from '../pages/page-model.ts';
import type { Lineage } from '../state/lineage.ts';
import { isMove } from '../state/moves.ts';
import type { Hole } from '../template/holes.ts';
import type { ListPattern } from '../template/pattern.ts';
import type { SessionViews, View } from '../views.ts';

/** A list with the records it showed in each session. */
export interface FollowedList {
  readonly list: ListPattern;
  readonly lineages: readonly Lineage[];
}

function changesOnMove(hole: Hole, followed: FollowedList, { before, after }: { readonly before: View; readonly after: View }): boolean {
  const lineage = followed.lineages[after.session] as Lineage;
  const was = new Map<number, unknown>();
  for (const [instance, value] of hole.values) {
    const record = lineage.get(instance);
    if (record !== undefined && instance.view === before) was.set(record, value);
  }
  for (const [instance, value] of hole.values) {
    const record = lineage.get(instance);
    if (instance.view === after && record !== undefined && was.has(record) && was.get(record) !== value) return true;
  }
  return false;
}

/** Share of pages with several records on which a switch may differ between them and still belong to the page. */
const odd = 0.02;

/** True where all records of a page always agree, though pages differ: it says something of the page (who looks), not of a record. */
export function isUniform(hole: Hole): boolean {
  const byView = new Map<View, Set<Value>>();
  const counts = new Map<View, number>();
  for (const [instance, value] of hole.values) {
    byView.set(instance.view, (byView.get(instance.view) ?? new Set<Value>()).add(value));
    counts.set(instance.view, (counts.get(instance.view) ?? 0) + 1);
  }
  const several = [...byView].filter(([view]) => (counts.get(view) ?? 0) > 1).map(([, values]) => values);
  const mixed = several.filter((values) => values.size > 1).length;
  const seen = new Set(several.flatMap((values) => [...values]));
  return seen.size > 1 && mixed <= odd * several.length;
}

/** Switches of records that change when the user only moves to another address: they belong to the address, not to the record. */
export function placedHoles(site: Site, lists: readonly FollowedList[], sessions: readonly SessionViews[]): ReadonlySet<Hole> {
  const placed = new Set<Hole>();
  for (const followed of lists) {
    const page = site.pages.find((candidate) => candidate.pattern.lists.includes(followed.list));
    const holes = (page?.holes ?? []).filter(
      (hole) => hole.frame === followed.list.itemFrame && !hole.live && typeof hole.values.values().next().value === 'boolean',
    );
    for (const hole of holes) {
      const moves = sessions.some((session) =>
        session.session.steps.some(
          (step, i) =>
            step.before.url !== step.after.url &&
            step.before.load === step.after.load &&
            isMove(session.session, i) &&
            changesOnMove(hole, followed, { before: session.before[i] as View, after: session.after[i] as View }),
        ),
      );
      if (moves || isUniform(hole)) placed.add(hole);
    }
  }
  return placed;
}
