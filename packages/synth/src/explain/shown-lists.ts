import type { Belief } from '../state/belief.ts';
import type { Binding } from '../state/bindings.ts';
import { itemsOf } from '../state/bindings.ts';
import type { View } from '../views.ts';

/** A list in a view: the records that it showed, by their row ids, and what was believed then. */
export interface Shown {
  readonly view: View;
  readonly belief: Belief;
  readonly ids: readonly string[];
}

/** What a list showed, view by view; views of which nothing is believed are left out. */
export function shownLists(binding: Binding, belief: (view: View) => Belief | undefined): readonly Shown[] {
  return binding.page.views.flatMap((view): Shown[] => {
    const believed = belief(view);
    const items = itemsOf(binding, view);
    if (!believed || !items) return [];
    const ids = items.flatMap((item) => Object.values(believed.rowsOf(item))[0]?.id ?? []);
    return [{ view, belief: believed, ids }];
  });
}
