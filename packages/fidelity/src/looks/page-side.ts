import type { DomElement, DomNode } from '@backlot/protocol';
import type { Block } from './blocks.ts';

/*
 * The functions below run in a page: each is sent as text, so it must not use anything of this module.
 */

/** Puts a recorded document in place of the page's own. What would run, or load by itself, is left out. */
export function buildPage(root: DomElement): void {
  const leftOut = new Set('script noscript template base meta iframe frame frameset object embed'.split(' '));
  const sheetOf = ({ tag, attrs }: DomElement): string | null => {
    const text = attrs['_cssText'];
    if (text === undefined || (tag !== 'link' && tag !== 'style') || 'disabled' in attrs) return null;
    return tag === 'style' || /\bstylesheet\b/i.test(attrs['rel'] ?? 'stylesheet') ? text : null;
  };
  const setAttributes = (element: Element, attrs: DomElement['attrs']): void => {
    for (const [name, value] of Object.entries(attrs)) {
      if (/^on/i.test(name) || name === '_cssText' || name === 'autofocus') continue;
      try {
        element.setAttribute(name, value);
      } catch {
        // Parsers let names through that can't be set; none of them changes a look.
      }
    }
  };
  const make = (node: DomNode): Node | null => {
    if ('text' in node) return document.createTextNode(node.text);
    const sheet = sheetOf(node);
    if (sheet !== null) {
      const style = document.createElement('style');
      style.textContent = sheet;
      style.media = node.attrs['media'] ?? '';
      return style;
    }
    if (leftOut.has(node.tag) || node.tag === 'link') return null;
    return fill(
      node.svg === true ? document.createElementNS('http://www.w3.org/2000/svg', node.tag) : document.createElement(node.tag),
      node,
    );
  };
  const fill = (element: Element, { attrs, children }: DomElement): Element => {
    setAttributes(element, attrs);
    for (const child of children) {
      const made = make(child);
      if (made !== null) element.append(made);
    }
    if (element instanceof HTMLTextAreaElement && attrs['value'] !== undefined) element.textContent = attrs['value'];
    return element;
  };
  const html = document.documentElement;
  html.replaceChildren();
  fill(html, root);
}

/** Settles what would make two pictures of one page differ: fonts and pictures have come, nothing has the focus, the page is at its top. */
export async function settleLooks(): Promise<void> {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  window.scrollTo({ left: 0, top: 0, behavior: 'instant' });
  await document.fonts.ready;
  const late = [...document.images].filter((image) => !image.complete);
  await Promise.all(late.map((image) => new Promise((done) => ['load', 'error'].forEach((end) => image.addEventListener(end, done)))));
}

/** The texts that can be seen down to a height, each with its place and colour: of text nodes, and of fields. */
export function takeBlocks(height: number): Block[] {
  const blocks: Block[] = [];
  const note = (text: string, box: DOMRect, element: Element): void => {
    if (text === '' || box.width < 1 || box.height < 1 || box.bottom <= 0 || box.right <= 0 || box.top >= height) return;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return;
    const [red = 0, green = 0, blue = 0] = (getComputedStyle(element).color.match(/[\d.]+/g) ?? []).map(Number);
    blocks.push({ text, x: box.left, y: box.top, width: box.width, height: box.height, colour: [red, green, blue] });
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = (node.textContent ?? '').replace(/\s+/g, ' ').trim();
    const parent = node.parentElement;
    if (text === '' || parent === null || /^(?:script|style|option|textarea)$/.test(parent.localName)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    note(text, range.getBoundingClientRect(), parent);
  }
  for (const field of document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')) {
    if (/^(?:hidden|checkbox|radio|password)$/.test(field.type)) continue;
    note((field.value || field.placeholder).replace(/\s+/g, ' ').trim(), field.getBoundingClientRect(), field);
  }
  return blocks;
}
