import type { DomElement, DomNode } from '@backlot/protocol';
import type { Aligned } from './model.ts';

/** Every element of the rendered pages with the elements around it. */
export function elementsOf(pairs: readonly Aligned[]): readonly Placed[] {
  return pairs.flatMap((pair) => {
    const found: Placed[] = [];
    const visit = (node: DomNode, around: readonly DomElement[]): void => {
      if (!('tag' in node)) return;
      found.push({ pair, element: node, around });
      for (const child of node.children) visit(child, [...around, node]);
    };
    for (const node of pair.rendered) visit(node, []);
    return found;
  });
}

/** An element of a rendered page. */
export interface Placed {
  readonly pair: Aligned;
  readonly element: DomElement;
  readonly around: readonly DomElement[];
}
