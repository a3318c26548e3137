import { closest, type StyledElement } from '../css/styled-element.ts';
import type { PageModel } from './page-model.ts';

const ignoredTags = new Set(['style', 'script', 'noscript', 'template']);

/** True for elements that assistive technology never reads. */
export function isIgnored(element: StyledElement): boolean {
  return ignoredTags.has(element.tag);
}

/** True if assistive technology does not see the element. */
export function isHidden(page: PageModel, element: StyledElement): boolean {
  let hidden = element.heard.hidden;
  if (hidden === undefined) {
    hidden = computeHidden(page, element);
    element.heard.hidden = hidden;
  }
  return hidden;
}

function computeHidden(page: PageModel, element: StyledElement): boolean {
  if (isIgnored(element)) return true;
  const isSlot = element.tag === 'slot';
  if (element.display === 'contents' && !isSlot) return !showsContents(page, element);
  const isOption = element.tag === 'option' && closest(element, 'select') !== null;
  return (!isOption && !isSlot && !element.visible) || isConcealed(element);
}

/** An element without a box is as visible as what it contains. */
function showsContents(page: PageModel, element: StyledElement): boolean {
  return element.nodes.some((node) => (typeof node === 'string' ? isTextVisible(element, node) : !isHidden(page, node)));
}

/** True if the text takes up room. */
export function isTextVisible(parent: StyledElement, text: string): boolean {
  return parent.rendered && !parent.conceals && /[^ \t\n\r\f]/.test(text);
}

/** True if the element or one that contains it is not displayed or is hidden by ARIA. */
function isConcealed(element: StyledElement): boolean {
  let concealed = element.heard.concealed;
  if (concealed === undefined) {
    const own = element.display === 'none' || element.attrs['aria-hidden']?.toLowerCase() === 'true';
    concealed = own || (element.parent !== null && isConcealed(element.parent));
    element.heard.concealed = concealed;
  }
  return concealed;
}

/** True for text directly in closed details. */
export function isTextPutAway(parent: StyledElement): boolean {
  return parent.tag === 'details' && !('open' in parent.attrs);
}
