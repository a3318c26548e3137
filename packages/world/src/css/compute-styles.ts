import type { DomElement, StyleRule } from '@backlot/protocol';
import { PaintedElement, placeOf, type Place as KeyPlace } from '../painted-element.ts';
import { cascade, customProperties, type Cascaded } from './cascade.ts';
import { contentParts, contentText } from './content.ts';
import { parseInlineStyle } from './inline-style.ts';
import { emptyMask, union } from './name-mask.ts';
import { indexRules, type BoxRules, type RuleIndex } from './rule-index.ts';
import type { Context } from './share/context.ts';
import { marksOf, type Interaction, type Marks } from './share/marks.ts';
import { Sharing } from './share/sharing.ts';
import { StyledElement } from './styled-element.ts';
import { concealsChildren, isBoxless, isForcedNone, isPutAway, userAgentDisplay } from './user-agent.ts';

export type { Interaction } from './share/marks.ts';

/** A page with styles computed. */
export interface StyledDocument {
  readonly root: StyledElement;
  /** All elements in document order. */
  readonly elements: readonly StyledElement[];
  /** Labels, and elements with an id, in document order. */
  readonly landmarks: readonly StyledElement[];
  /** The first element with an id. */
  readonly byId: ReadonlyMap<string, StyledElement>;
  /** The styled form of an element of the tree; undefined for elements of other trees. */
  of(element: DomElement): StyledElement | undefined;
}

/**
 * Computes what CSS decides of a snapshot, for every element of the tree. The rules are indexed once for each array. Elements that a world
 * painted have keys: such pages share what they have in common.
 */
export function computeStyles(root: DomElement, rules: readonly StyleRule[], interaction: Interaction = {}): StyledDocument {
  const index = indexRules(rules);
  const marks = marksOf(root, interaction);
  const sharing = Sharing.of(root, index, marks);
  const fresh: Fresh[] = [];
  const styledRoot = build(root, { parent: null, context: sharing?.outermost ?? null }, { sharing, marks, fresh });
  for (const { element } of fresh) style(element, index);
  for (const each of fresh) setApart(each);
  const elements = once(() => allFrom(styledRoot));
  const lookup = once(() => new Map(elements().map((each) => [each.element, each])));
  const landmarks = once(() => landmarksIn(styledRoot));
  const byId = once(() => idsOf(landmarks()));
  return {
    root: styledRoot,
    get elements() {
      return elements();
    },
    get landmarks() {
      return landmarks();
    },
    get byId() {
      return byId();
    },
    of: (element) =>
      sharing === null
        ? lookup().get(element)
        : formOf({ element, place: element.key === undefined ? null : placeOf(element.key) }, styledRoot),
  };
}

function once<T>(work: () => T): () => T {
  let done: { readonly value: T } | undefined;
  return () => (done ??= { value: work() }).value;
}

/** An element that is looked for; `place` is null where it has no key. */
interface Wanted {
  readonly element: DomElement;
  readonly place: KeyPlace | null;
}

function formOf(wanted: Wanted, at: StyledElement): StyledElement | undefined {
  if (at.element === wanted.element) return at;
  if (wanted.place !== null && !PaintedElement.mayHold(at.element, wanted.place)) return undefined;
  for (const child of at.elements) {
    const found = formOf(wanted, child);
    if (found !== undefined) return found;
  }
  return undefined;
}

function allFrom(root: StyledElement): readonly StyledElement[] {
  const elements: StyledElement[] = [];
  const visit = (element: StyledElement): void => {
    elements.push(element);
    for (const child of element.elements) visit(child);
  };
  visit(root);
  return elements;
}

const noLandmarks: readonly StyledElement[] = [];

/** Found once for what pages share. */
function landmarksIn(element: StyledElement): readonly StyledElement[] {
  if (element.isFree && element.heard.landmarks !== undefined) return element.heard.landmarks;
  let found = element.tag === 'label' || (element.attrs['id'] ?? '') !== '' ? [element] : noLandmarks;
  for (const child of element.elements) {
    const more = landmarksIn(child);
    if (more.length > 0) found = found.length === 0 ? more : found.concat(more);
  }
  if (element.isFree) element.heard.landmarks = found;
  return found;
}

function idsOf(elements: readonly StyledElement[]): ReadonlyMap<string, StyledElement> {
  const byId = new Map<string, StyledElement>();
  for (const element of elements) {
    const { id } = element.attrs;
    if (id !== undefined && id !== '' && !byId.has(id)) byId.set(id, element);
  }
  return byId;
}

/** What a page is built with; elements that are not shared are added to `fresh`, those that contain others first. */
interface Building {
  readonly sharing: Sharing | null;
  readonly marks: Marks;
  readonly fresh: Fresh[];
}

/** An element that no page had before, with the contexts in which it and its children stand; null where nothing can be shared. */
interface Fresh {
  readonly element: StyledElement;
  readonly context: Context | null;
  readonly inner: Context | null;
}

/** Lets go of the page where other pages may have the element: once its styles are known, only the context counts. */
function setApart({ element, context, inner }: Fresh): void {
  if (context === null) return;
  const above = context.around.shell;
  if (inner !== null) inner.shell ??= element.shell(above);
  if (element.isFree) element.parent = above;
}

interface Place {
  readonly parent: StyledElement | null;
  /** Null where nothing can be shared. */
  readonly context: Context | null;
}

function build(element: DomElement, { parent, context }: Place, building: Building): StyledElement {
  const { sharing, marks, fresh } = building;
  const shared = sharing !== null && context !== null ? { sharing, context } : null;
  const known = shared?.sharing.known(element, shared.context);
  if (known !== undefined) return known;
  const styled = new StyledElement(element, parent);
  mark(styled, marks.get(element));
  const inner = shared?.sharing.contextIn(element, shared.context) ?? null;
  fresh.push({ element: styled, context, inner });
  const siblings = inner === null ? null : (sharing?.contextsOf(element, inner) ?? null);
  for (const child of element.children) {
    if ('tag' in child) {
      const kid = build(child, { parent: styled, context: siblings?.[styled.elements.length] ?? inner }, building);
      styled.nodes.push(kid);
      styled.elements.push(kid);
    } else {
      styled.nodes.push(child.text);
    }
  }
  styled.settle();
  shared?.sharing.keep(element, shared.context, styled);
  return styled;
}

function mark(element: StyledElement, letters: string | undefined): void {
  if (letters === undefined) return;
  element.hovered = letters.includes('h');
  element.focused = letters.includes('F');
  element.targeted = letters.includes('T');
}

/** Parents come before their children, so what is inherited is ready. */
function style(element: StyledElement, index: RuleIndex): void {
  const { parent } = element;
  const { own, before, after, mask } = index.candidates(element);
  element.mask = union(parent?.mask ?? emptyMask, mask);
  const text = element.attrs['style'];
  const inline = text === undefined ? null : parseInlineStyle(text);
  const inherited = parent === null ? null : parent.vars;
  element.vars = customProperties({ element, box: own, inline, vars: inherited });
  const declared = cascade({ element, box: own, inline, vars: element.vars });
  element.display = displayOf(element, declared);
  element.visibility = visibilityOf(declared.visibility, parent === null ? 'visible' : parent.visibility);
  element.rendered = isRendered(element);
  element.conceals = concealsChildren(element) || (declared.contentVisibility === 'hidden' && takesContainment(element.display));
  if (declared.content !== undefined) {
    const parts = contentParts(declared.content, true);
    if (parts !== null) element.replacement = contentText(parts, element.attrs);
  }
  if (before.rules.length > 0) element.before = generated(element, before);
  if (after.rules.length > 0) element.after = generated(element, after);
}

function displayOf(element: StyledElement, declared: Cascaded): string {
  if (isForcedNone(element)) return 'none';
  const value = declared.display?.toLowerCase();
  let display = value;
  if (value === undefined || value === 'revert' || value === 'revert-layer') display = userAgentDisplay(element);
  else if (value === 'initial' || value === 'unset') display = 'inline';
  else if (value === 'inherit') display = element.parent === null ? 'block' : element.parent.display;
  return blockified(display ?? 'inline', declared, container(element));
}

/** The display that decides about the element's box: of the nearest ancestor that has one; null for the root. */
function container(element: StyledElement): string | null {
  let at = element.parent;
  while (at !== null && at.display === 'contents') at = at.parent;
  return at === null ? null : at.display;
}

/** Flex and grid items, floats and boxes out of flow are never inline. */
function blockified(display: string, declared: Cascaded, around: string | null): string {
  if (display === 'inline flow' || display === 'inline') return isItem(around) || isOutOfFlow(declared) ? 'block' : 'inline';
  return display;
}

function isItem(around: string | null): boolean {
  return around === null || around === 'flex' || around === 'grid' || around === 'inline-flex' || around === 'inline-grid';
}

function isOutOfFlow(declared: Cascaded): boolean {
  const { position, float } = declared;
  return position === 'absolute' || position === 'fixed' || (float !== undefined && /^(left|right|inline-start|inline-end)$/.test(float));
}

function visibilityOf(value: string | undefined, inherited: string): string {
  if (value === undefined) return inherited;
  if (value === 'visible' || value === 'hidden' || value === 'collapse') return value;
  return value === 'initial' ? 'visible' : inherited;
}

function isRendered(element: StyledElement): boolean {
  const { parent } = element;
  if (element.display === 'none' || isBoxless(element)) return false;
  return parent === null || (parent.rendered && !parent.conceals && !isPutAway(element));
}

/** Content can be skipped only where the box can contain its size. */
function takesContainment(display: string): boolean {
  return display !== 'inline' && display !== 'contents' && !/^(ruby|table-(row|header|footer|column))/.test(display);
}

function generated(element: StyledElement, box: BoxRules): string {
  const vars = customProperties({ element, box, inline: null, vars: element.vars });
  const declared = cascade({ element, box, inline: null, vars });
  if (declared.content === undefined || declared.display === 'none') return '';
  if (visibilityOf(declared.visibility, element.visibility) === 'hidden') return '';
  const parts = contentParts(declared.content, false);
  if (parts === null) return '';
  const around = element.display === 'contents' ? container(element) : element.display;
  const text = contentText(parts, element.attrs);
  return blockified(declared.display ?? 'inline', declared, around ?? 'block') === 'inline' ? text : ` ${text} `;
}
