import type { DomElement } from '@backlot/protocol';
import { textOf } from '@backlot/world';
import { isLike } from '../template/lists.ts';
import { placeOf } from '../template/place.ts';
import type { ElementPattern, PagePattern } from '../template/pattern.ts';

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

/**
 * Elements of a page that other pages show to be records: they stand where another page has a list of their kind, though here they were
 * never seen to come and go.
 */
export function recordsElsewhere(patterns: readonly PagePattern[]): readonly ReadonlySet<DomElement>[] {
  const items = itemsByPlace(patterns);
  return patterns.map((pattern) => {
    const records = new Set<DomElement>();
    for (const element of pattern.elements.values()) {
      if (element.frame.list || isRecordList(element) || isOwn(element)) continue;
      const like = items.get(placeOf(element));
      const children = like ? [...element.nodes.values()].flatMap((node) => node.children) : [];
      for (const child of children) if ('tag' in child && like?.some((item) => isLike(item, child))) records.add(child);
    }
    return records;
  });
}
