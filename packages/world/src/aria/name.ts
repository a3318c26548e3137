import type { StyledElement } from '../css/styled-element.ts';
import { embeddedValue } from './embedded-value.ts';
import { isHidden, isIgnored, isTextPutAway } from './hidden.ts';
import type { Subject, Walk } from './name-walk.ts';
import { nativeName } from './native-name.ts';
import type { PageModel } from './page-model.ts';
import { roleOf } from './role.ts';
import { contributesContent, isPresentational, namedByContent, namelessRoles } from './roles.ts';

/** The accessible name with white space collapsed; with hidden parts too where asked. */
export function nameOf(page: PageModel, element: StyledElement, includeHidden = false): string {
  const { heard } = element;
  let name = includeHidden ? heard.fullName : heard.name;
  if (name === undefined) {
    const isNameless = namelessRoles.has(roleOf(page, element) ?? '');
    const walk: Walk = { page, visited: new Set(), includeHidden, place: 'self', via: {}, read: textAlternative };
    name = isNameless ? '' : collapse(textAlternative(element, walk));
    if (includeHidden) heard.fullName = name;
    else heard.name = name;
  }
  return name;
}

const uneven = /[\u200b\u00ad]|[^\S ]| {2}/;

/** Drops invisible characters, collapses white space and trims. */
export function collapse(text: string): string {
  const trimmed = text.trim();
  if (!uneven.test(trimmed)) return trimmed;
  return text
    .replace(/[\u200b\u00ad]/g, '')
    .trim()
    .replace(/\s+/g, ' ');
}

/** The heart of the accessible name computation. */
function textAlternative(element: StyledElement, walk: Walk): string {
  if (walk.visited.has(element)) return '';
  if (isLeftOut(element, walk)) {
    walk.visited.add(element);
    return '';
  }
  const { page } = walk;
  const labelledBy = labellingElements(page, element);
  const referred = walk.via.labelledBy === undefined && labelledBy !== null ? referredText(labelledBy, walk) : '';
  if (referred !== '') return referred;
  const inner: Walk = walk.place === 'self' ? { ...walk, place: 'inside' } : walk;
  const subject: Subject = { walk, inner, role: roleOf(page, element) ?? '', labelledBy };
  const own = ownText(element, subject);
  walk.visited.add(element);
  return own ?? contentOrTitle(element, subject);
}

function contentOrTitle(element: StyledElement, { walk, inner, role }: Subject): string {
  if (takesContent(element, role, walk)) {
    const content = contentOf(element, inner);
    if ((walk.place === 'self' ? content.trim() : content) !== '') return content;
  }
  const title = element.attrs['title'] ?? '';
  return title.trim() !== '' && (!isPresentational(role) || isFrame(element)) ? title : '';
}

function isFrame(element: StyledElement): boolean {
  return element.tag === 'iframe' || element.tag === 'frame';
}

function isLeftOut(element: StyledElement, walk: Walk): boolean {
  if (walk.includeHidden) return false;
  return isIgnored(element) || (!isBehindHidden(walk) && isHidden(walk.page, element));
}

/** True where the walk went through a reference to something hidden: then hidden text counts. */
function isBehindHidden({ via }: Walk): boolean {
  return via.labelledBy === true || via.label === true || via.native === true;
}

function labellingElements(page: PageModel, element: StyledElement): readonly StyledElement[] | null {
  const found = page.references(element.attrs['aria-labelledby']);
  return found.length === 0 ? null : found;
}

function referredText(elements: readonly StyledElement[], walk: Walk): string {
  const text = (element: StyledElement): string =>
    textAlternative(element, { ...walk, place: 'elsewhere', via: { labelledBy: isHidden(walk.page, element) } });
  return elements.map(text).join(' ');
}

/** Text from the element's value, `aria-label`, or what HTML names it by; undefined where the content decides. */
function ownText(element: StyledElement, subject: Subject): string | undefined {
  const { walk, role, labelledBy } = subject;
  const isPart = walk.via.label !== undefined || walk.via.labelledBy !== undefined || walk.place === 'inside';
  if (isPart && labelledBy?.includes(element) !== true) {
    const value = embeddedValue(element, subject);
    if (value !== undefined) return value;
  }
  const label = element.attrs['aria-label'] ?? '';
  if (label.trim() !== '') return label;
  return isPresentational(role) ? undefined : nativeName(element, subject);
}

function takesContent(element: StyledElement, role: string, { via, place }: Walk): boolean {
  if (namedByContent.has(role) || (place === 'inside' && contributesContent.has(role))) return true;
  if (element.tag === 'summary' && !isPresentational(role)) return true;
  return via.labelledBy !== undefined || via.label !== undefined || via.native !== undefined;
}

/** Text of generated content, children and owned elements; blocks stand apart by spaces. */
function contentOf(element: StyledElement, walk: Walk): string {
  const middle = element.replacement ?? childrenText(element, walk);
  return element.before + middle + element.after;
}

function childrenText(element: StyledElement, walk: Walk): string {
  const skipsText = !walk.includeHidden && !isBehindHidden(walk) && isTextPutAway(element);
  let text = '';
  for (const node of element.nodes) {
    if (typeof node !== 'string') text += spacedText(node, walk);
    else if (!skipsText) text += node;
  }
  for (const owned of walk.page.references(element.attrs['aria-owns'])) text += spacedText(owned, walk);
  return text;
}

function spacedText(element: StyledElement, walk: Walk): string {
  const text = textAlternative(element, walk);
  return element.display === 'inline' && element.tag !== 'br' ? text : ` ${text} `;
}
