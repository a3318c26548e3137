import type { DomElement } from '@backlot/protocol';
import { exact } from '../exact.ts';
import { emptyMask, type NameMask } from './name-mask.ts';

/** A text node's text, or an element. */
export type StyledNode = StyledElement | string;

/** The text of generated content: literal parts and attribute references, in order. */
export type ContentPart = string | { readonly attr: string };

/** Answers about an element: undefined before they were asked for. */
export interface Heard {
  role: string | null | undefined;
  hidden: boolean | undefined;
  /** Whether it, or one that contains it, is not displayed or is hidden by ARIA. */
  concealed: boolean | undefined;
  name: string | undefined;
  /** The name that takes hidden parts in. */
  fullName: string | undefined;
  /** What it adds to snapshots, and to trees of which every text can be pointed at; known to whoever made it. */
  said: unknown;
  pointedAt: unknown;
  /** Elements at or below it by their role, as far as pages that share it were asked for them. */
  ofRole: Map<string, readonly StyledElement[]> | undefined;
  /** Labels, and elements with an id, at or below it. */
  landmarks: readonly StyledElement[] | undefined;
  /** Of a select, the options that are chosen. */
  chosen: readonly StyledElement[] | undefined;
}

const unheard: Heard = {
  role: undefined,
  hidden: undefined,
  concealed: undefined,
  name: undefined,
  fullName: undefined,
  said: undefined,
  pointedAt: undefined,
  ofRole: undefined,
  landmarks: undefined,
  chosen: undefined,
};

/**
 * An element of a page with its neighbours and what CSS decides of it. Built by `computeStyles`; to be read only.
 */
export class StyledElement {
  readonly element: DomElement;
  /** Of an element that pages share only what stands for all that may contain it. */
  parent: StyledElement | null;
  readonly tag: string;
  readonly attrs: Readonly<Record<string, string>>;
  /** Position among the parent's child elements. */
  readonly place: number;
  /** True for elements of the SVG namespace. */
  readonly svg: boolean;
  nodes: StyledNode[] = [];
  elements: StyledElement[] = [];

  hovered = false;
  focused = false;
  targeted = false;

  /** Computed `display`, blockified where layout does so. */
  display = 'inline';
  /** Computed `visibility`. */
  visibility = 'visible';
  /** False inside `display: none`, closed details, and wherever else the browser makes no boxes. */
  rendered = true;
  /** Keeps its descendants from being rendered. */
  conceals = false;
  /** Text of `::before` and `::after`, set apart by spaces where the box is a block; empty without one. */
  before = '';
  after = '';
  /** Alternative text that replaces the element's own content in names (`content: … / "text"`). */
  replacement: string | undefined = undefined;
  vars: Readonly<Record<string, string>> | null = null;
  /** Ids and classes of the element and its ancestors. */
  mask: NameMask = emptyMask;
  /** What assistive technology makes of it, as far as it was asked. */
  readonly heard: Heard = { ...unheard };
  /** True where it hangs on nothing outside but its context, so that it may stand in several pages. */
  isFree = false;

  #classes: readonly string[] | null = null;

  constructor(element: DomElement, parent: StyledElement | null) {
    this.element = element;
    this.parent = parent;
    this.tag = element.tag;
    this.attrs = element.attrs;
    this.place = parent === null ? 0 : parent.elements.length;
    this.svg = element.svg === true || element.tag === 'svg';
  }

  /** Told once all that it contains is there. */
  settle(): void {
    this.nodes = exact(this.nodes);
    this.elements = exact(this.elements);
  }

  /** The element without what it contains, within another one: enough for whatever looks up to it. */
  shell(parent: StyledElement | null): StyledElement {
    const { tag, attrs, svg } = this;
    const shell = new StyledElement({ tag, attrs, children: [], ...(svg ? { svg } : {}) }, parent);
    const { hovered, focused, targeted, display, visibility, rendered, conceals, before, after, vars, mask } = this;
    return Object.assign(shell, { hovered, focused, targeted, display, visibility, rendered, conceals, before, after, vars, mask });
  }

  /** Names in the `class` attribute. */
  get classes(): readonly string[] {
    this.#classes ??= splitWords(this.attrs['class'] ?? '');
    return this.#classes;
  }

  /** True if the element has a box and `visibility` lets it be seen. */
  get visible(): boolean {
    return this.rendered && this.display !== 'contents' && this.visibility === 'visible';
  }

  get previous(): StyledElement | null {
    return this.parent?.elements[this.place - 1] ?? null;
  }

  get next(): StyledElement | null {
    return this.parent?.elements[this.place + 1] ?? null;
  }
}

/** The nearest element with this tag, the element itself included. */
export function closest(element: StyledElement, tag: string): StyledElement | null {
  let at: StyledElement | null = element;
  while (at !== null && at.tag !== tag) at = at.parent;
  return at;
}

/** Text of all descendants, as `textContent` gives it. */
export function textContent(element: StyledElement): string {
  let text = '';
  for (const node of element.nodes) text += typeof node === 'string' ? node : textContent(node);
  return text;
}

/** All descendants in document order, without the element itself. */
export function* descendants(element: StyledElement): Generator<StyledElement> {
  for (const child of element.elements) {
    yield child;
    yield* descendants(child);
  }
}

/** Words between runs of HTML white space. */
export function splitWords(text: string): readonly string[] {
  return exact(text.split(/[ \t\n\f\r]+/).filter((word) => word !== ''));
}
