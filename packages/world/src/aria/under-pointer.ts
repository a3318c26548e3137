import type { DomElement, DomNode } from '@backlot/protocol';
import type { Interaction } from '../css/index.ts';

const key = 'pointer';

/** A page and where the pointer rests on it. */
export interface PointedPage {
  readonly root: DomElement;
  readonly interaction: Interaction;
}

/** The page with the pointer over the element that has this recorder id; the tree given is left as it is. */
export function underPointer(root: DomElement, id: number): PointedPage {
  return { root: withKey(root, id), interaction: { hover: key } };
}

function withKey(root: DomElement, id: number): DomElement {
  if (root.id === id) return { ...root, key };
  return { ...root, children: root.children.map((child: DomNode) => ('tag' in child ? withKey(child, id) : child)) };
}
