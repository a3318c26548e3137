import { isElement, type DomElement } from '@backlot/protocol';

/**
 * The style sheets of a page in document order, as recorders inline them: the text of `style` elements, or the
 * `_cssText` attribute of `style` and `link` elements. A `media` attribute becomes an `@media` block.
 */
export function styleSheetsOf(root: DomElement): string[] {
  const sheets: string[] = [];
  collect(root, sheets);
  return sheets;
}

function collect(element: DomElement, into: string[]): void {
  const text = sheetText(element);
  if (text !== null && text.trim() !== '') {
    const { media } = element.attrs;
    into.push(media === undefined || media.trim() === '' ? text : `@media ${media} {\n${text}\n}`);
  }
  for (const child of element.children) if (isElement(child)) collect(child, into);
}

function sheetText(element: DomElement): string | null {
  const { attrs, tag } = element;
  if (tag === 'link') return isActiveLink(attrs) ? (attrs['_cssText'] ?? null) : null;
  if (tag !== 'style') return null;
  return attrs['_cssText'] ?? element.children.map((child) => (isElement(child) ? '' : child.text)).join('');
}

function isActiveLink(attrs: DomElement['attrs']): boolean {
  const words = (attrs['rel'] ?? 'stylesheet').toLowerCase().split(/\s+/);
  return words.includes('stylesheet') && !words.includes('alternate') && !('disabled' in attrs);
}
