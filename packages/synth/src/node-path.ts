import type { DomElement } from '@backlot/protocol';

/** The form around the element with an id. */
export function formAround(root: DomElement, id: number | undefined): DomElement | undefined {
  return id === undefined ? undefined : pathToId(root, id).findLast(({ tag }) => tag === 'form');
}

/** The elements from a root down to the one with an id, both included; empty where there is none. */
export function pathToId(root: DomElement, id: number): readonly DomElement[] {
  if (root.id === id) return [root];
  for (const child of root.children) {
    const path = 'tag' in child ? pathToId(child, id) : [];
    if (path.length > 0) return [root, ...path];
  }
  return [];
}
