import type { DomElement, DomNode, StyleRule, Target } from '@backlot/protocol';
import { compileStyles } from '@backlot/logs';
import { accessiblePage } from '@backlot/world';
import type { Locator, Page } from 'playwright-core';

interface Taken {
  readonly root: DomElement;
  readonly sheets: readonly string[];
}

/**
 * Finds the element of a live page that a target means, by the rules that targets of logs are made by. For targets that
 * Playwright can't find, such as those without a role. Null where there is none.
 */
export async function findInTree(page: Page, target: Target): Promise<Locator | null> {
  const { root, sheets } = await page.evaluate(takeTree);
  const styles: readonly StyleRule[] = compileStyles(sheets, page.viewportSize() ?? { width: 1280, height: 800 });
  const found = accessiblePage(root, styles).find(target);
  return found?.key === undefined ? null : page.locator(`xpath=(//*)[${Number(found.key) + 1}]`);
}

/** Runs in the page: the tree as a log would hold it, every element with its place in document order as key. */
function takeTree(): Taken {
  const order = new Map([...document.querySelectorAll('*')].map((element, i) => [element, String(i)]));
  const take = (element: Element): DomElement => {
    const attrs: Record<string, string> = {};
    for (const { name, value } of element.attributes) attrs[name] = value;
    if (element instanceof HTMLInputElement && (element.type === 'checkbox' || element.type === 'radio')) {
      delete attrs['checked'];
      if (element.checked) attrs['checked'] = '';
    } else if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) attrs['value'] = element.value;
    const children = [...element.childNodes].flatMap((node): DomNode[] => {
      if (node instanceof Element) return [take(node)];
      return node.nodeType === Node.TEXT_NODE ? [{ text: node.textContent ?? '' }] : [];
    });
    const svg = element instanceof SVGElement ? { svg: true } : {};
    return { tag: element.localName, attrs, children, ...svg, key: order.get(element) ?? '' };
  };
  const sheets = [...document.styleSheets].map((sheet) => {
    try {
      const text = [...sheet.cssRules].map((rule) => rule.cssText).join('\n');
      return sheet.media.mediaText === '' ? text : `@media ${sheet.media.mediaText} {\n${text}\n}`;
    } catch {
      // A sheet of another origin can't be read.
      return '';
    }
  });
  return { root: take(document.documentElement), sheets };
}
