import type { DomElement, DomNode, Row } from '@backlot/protocol';
import type { Reading } from '../expr/reads.ts';
import type { Scope } from '../expr/scope.ts';
import { remembered } from '../remembered.ts';
import { haveSameAttributes } from '../same-attributes.ts';
import type { ElementPlan, Painting } from './plan.ts';

/** How many paintings of an element are kept for each row, or for all where there is no row around. */
const mostPaintings = 4;

/** The latest paintings of elements by the innermost row around. */
export type RowMemory = Map<ElementPlan, Painting[]>;

const ofRows = new WeakMap<Row, RowMemory>();

/** What is remembered of elements in a row; rows never change. */
export function memoryOf(row: Row): RowMemory {
  return remembered(ofRows, row, () => new Map());
}

/** The latest paintings of a plan, newest first. */
export function paintingsOf(plan: ElementPlan, memory: RowMemory | null): Painting[] {
  return memory === null ? plan.paintings : remembered(memory, plan, () => []);
}

/** The element as it came out where everything read the same. */
export function known(paintings: readonly Painting[], read: Reading, { scope, rowIds }: Around): DomElement | undefined {
  for (const painting of paintings)
    if (painting.reading !== null && painting.rowIds === rowIds && read.isSame(painting.reading, scope)) return painting.element;
  return undefined;
}

/** What an element is painted in. */
interface Around {
  readonly scope: Scope;
  readonly rowIds: string;
}

export function remember(paintings: Painting[], painting: Painting): void {
  if (painting.reading === null && paintings.some(({ element }) => element === painting.element)) return;
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
  if (!a.children.every((child, i) => isSameNode(child, b.children[i]))) return false;
  return haveSameAttributes(a.attrs, b.attrs);
}

function isSameNode(a: DomNode, b: DomNode | undefined): boolean {
  return a === b || (b !== undefined && 'text' in a && 'text' in b && a.text === b.text);
}
