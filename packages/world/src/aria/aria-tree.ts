import type { DomElement, StyleRule } from '@backlot/protocol';
import type { Interaction } from '../css/compute-styles.ts';
import { controlValue, inputType } from '../css/form-state.ts';
import { marksOf, type Marks } from '../css/share/marks.ts';
import type { StyledElement } from '../css/styled-element.ts';
import { exact } from '../exact.ts';
import { isHidden, isTextPutAway, isTextVisible } from './hidden.ts';
import { collapse, nameOf } from './name.ts';
import { pageModel, type PageModel } from './page-model.ts';
import { roleOf } from './role.ts';
import { isPresentational } from './roles.ts';
import { SpokenNode, type AriaNode } from './spoken-node.ts';
import { statesOf, type AriaStates } from './states.ts';

export type { AriaNode } from './spoken-node.ts';

/** The accessibility tree of the body: what stands at its top. */
export function ariaTree(root: DomElement, rules: readonly StyleRule[], interaction?: Interaction): readonly (AriaNode | string)[] {
  return treeOf(pageModel(root, rules, interaction), { root, focus: interaction?.focus ?? null, textsStand: false });
}

/**
 * The same tree for agents that point at nodes: an element without a role that holds text is a node `generic`, unless what it says is in
 * the name of the node around it.
 */
export function pointableTree(root: DomElement, rules: readonly StyleRule[], interaction?: Interaction): readonly (AriaNode | string)[] {
  return treeOf(pageModel(root, rules, interaction), { root, focus: interaction?.focus ?? null, textsStand: true });
}

interface Looks extends Pick<Visit, 'focus' | 'textsStand'> {
  readonly root: DomElement;
}

function treeOf(page: PageModel, { root, focus, textsStand }: Looks): readonly (AriaNode | string)[] {
  const top = page.document.root;
  const body = top.tag === 'html' ? top.elements.find((child) => child.tag === 'body' || child.tag === 'frameset') : top;
  const fragment = draft({ role: 'fragment', name: '', element: root });
  const inFocus = marksOf(root, { focus });
  if (body !== undefined) visit({ page, focus, inFocus, textsStand, visited: new Set() }, fragment, body);
  return merged(fragment);
}

type Draft = { -readonly [K in keyof AriaNode]: AriaNode[K] } & { children: (AriaNode | string)[] };

const draft = (parts: Pick<AriaNode, 'role' | 'name' | 'element'>, states: AriaStates = {}): Draft => new SpokenNode(parts, states);

interface Visit {
  readonly page: PageModel;
  /** Key of the focused element. */
  readonly focus: string | null;
  /** Elements on the way to it. */
  readonly inFocus: Marks;
  /** Elements met so far: an owned element stands where it is met first. */
  readonly visited: Set<StyledElement>;
  /** Whether texts of elements without a role are nodes of their own. */
  readonly textsStand: boolean;
}

function visit(walk: Visit, into: Draft, element: StyledElement): void {
  const { page, visited } = walk;
  if (visited.has(element)) return;
  visited.add(element);
  if (isHidden(page, element)) return;
  const isSettled = element.isFree && into.role !== 'textbox' && into.role !== 'link' && !walk.inFocus.has(element.element);
  if (!isSettled) return say(walk, into, element);
  const known = recalled(element, into.name, walk.textsStand);
  if (known !== undefined) {
    into.children.push(...known);
    return;
  }
  const start = into.children.length;
  say(walk, into, element);
  const nodes = joined(into.children, start);
  into.children.length = start;
  into.children.push(...nodes);
  remember(element, { around: into.name, nodes }, walk.textsStand);
}

/** Adds the node of an element, or what stands for it in the node around it. */
function say(walk: Visit, into: Draft, element: StyledElement): void {
  const node = draftOf(walk, element) ?? (walk.textsStand ? textDraft(into, element) : null);
  fill(walk, node ?? into, element);
  if (node === null) return;
  node.children = merged(node);
  // An unnamed `generic` that ends up empty is not worth a line.
  if (node.role !== 'generic' || node.name !== '' || node.children.length > 0) into.children.push(node);
}

/** What an element adds to a node of that name. */
interface Saying {
  readonly around: string;
  readonly nodes: readonly (AriaNode | string)[];
}

function recalled({ heard }: StyledElement, around: string, isPointable: boolean): Saying['nodes'] | undefined {
  const known = (isPointable ? heard.pointedAt : heard.said) as Saying | undefined;
  return known?.around === around ? known.nodes : undefined;
}

function remember({ heard }: StyledElement, saying: Saying, isPointable: boolean): void {
  if (isPointable) heard.pointedAt = saying;
  else heard.said = saying;
}

/** Adds what an element shows; `into` is its own node, or the node around it where it has none. */
function fill(walk: Visit, into: Draft, element: StyledElement): void {
  const { children } = into;
  const isApart = element.display !== 'inline' || element.tag === 'br';
  if (isApart) children.push(' ');
  if (element.before !== '') children.push(element.before);
  fillContent(walk, into, element);
  if (element.after !== '') children.push(element.after);
  if (isApart) children.push(' ');
  fillProperties(into, element.attrs);
}

function fillContent(walk: Visit, into: Draft, element: StyledElement): void {
  const takesText = into.role !== 'textbox' && !isTextPutAway(element);
  const takesElements = element.tag !== 'iframe' && element.tag !== 'frame';
  for (const node of element.nodes) {
    if (typeof node !== 'string') {
      if (takesElements) visit(walk, into, node);
    } else if (takesText) {
      into.children.push(node);
    }
  }
  for (const owned of walk.page.references(element.attrs['aria-owns'])) visit(walk, into, owned);
}

function fillProperties(into: Draft, attrs: DomElement['attrs']): void {
  const { href, placeholder } = attrs;
  if (into.role === 'link' && href !== undefined) into.url = shortened(href);
  if (into.role === 'textbox' && placeholder !== undefined && placeholder !== into.name) into.placeholder = placeholder;
}

/** The data of a `data:` address is not shown. */
function shortened(url: string): string {
  const comma = url.startsWith('data:') ? url.indexOf(',') : -1;
  return comma === -1 ? url : `${url.slice(0, comma + 1)}…`;
}

function draftOf({ page, focus }: Visit, element: StyledElement): Draft | null {
  const node = nodeOf(page, element);
  if (node === null) return null;
  if (focus !== null && element.element.key === focus) node.active = true;
  if (element.attrs['aria-hidden']?.toLowerCase() === 'true') node.ariaHidden = true;
  return node;
}

/** The node of an element that has a text of its own; null where the node around it says that already, or the element has none. */
function textDraft(into: Draft, { element, nodes }: StyledElement): Draft | null {
  const own = nodes.filter((node) => typeof node === 'string').map(collapse);
  if (into.role === 'textbox' || own.every((text) => text === '' || into.name.includes(text))) return null;
  return draft({ role: 'generic', name: '', element });
}

function nodeOf(page: PageModel, element: StyledElement): Draft | null {
  if (element.tag === 'iframe' || element.tag === 'frame') return draft({ role: 'iframe', name: '', element: element.element });
  const role = roleOf(page, element);
  if (role === null || isPresentational(role)) return null;
  if (role === 'generic' && isInlineText(page, element)) return null;
  const node = draft({ role, name: nameOf(page, element), element: element.element }, statesOf(element, role));
  if (hasTextValue(element)) {
    node.value = controlValue(element);
    node.children.push(node.value);
  }
  return node;
}

function hasTextValue(element: StyledElement): boolean {
  if (element.tag === 'textarea') return true;
  const type = element.tag === 'input' ? inputType(element) : 'file';
  return type !== 'checkbox' && type !== 'radio' && type !== 'file';
}

/** True for a box in the line with nothing but one text in it. */
function isInlineText(page: PageModel, element: StyledElement): boolean {
  const [text, ...more] = element.nodes;
  if (typeof text !== 'string' || more.length > 0) return false;
  if (element.display === 'contents') return isTextVisible(element, text);
  return element.display === 'inline' && element.visible && !isHidden(page, element);
}

/** What stands in a list from some place on, neighbouring texts as one: they are said together in any case. */
function joined(children: Draft['children'], start: number): (AriaNode | string)[] {
  const nodes: (AriaNode | string)[] = [];
  let text = '';
  for (let i = start; i < children.length; i += 1) {
    const child = children[i] as AriaNode | string;
    if (typeof child === 'string') text += child;
    else {
      if (text !== '') nodes.push(text);
      text = '';
      nodes.push(child);
    }
  }
  if (text !== '') nodes.push(text);
  return exact(nodes);
}

/** Joins neighbouring texts; a lone text that repeats the name is left out. */
function merged(node: Draft): (AriaNode | string)[] {
  const children: (AriaNode | string)[] = [];
  let text = '';
  const flush = (): void => {
    const collapsed = text === '' ? '' : collapse(text);
    if (collapsed !== '') children.push(collapsed);
    text = '';
  };
  for (const child of node.children) {
    if (typeof child === 'string') {
      text += child;
    } else {
      flush();
      children.push(child);
    }
  }
  flush();
  return children.length === 1 && children[0] === node.name ? [] : exact(children);
}
