import type { DomElement, DomNode, StyleRule, Target } from '@backlot/protocol';
import { compileStyles } from '@backlot/logs';
import { accessiblePage } from '@backlot/world';
import type { Locator, Page } from 'playwright-core';

/** A live document with its style sheets. */
export interface Taken {
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
export function takeTree(): Taken {
  const order = new Map([...document.querySelectorAll('*')].map((element, i) => [element, String(i)]));
  // As recorders write addresses: in full.
  const written = (element: Element, name: string, value: string): string => {
    const isAddress = (name === 'href' || name === 'src') && value.trim() !== '' && !(element instanceof SVGElement);
    return isAddress && URL.canParse(value, document.baseURI) ? new URL(value, document.baseURI).href : value;
  };
  const flag = (attrs: Record<string, string>, name: string, isOn: boolean): void => {
    delete attrs[name];
    if (isOn) attrs[name] = '';
  };
  const foldState = (element: Element, attrs: Record<string, string>): void => {
    if (element instanceof HTMLOptionElement) flag(attrs, 'selected', element.selected);
    else if (element instanceof HTMLInputElement && (element.type === 'checkbox' || element.type === 'radio'))
      flag(attrs, 'checked', element.checked);
    else if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) attrs['value'] = element.value;
  };
  const take = (element: Element): DomElement => {
    const attrs: Record<string, string> = {};
    for (const { name, value } of element.attributes) attrs[name] = written(element, name, value);
    foldState(element, attrs);
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
