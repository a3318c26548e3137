import type { TakenNames } from './inert.ts';

/**
 * The DOM's own accessors and methods, taken from the prototypes. A page may hold `<form name="createElement">` or a field
 * named `childNodes`, which shadow the members of `document` and of forms: what is written here reads past such names.
 */

type Method = (...args: never[]) => unknown;

function getter<T extends object, K extends keyof T>(prototype: T, name: K): (target: T) => T[K] {
  const get = Object.getOwnPropertyDescriptor(prototype, name)?.get as (this: T) => T[K];
  return (target) => get.call(target);
}

function setter<T extends object, K extends keyof T>(prototype: T, name: K): (target: T, value: T[K]) => void {
  const set = Object.getOwnPropertyDescriptor(prototype, name)?.set as (this: T, value: T[K]) => void;
  return (target, value) => set.call(target, value);
}

function method<T, F extends Method>(own: F): (target: T, ...args: Parameters<F>) => ReturnType<F> {
  return (target, ...args) => Reflect.apply(own, target, args) as ReturnType<F>;
}

const doc = Document.prototype;
const createHtml: (target: Document, tag: string) => HTMLElement = method(doc.createElement as (tag: string) => HTMLElement);
const createNamed: (target: Document, namespace: string, tag: string) => Element = method(
  doc.createElementNS as (namespace: string, tag: string) => Element,
);
const createText: (target: Document, text: string) => Text = method(doc.createTextNode);
const insert: (target: Node, node: Node, before: Node | null) => Node = method(
  Node.prototype.insertBefore as (node: Node, before: Node | null) => Node,
);
const remove: (target: Node, node: Node) => Node = method(Node.prototype.removeChild as (node: Node) => Node);
const rootOf = getter(doc, 'documentElement');
const headOf = getter(doc, 'head');
const bodyOf = getter(doc, 'body');
const activeOf = getter(doc, 'activeElement');
const setTitleOf = setter(doc, 'title');
const query: (target: Document, selector: string) => Element | null = method(doc.querySelector as (selector: string) => Element | null);

const firstChild = getter(Node.prototype, 'firstChild');
const nextSibling = getter(Node.prototype, 'nextSibling');
export const parentNode = getter(Node.prototype, 'parentNode');
export const setAttribute: (target: Element, name: string, value: string) => void = method(Element.prototype.setAttribute);
const setNamed = method(Element.prototype.setAttributeNS) as (
  target: Element,
  ...args: readonly [namespace: string, name: string, value: string]
) => void;
export const removeAttribute: (target: Element, name: string) => void = method(Element.prototype.removeAttribute);

/** Sets an attribute of the XLink namespace, `xlink:href` above all. */
export const setXlink = (element: Element, name: string, value: string): void =>
  setNamed(element, 'http://www.w3.org/1999/xlink', name, value);

/** What of an element is asked by whoever looks for one by its role and name, beside what every node has. */
const asked = new Set(['assignedSlot', 'checkVisibility', 'getAttribute', 'getBoundingClientRect', 'hasAttribute', 'shadowRoot']);

/**
 * Names that documents have of themselves; and those of forms as far as looking at a page needs them: fields may well be called `title` or
 * `action`. Read off the prototypes, which no page shadows.
 */
export const takenNames: TakenNames = {
  ofDocuments: (name) => name in doc || name === 'location',
  ofForms: (name) => name in Node.prototype || asked.has(name),
};

/** A new element; tags that the browser refuses become `span`. */
export function createElement(tag: string, namespace: string | null): Element {
  try {
    return namespace === null ? createHtml(document, tag) : createNamed(document, namespace, tag);
  } catch {
    return createHtml(document, 'span');
  }
}

/** A new text node. */
export const createTextNode = (text: string): Text => createText(document, text);

/** Puts a node before another child, or last. */
export const insertBefore = (parent: Node, node: Node, before: Node | null): void => void insert(parent, node, before);

/** Takes a child away. */
export const removeChild = (parent: Node, node: Node): void => void remove(parent, node);

/** The `html` element. */
export const documentElement = (): HTMLElement => rootOf(document);

/** The `head` element, made where the document has none. */
export function headElement(): HTMLElement {
  const head = headOf(document);
  if (head) return head;
  const made = createHtml(document, 'head');
  insertBefore(documentElement(), made, firstChild(documentElement()));
  return made as HTMLHeadElement;
}

/** The `body` element, made where the document has none. */
export function bodyElement(): HTMLElement {
  const body = bodyOf(document);
  if (body) return body;
  const made = createHtml(document, 'body');
  insertBefore(documentElement(), made, null);
  return made;
}

/** The element that has the focus; null where only the document has it. */
export function focusedElement(): Element | null {
  const active = activeOf(document);
  return active === null || active === bodyElement() || active === documentElement() ? null : active;
}

/** Sets the document's title. */
export const setTitle = (title: string): void => setTitleOf(document, title);

/** First element of the document that a selector matches. */
export const querySelector = (selector: string): Element | null => query(document, selector);

/** The children of a node, in order. */
export function childNodes(parent: Node): readonly ChildNode[] {
  const nodes: ChildNode[] = [];
  for (let node = firstChild(parent); node; node = nextSibling(node)) nodes.push(node);
  return nodes;
}
