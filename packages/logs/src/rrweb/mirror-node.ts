import type { DomElement, DomNode } from '@backlot/protocol';
import { isObject } from './events.ts';
import type { Json } from './events.ts';
import type { Interner } from './interner.ts';

/** Deeper trees do not come from a browser, whose parser stops at 512. */
export const MAX_DEPTH = 1000;

const nodeTypes = { document: 0, doctype: 1, element: 2, text: 3, cdata: 4, comment: 5 } as const;

/** A node that changes as events arrive. `frozen` holds its immutable form while nothing below it has changed. */
export interface MirrorNode {
  readonly id: number;
  readonly kind: 'document' | 'element' | 'text' | 'other';
  readonly tag: string;
  readonly attrs: Map<string, string>;
  readonly svg: boolean;
  /** Belongs to a shadow root, which is not part of the page's own tree. */
  readonly shadow: boolean;
  text: string;
  parent: MirrorNode | null;
  children: MirrorNode[];
  depth: number;
  frozen: DomNode | null;
  /** The user or a script has set the live value, so the attribute no longer shows it. */
  dirty: boolean;
}

/** Reads one recorded node without its children; null where it is not a node. */
export function readNode(json: Json): MirrorNode | null {
  const { id, type } = json;
  if (typeof id !== 'number' || typeof type !== 'number') return null;
  const tag = type === nodeTypes.element && typeof json['tagName'] === 'string' ? json['tagName'].toLowerCase() : '';
  if (type === nodeTypes.element && tag === '') return null;
  const attrs = new Map<string, string>();
  if (isObject(json['attributes'])) for (const [name, value] of Object.entries(json['attributes'])) setAttribute(attrs, name, value);
  const text = typeof json['textContent'] === 'string' ? json['textContent'] : '';
  const rest = { parent: null, children: [], depth: 0, frozen: null, dirty: false };
  return { id, kind: kindOf(type), tag, attrs, svg: json['isSVG'] === true, shadow: json['isShadow'] === true, text, ...rest };
}

function kindOf(type: number): MirrorNode['kind'] {
  if (type === nodeTypes.document) return 'document';
  if (type === nodeTypes.element) return 'element';
  return type === nodeTypes.text || type === nodeTypes.cdata ? 'text' : 'other';
}

/** Sets an attribute as recorded: true is present and empty, false and null are absent. */
export function setAttribute(attrs: Map<string, string>, name: string, value: unknown): void {
  if (name === '__proto__' || (name.startsWith('rr_') && name !== 'rr_src')) return;
  if (value === null || value === undefined || value === false) attrs.delete(name);
  else if (value === true) attrs.set(name, '');
  else if (typeof value === 'string') attrs.set(name, value);
  else if (typeof value === 'number') attrs.set(name, String(value));
}

/** Notes that a node changed: it and all around it must be frozen anew. */
export function touch(node: MirrorNode | null): void {
  for (let at = node; at !== null; at = at.parent) at.frozen = null;
}

const withoutContent = new Set(['script', 'noscript']);

/** The immutable form of an element. Parts that did not change since the last time are the same objects as then. */
export function freeze(node: MirrorNode, interner: Interner): DomElement {
  if (node.frozen !== null) return node.frozen as DomElement;
  const children: DomNode[] = [];
  if (!withoutContent.has(node.tag)) for (const child of node.children) freezeChild(child, children, interner);
  const frozen: DomElement = {
    tag: interner.string(node.tag),
    attrs: interner.attrs(Object.fromEntries(node.attrs)),
    children,
    ...(node.svg ? { svg: true } : {}),
    id: node.id,
  };
  node.frozen = frozen;
  return frozen;
}

function freezeChild(child: MirrorNode, into: DomNode[], interner: Interner): void {
  if (child.shadow) return;
  if (child.kind === 'element') into.push(freeze(child, interner));
  else if (child.kind === 'text') into.push((child.frozen ??= { text: interner.string(child.text), id: child.id }));
}
