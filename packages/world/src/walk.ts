import type { DomElement, DomNode } from '@backlot/protocol';
import { PaintedElement, placeOf, type Place } from './painted-element.ts';

/** The way from the root down to the element with a key, root first; empty where there is none. */
export function pathToKey(root: DomElement, key: string): readonly DomElement[] {
  const path: DomElement[] = [];
  return descend(root, { key, place: placeOf(key), path }) ? path : [];
}

interface Descent {
  readonly key: string;
  readonly place: Place;
  readonly path: DomElement[];
}

function descend(element: DomElement, descent: Descent): boolean {
  if (element.key !== descent.key && !PaintedElement.mayHold(element, descent.place)) return false;
  descent.path.push(element);
  if (element.key === descent.key) return true;
  for (const child of element.children) if ('tag' in child && descend(child, descent)) return true;
  descent.path.pop();
  return false;
}

function search(element: DomElement, wanted: (element: DomElement) => boolean): readonly DomElement[] {
  if (wanted(element)) return [element];
  for (const child of element.children) {
    if (!('tag' in child)) continue;
    const path = search(child, wanted);
    if (path.length > 0) return [element, ...path];
  }
  return [];
}

/** The way from the root down to an element of its tree, root first; empty where it is not there. */
export function pathToElement(root: DomElement, element: DomElement): readonly DomElement[] {
  return search(root, (other) => other === element);
}

/** First element in document order, below or at `root`, that satisfies `wanted`. */
export function findElement(root: DomElement, wanted: (element: DomElement) => boolean): DomElement | undefined {
  return search(root, wanted).at(-1);
}

/** All elements below or at `root` that satisfy `wanted`, in document order. */
export function findAll(root: DomElement, wanted: (element: DomElement) => boolean): readonly DomElement[] {
  const found: DomElement[] = [];
  const visit = (node: DomNode): void => {
    if (!('tag' in node)) return;
    if (wanted(node)) found.push(node);
    node.children.forEach(visit);
  };
  visit(root);
  return found;
}

/** Text below a node, as it stands. */
export function textOf(node: DomNode): string {
  return 'text' in node ? node.text : node.children.map(textOf).join('');
}
