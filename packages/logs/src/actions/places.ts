import type { DomElement } from '@backlot/protocol';

/** An element and where it stands. */
export interface Place {
  readonly element: DomElement;
  readonly parent: Place | null;
  /** Position among all elements in document order. */
  readonly order: number;
}

interface Index {
  readonly byId: Map<number, Place>;
  readonly all: Place[];
}

/** Indexes are bigger than their pages, so only those of the pages last looked at are kept. */
const MAX_INDEXES = 8;
const indexes = new Map<DomElement, Index>();

/** All elements of a page in document order. */
export function placesOf(root: DomElement): readonly Place[] {
  return indexOf(root).all;
}

/** Where the node with this recorder id stands: for a text node, its element. Null where the page has no such node. */
export function placeOf(root: DomElement | null, id: number): Place | null {
  return root === null ? null : (indexOf(root).byId.get(id) ?? null);
}

/** The nearest place at or above `place` whose element is wanted. */
export function nearest(place: Place | null, wanted: (element: DomElement) => boolean): Place | null {
  let at = place;
  while (at !== null && !wanted(at.element)) at = at.parent;
  return at;
}

/** True where `inner` is `outer` or inside of it. */
export function isWithin(inner: Place | null, outer: DomElement): boolean {
  return nearest(inner, (element) => element.id === outer.id) !== null;
}

/** The text of an element, space collapsed. */
export function textOf(element: DomElement): string {
  return rawText(element).replace(/\s+/g, ' ').trim();
}

function rawText(element: DomElement): string {
  return element.children.map((child) => ('tag' in child ? rawText(child) : child.text)).join('');
}

/** How often a text is shown by itself on a page: text nodes that, trimmed, equal it. */
export function countText(root: DomElement | null, text: string): number {
  if (root === null) return 0;
  let count = 0;
  for (const child of root.children) {
    if ('tag' in child) count += countText(child, text);
    else if (child.text.trim() === text) count += 1;
  }
  return count;
}

function indexOf(root: DomElement): Index {
  let index = indexes.get(root);
  if (index === undefined) {
    index = { byId: new Map(), all: [] };
    walk(root, null, index);
    const [oldest] = indexes.keys();
    if (oldest !== undefined && indexes.size >= MAX_INDEXES) indexes.delete(oldest);
    indexes.set(root, index);
  }
  return index;
}

function walk(element: DomElement, parent: Place | null, index: Index): void {
  const { all, byId } = index;
  const place: Place = { element, parent, order: all.length };
  all.push(place);
  if (element.id !== undefined) byId.set(element.id, place);
  for (const child of element.children) {
    if ('tag' in child) walk(child, place, index);
    else if (child.id !== undefined) byId.set(child.id, place);
  }
}
