import type { DomElement, State, World } from '@backlot/protocol';
import { daysIn } from '@backlot/reward';
import { anchorOf, computeStyles, findAll, indexOf, render, textOf } from '@backlot/world';
import { pageOf, recordOf, recordTable } from './abstract.ts';
import { labelRecord } from './record-label.ts';

/** A record as a page lists it. */
export interface Listed {
  readonly record: string;
  /** What the page calls it. */
  readonly label: string;
  /** Days that the page shows in it, as `YYYY-MM-DD`. */
  readonly days: readonly string[];
}

const fewest = 2;

/** The longest list of records that a page shows, in its order. Null where there is none, or where a record has no name of its own. */
export function listing(world: World, state: State): readonly Listed[] | null {
  const { root } = render(world, state);
  const page = pageOf(world, state);
  const items = page === null ? [] : longest(itemsOf({ world, page, state }, root));
  if (items.length < fewest) return null;
  const table = recordTable(world, page as string, anchorOf(items[0]?.key as string));
  const peers = items.map(({ key }) => recordOf(key as string));
  const listed = items.flatMap((item, i): readonly Listed[] => {
    const record = peers[i] as string;
    const label = labelRecord(world, state, { record, peers, table });
    return label === null ? [] : [{ record, label, days: [...new Set(daysIn(textOf(item)))] }];
  });
  return listed.length === items.length ? listed : null;
}

interface Shown {
  readonly world: World;
  readonly page: string;
  readonly state: State;
}

/** Visible elements that stand for one record each, by the anchor that they share. */
function itemsOf({ world, page, state }: Shown, root: DomElement): ReadonlyMap<string, readonly DomElement[]> {
  const styled = computeStyles(root, world.styles, { hover: state.hover, focus: state.focus });
  const anchors = indexOf(world).anchors.get(page);
  const outer = findAll(root, (element) => {
    if (element.key === undefined || styled.of(element)?.rendered === false) return false;
    const loops = anchors?.get(anchorOf(element.key))?.loops ?? [];
    return loops.length === 1 && loops[0] !== undefined && 'from' in loops[0] && /[\p{L}\p{N}]/u.test(textOf(element));
  });
  return Map.groupBy(outer, (element) => anchorOf(element.key as string));
}

/** The group with most elements; of several the one that comes first, which is the outermost. */
function longest(groups: ReadonlyMap<string, readonly DomElement[]>): readonly DomElement[] {
  return [...groups.values()].reduce<readonly DomElement[]>((best, group) => (group.length > best.length ? group : best), []);
}
