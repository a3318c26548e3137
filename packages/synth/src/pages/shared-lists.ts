import type { DomElement } from '@backlot/protocol';
import { textOf } from '@backlot/world';
import { isLike, partsAmong, type KnownSiblings } from '../template/lists.ts';
import { placeOf } from '../template/place.ts';
import type { ElementPattern, Instance, PagePattern } from '../template/pattern.ts';

const isRecordList = (parent: ElementPattern): boolean => parent.kids.some((kid) => kid.kind === 'list');

/** Sessions that must have seen the same among an element's children for it to be the page's own, whatever other pages list there. */
const enoughSessions = 3;

/** True where a page's children always say the very same. */
function isOwn({ nodes }: ElementPattern): boolean {
  const sessions = new Set([...nodes.keys()].map(({ view }) => view.session));
  const said = new Set([...nodes.values()].map(({ children }) => children.map(textOf).join('\n')));
  return sessions.size >= enoughSessions && said.size === 1 && !said.has('');
}

/** An item of each list that stands in no other, by the place of the element that holds it. */
function itemsByPlace(patterns: readonly PagePattern[]): ReadonlyMap<string, readonly DomElement[]> {
  const items = new Map<string, DomElement[]>();
  for (const { lists } of patterns) {
    for (const { parent, frame, itemFrame } of lists) {
      const [first] = itemFrame.instances;
      if (frame.list || !first) continue;
      const place = placeOf(parent);
      items.set(place, [...(items.get(place) ?? []), first.node]);
    }
  }
  return items;
}

/** Children that are parts of the page in a row, seen over all pages that have their parent at one place. */
function partsByPlace(patterns: readonly PagePattern[], places: ReadonlySet<string>): ReadonlySet<DomElement> {
  const parents = new Map<string, Map<Instance, DomElement>>();
  for (const { elements } of patterns) {
    for (const element of elements.values()) {
      if (element.frame.list) continue;
      const place = placeOf(element);
      if (!places.has(place)) continue;
      const nodes = parents.get(place) ?? new Map<Instance, DomElement>();
      for (const [instance, node] of element.nodes) nodes.set(instance, node);
      parents.set(place, nodes);
    }
  }
  return new Set([...parents.values()].flatMap((nodes) => [...partsAmong(nodes)]));
}

/** Children of one page that others tell of. */
interface Siblings extends KnownSiblings {
  readonly records: ReadonlySet<DomElement>;
  readonly parts: ReadonlySet<DomElement>;
}

/**
 * What of a page other pages show to be records, though here they were never seen to come and go: they stand where another page has a
 * list of their kind. What all pages together show to be parts of the page is no list on any. Null where others show nothing.
 */
export function siblingsElsewhere(patterns: readonly PagePattern[]): readonly (Siblings | null)[] {
  const items = itemsByPlace(patterns);
  const parts = partsByPlace(patterns, new Set(items.keys()));
  return patterns.map(({ elements }): Siblings | null => {
    const records = new Set<DomElement>();
    const own = new Set<DomElement>();
    for (const element of elements.values()) {
      const like = element.frame.list ? undefined : items.get(placeOf(element));
      if (!like) continue;
      const children = [...element.nodes.values()].flatMap((node) => node.children).filter((child) => 'tag' in child);
      const holdsRecords = !isRecordList(element) && !isOwn(element);
      for (const child of children) {
        if (parts.has(child)) own.add(child);
        else if (holdsRecords && like.some((item) => isLike(item, child))) records.add(child);
      }
    }
    return records.size + own.size > 0 ? { records, parts: own } : null;
  });
}
