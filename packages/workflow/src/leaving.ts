import type { State, World } from '@backlot/protocol';
import { accessibleElements, render } from '@backlot/world';
import type { AbstractAction, Workflow } from './model-schema.ts';

/** Keys by which people leave a field, and close what it has opened over the page. */
const leavingKeys: ReadonlySet<string | undefined> = new Set(['Tab', 'Escape']);

/** True for a key that leaves a field, or closes what it has opened. */
export const isLeaving = ({ kind, value }: { readonly kind: string; readonly value?: string | undefined }): boolean =>
  kind === 'press' && leavingKeys.has(value);

/** How people left a field in some way of doing this work, the most frequent way first; undefined where nobody was seen to. */
export function leavingOf({ schemas }: Workflow, { page, anchor }: AbstractAction): AbstractAction | undefined {
  const all = schemas.flatMap(({ actions }) => actions);
  return all.find((each) => each.page === page && each.anchor === anchor && isLeaving({ kind: each.kind, value: each.constant }));
}

/** True where a page shows something that it does not show in another state: a list that was left open may cover what comes next. */
export function showsMore(world: World, state: State, than: State): boolean {
  const shown = shownIn(world, than);
  return [...shownIn(world, state)].some(([what, times]) => times > (shown.get(what) ?? 0));
}

/** How often something of each role and name is shown. */
function shownIn(world: World, state: State): ReadonlyMap<string, number> {
  const interaction = { hover: state.hover, focus: state.focus };
  const shown = new Map<string, number>();
  for (const { role, name, hidden } of accessibleElements(render(world, state).root, world.styles, interaction)) {
    if (hidden) continue;
    const what = `${role} ${name}`;
    shown.set(what, (shown.get(what) ?? 0) + 1);
  }
  return shown;
}
