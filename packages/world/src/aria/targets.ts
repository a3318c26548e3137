import type { DomElement, StyleRule, Target } from '@backlot/protocol';
import type { Interaction } from '../css/compute-styles.ts';
import type { StyledElement } from '../css/styled-element.ts';
import { isHidden } from './hidden.ts';
import { collapse, nameOf } from './name.ts';
import { pageModel, type PageModel } from './page-model.ts';
import { roleOf } from './role.ts';

/** The role given out for elements that have none. */
const noRole = 'generic';

/** An element as assistive technology meets it. */
export interface AccessibleElement {
  readonly role: string;
  readonly name: string;
  readonly element: DomElement;
  readonly hidden: boolean;
}

/** A target, and whether the element is hidden. */
export interface DescribedElement extends Target {
  readonly hidden: boolean;
}

/** A page asked for its elements. Answers are remembered with the tree, which must not change. */
export interface AccessiblePage {
  /**
   * The target by which `getByRole(role, { name, exact: true }).nth(nth)` finds the element. A hidden element is
   * described as if all were visible (`includeHidden: true`). Elements without a role are given the role `generic`,
   * which only `find` understands. Throws where the element is not in the tree.
   */
  describe(element: DomElement): DescribedElement;
  /** The element that a target means: among the visible ones, else among all. Null where there is none. */
  find(target: Target): DomElement | null;
  /** All elements with a role other than `generic`, in document order. Hidden ones are named as if they were visible. */
  elements(): readonly AccessibleElement[];
}

/** Looks at a tree as assistive technology does, with the pointer and the focus where the interaction has them. */
export function accessiblePage(root: DomElement, rules: readonly StyleRule[], interaction?: Interaction): AccessiblePage {
  const page = pageModel(root, rules, interaction);
  return {
    describe: (element) => describe(page, element),
    find: (target) => find(page, target),
    elements: () => elements(page),
  };
}

/** See `AccessiblePage.describe`. */
export function describeElement(root: DomElement, rules: readonly StyleRule[], element: DomElement): DescribedElement {
  return describe(pageModel(root, rules), element);
}

/** See `AccessiblePage.elements`. */
export function accessibleElements(root: DomElement, rules: readonly StyleRule[], interaction?: Interaction): readonly AccessibleElement[] {
  return elements(pageModel(root, rules, interaction));
}

function describe(page: PageModel, element: DomElement): DescribedElement {
  const styled = page.document.of(element);
  if (styled === undefined) throw new Error(`The <${element.tag}> element is not in the given tree: pass an element of the same root.`);
  const hidden = isHidden(page, styled);
  const role = roleOf(page, styled) ?? noRole;
  const name = nameOf(page, styled, hidden);
  let nth = 0;
  for (const other of alike(page, { role, name, hidden })) {
    if (other === styled) break;
    nth += 1;
  }
  return { role, name, nth, hidden };
}

function find(page: PageModel, target: Target): DomElement | null {
  const asked = `${target.role}\n${target.nth}\n${target.name}`;
  let element = page.found.get(asked);
  if (element === undefined) {
    element = look(page, target);
    page.found.set(asked, element);
  }
  return element;
}

function look(page: PageModel, target: Target): DomElement | null {
  const name = collapse(target.name);
  for (const hidden of [false, true]) {
    let nth = 0;
    for (const element of alike(page, { role: target.role, name, hidden })) {
      if (nth === target.nth) return element.element;
      nth += 1;
    }
  }
  return null;
}

/** Elements with the role and name, in document order: visible ones, or with `hidden` all. */
function* alike(page: PageModel, wanted: { role: string; name: string; hidden: boolean }): Generator<StyledElement> {
  for (const element of ofRole(page, page.document.root, wanted.role)) {
    if (!wanted.hidden && isHidden(page, element)) continue;
    if (nameOf(page, element, wanted.hidden) === wanted.name) yield element;
  }
}

/** Elements with the role at or below one, in document order; found once for what pages share. */
function ofRole(page: PageModel, element: StyledElement, role: string): readonly StyledElement[] {
  const known = element.isFree ? element.heard.ofRole?.get(role) : undefined;
  if (known !== undefined) return known;
  let found: readonly StyledElement[] = (roleOf(page, element) ?? noRole) === role ? [element] : none;
  for (const child of element.elements) {
    const more = ofRole(page, child, role);
    if (more.length > 0) found = found.length === 0 ? more : found.concat(more);
  }
  if (element.isFree) (element.heard.ofRole ??= new Map()).set(role, found);
  return found;
}

const none: readonly StyledElement[] = [];

function elements(page: PageModel): readonly AccessibleElement[] {
  const found: AccessibleElement[] = [];
  for (const element of page.document.elements) {
    const role = roleOf(page, element);
    if (role === null || role === noRole) continue;
    const hidden = isHidden(page, element);
    found.push({ role, name: nameOf(page, element, hidden), element: element.element, hidden });
  }
  return found;
}
