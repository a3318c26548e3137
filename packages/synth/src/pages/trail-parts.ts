import type { DomElement, DomNode } from '@backlot/protocol';
import { textOf } from '@backlot/world';
import { groupTag } from '../template/align.ts';
import { contentSignature } from '../template/lists.ts';
import type { TrailEntry, TrailParts } from '../template/trail-mark.ts';

/** An element with the links in it. */
export interface LinkList {
  readonly element: DomElement;
  readonly links: readonly DomElement[];
}

/** How many nodes stand between two items; whether as many of the same kind stand before the first. */
interface Separator {
  readonly length: number;
  readonly leads: boolean;
}

const has = (node: DomNode, link: DomElement): boolean =>
  node === link || ('tag' in node && node.children.some((child) => has(child, link)));

const isAlike = (a: DomNode | undefined, b: DomNode | undefined): boolean =>
  a !== undefined && b !== undefined && 'tag' in a === 'tag' in b && contentSignature(a) === contentSignature(b);

const endsWith = (nodes: readonly DomNode[], end: readonly DomNode[]): boolean =>
  end.every((node, i) => isAlike(nodes[nodes.length - end.length + i], node));

/** Where each item stands among an element's children. */
const placesOf = ({ element, links }: LinkList): readonly number[] =>
  links.map((link) => element.children.findIndex((child) => has(child, link)));

/** What stands between the items of all lists; null where it differs, or items do not stand side by side. */
export function separatorAmong(lists: readonly LinkList[]): Separator | null {
  let found: Separator | null = null;
  for (const list of lists) {
    const places = placesOf(list);
    if (new Set(places).size < places.length) return null;
    for (const [i, place] of places.entries()) {
      if (i === 0) continue;
      const between = list.element.children.slice((places[i - 1] as number) + 1, place);
      const leads = endsWith(list.element.children.slice(0, places[0]), between);
      if (found && (found.length !== between.length || found.leads !== leads)) return null;
      found = { length: between.length, leads };
    }
  }
  return found;
}

const entryOf = (link: DomElement): TrailEntry => [link.attrs['href'] ?? '', textOf(link).trim(), link.attrs['title'] ?? ''];

/** Takes a trail apart. */
export function trailParts(list: LinkList, { length, leads, isNewestLast }: Separator & { readonly isNewestLast: boolean }): TrailParts {
  const { children } = list.element;
  const places = placesOf(list);
  const shown = list.links.map(entryOf);
  const entries = isNewestLast ? shown : shown.toReversed();
  if (places.length === 0) return { head: children, older: [], newest: [], tail: [], entries };
  const [first, last] = [places[0] as number, places.at(-1) as number];
  const items = places.map((place, i) => children.slice(i > 0 || leads ? place - length : place, place + 1));
  const newest = (isNewestLast ? items.at(-1) : items[0]) as readonly DomNode[];
  const others = isNewestLast ? items.slice(0, -1) : items.slice(1);
  const older = others.map((nodes): DomElement => ({ tag: groupTag, attrs: {}, children: nodes }));
  return { head: children.slice(0, leads ? first - length : first), older, newest, tail: children.slice(last + 1), entries };
}
