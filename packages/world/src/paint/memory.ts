import type { DomElement, DomNode } from '@backlot/protocol';
import { isSameReading } from '../expr/reads.ts';
import type { ElementTemplate } from './plan.ts';

/** An element as it came out once, and what it came from; `reading` is null where that can't be told. */
export interface Painting {
  readonly rowIds: string;
  readonly reading: readonly unknown[] | null;
  readonly element: DomElement;
}

/** How many paintings of an element are kept for each row, or for all where there is no row around. */
const mostPaintings = 4;

const all = new WeakMap<ElementTemplate, WeakMap<object, Painting[]>>();

/** The latest paintings of a template for the innermost row around, newest first. */
export function paintingsOf(template: ElementTemplate, owner: object): Painting[] {
  let owners = all.get(template);
  if (owners === undefined) {
    owners = new WeakMap();
    all.set(template, owners);
  }
  let paintings = owners.get(owner);
  if (paintings === undefined) {
    paintings = [];
    owners.set(owner, paintings);
  }
  return paintings;
}

/** The element as it came out of the same reading. */
export function known(paintings: readonly Painting[], rowIds: string, reading: readonly unknown[]): DomElement | undefined {
  for (const painting of paintings)
    if (painting.reading !== null && painting.rowIds === rowIds && isSameReading(painting.reading, reading)) return painting.element;
  return undefined;
}

export function remember(paintings: Painting[], painting: Painting): void {
  const at = painting.reading === null ? paintings.findIndex(({ element }) => element === painting.element) : -1;
  if (at >= 0) return;
  paintings.unshift(painting);
  if (paintings.length > mostPaintings) paintings.pop();
}

/** A painting that looks the same in everything, where there is one: what did not change stays the same object. */
export function alike(paintings: readonly Painting[], element: DomElement): DomElement {
  for (const painting of paintings) if (isAlike(painting.element, element)) return painting.element;
  return element;
}

function isAlike(a: DomElement, b: DomElement): boolean {
  if (a.key !== b.key || a.children.length !== b.children.length) return false;
  return (a.attrs === b.attrs || haveSameAttributes(a.attrs, b.attrs)) && a.children.every((child, i) => isSameNode(child, b.children[i]));
}

/** The same names in the same order, with the same values. */
function haveSameAttributes(a: DomElement['attrs'], b: DomElement['attrs']): boolean {
  const [left, right] = [Object.keys(a), Object.keys(b)];
  return left.length === right.length && left.every((name, i) => name === right[i] && a[name] === b[name]);
}

function isSameNode(a: DomNode, b: DomNode | undefined): boolean {
  return a === b || (b !== undefined && 'text' in a && 'text' in b && a.text === b.text);
}
