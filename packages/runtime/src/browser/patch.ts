import type { DomElement, DomNode } from '@backlot/protocol';
import { patchAttributes } from './attributes.ts';
import { setLiveProperties } from './live-properties.ts';
import { childNodes, createElement, createTextNode, insertBefore, parentNode, removeChild } from './natives.ts';
import { staysInPlace } from './stable-order.ts';
import { svgName } from './svg-names.ts';

const svgNamespace = 'http://www.w3.org/2000/svg';

/** What each live element was last made to show. */
const shown = new WeakMap<Node, DomElement>();

/** What an element shows now, as the world wrote it; undefined for elements that the world did not write. */
export function shownBy(node: Node): DomElement | undefined {
  return shown.get(node);
}

/** The nearest element, from a node upwards, that has a key in the world. */
export function keyedAncestor(node: Node | null): { readonly element: Element; readonly key: string } | null {
  for (let at = node; at; at = parentNode(at)) {
    const key = shown.get(at)?.key;
    if (key !== undefined) return { element: at as Element, key };
  }
  return null;
}

/** Keys of the elements from a node up to the root, innermost first. */
export function keysAround(node: Node | null): readonly string[] {
  const keys: string[] = [];
  for (let at = node; at; at = parentNode(at)) {
    const key = shown.get(at)?.key;
    if (key !== undefined) keys.push(key);
  }
  return keys;
}

const isElement = (node: DomNode): node is DomElement => 'tag' in node;

const isSameKind = (was: DomElement | undefined, wanted: DomElement): boolean => was?.tag === wanted.tag && was.svg === wanted.svg;

/** Finds for every wanted child the present one that becomes it: by key and tag for elements, in order for texts; -1 for none. */
function matchChildren(present: readonly ChildNode[], wanted: readonly DomNode[]): readonly number[] {
  const byKey = new Map<string, number>();
  const keyless: number[] = [];
  const texts: number[] = [];
  for (const [i, node] of present.entries()) {
    const was = shown.get(node);
    if (was?.key !== undefined) byKey.set(was.key, i);
    else if (was) keyless.push(i);
    else if (node.nodeType === Node.TEXT_NODE) texts.push(i);
  }
  return wanted.map((node) => {
    if (!isElement(node)) return texts.shift() ?? -1;
    const at = node.key === undefined ? keyless.shift() : byKey.get(node.key);
    if (at === undefined || !isSameKind(shown.get(present[at] as Node), node)) return -1;
    if (node.key !== undefined) byKey.delete(node.key);
    return at;
  });
}

function make(wanted: DomNode): Node {
  if (!isElement(wanted)) return createTextNode(wanted.text);
  return wanted.svg === true ? createElement(svgName(wanted.tag), svgNamespace) : createElement(wanted.tag, null);
}

function update(node: Node, wanted: DomNode, byKey: Map<string, Element>): void {
  if (isElement(wanted)) patchElement(node as Element, wanted, byKey);
  else if ((node as Text).data !== wanted.text) (node as Text).data = wanted.text;
}

/** Makes the children of a node those that are wanted, moving and making as few as possible. */
export function patchChildren(parent: Node, wanted: readonly DomNode[], byKey: Map<string, Element>): void {
  const present = childNodes(parent);
  const places = matchChildren(present, wanted);
  const kept = new Set(places);
  for (const [i, node] of present.entries()) if (!kept.has(i)) removeChild(parent, node);
  const stays = staysInPlace(places);
  const nodes = wanted.map((child, i) => {
    const node = present[places[i] as number] ?? make(child);
    update(node, child, byKey);
    return node;
  });
  let next: Node | null = null;
  for (let i = nodes.length - 1; i >= 0; i--) {
    const node = nodes[i] as Node;
    if (stays[i] !== true) insertBefore(parent, node, next);
    next = node;
  }
}

/** Makes the attributes of one element what is wanted, and leaves its children alone. */
export function patchShell(element: Element, wanted: DomElement): void {
  patchAttributes(element, wanted, shown.get(element));
  shown.set(element, wanted);
}

/** Makes one element what is wanted, with all that is below it, and notes it under its key in `byKey`. */
export function patchElement(element: Element, wanted: DomElement, byKey: Map<string, Element>): void {
  patchShell(element, wanted);
  if (wanted.key !== undefined) byKey.set(wanted.key, element);
  // The text of an inert style sheet or script is of no use, and a live one must never be.
  if (wanted.tag !== 'script' && wanted.tag !== 'style') patchChildren(element, wanted.children, byKey);
  setLiveProperties(element, wanted, shownBy);
}
