import type { DomElement } from '@backlot/protocol';

/**
 * The page's document as a canonical DOM, live form state folded into the attributes and style sheets written out.
 * Runs inside the page, so it stands on its own.
 */
export function liveDom(): DomElement {
  const foldInput = (input: HTMLInputElement, attrs: Record<string, string>): void => {
    if (input.type === 'checkbox' || input.type === 'radio') foldFlag(attrs, 'checked', input.checked);
    else if (input.type !== 'file') attrs['value'] = input.value;
  };
  const foldFlag = (attrs: Record<string, string>, name: string, on: boolean): void => {
    delete attrs[name];
    if (on) attrs[name] = '';
  };
  const attributesOf = (element: Element): Record<string, string> => {
    const attrs: Record<string, string> = {};
    for (const { name, value } of element.attributes) attrs[name] = value;
    if (element instanceof HTMLInputElement) foldInput(element, attrs);
    if (element instanceof HTMLTextAreaElement) attrs['value'] = element.value;
    if (element instanceof HTMLOptionElement) foldFlag(attrs, 'selected', element.selected);
    if (element instanceof HTMLLinkElement && element.sheet !== null) {
      attrs['_cssText'] = [...element.sheet.cssRules].map((rule) => rule.cssText).join('\n');
    }
    return attrs;
  };
  const convert = (element: Element): DomElement => {
    const children: DomElement['children'][number][] = [];
    for (const node of element.childNodes) {
      if (node instanceof Element) children.push(convert(node));
      else if (node instanceof Text) children.push({ text: node.data });
    }
    const svg = element.namespaceURI === 'http://www.w3.org/2000/svg';
    return { tag: element.localName.toLowerCase(), attrs: attributesOf(element), children, ...(svg ? { svg } : {}) };
  };
  return convert(document.documentElement);
}
