import type { Action, Target } from '@backlot/protocol';
import type { Locator, Page } from 'playwright-core';
import { findInTree } from './page-tree.ts';

/** Longest time an element may need to become one that can be acted on, in milliseconds. */
const patience = 3000;

/** The role that targets give to elements without one. */
const noRole = 'generic';

/**
 * Carries out one action on a page of a real application, as a person would: elements by role, exact name and place; hidden
 * ones by pointing first at what surrounds them.
 * @throws where the action can't be carried out
 */
export async function actOnPage(page: Page, baseURL: string, action: Action): Promise<void> {
  const { kind, target, value = '' } = action;
  switch (kind) {
    case 'goto':
      await page.goto(new URL(value, `${baseURL}/`).href);
      return;
    case 'reload':
      await page.reload();
      return;
    case 'back':
      await page.goBack();
      return;
    case 'forward':
      await page.goForward();
      return;
    case 'wait':
      await page.waitForTimeout(Number(value) || 1000);
      return;
    default:
  }
  if (target === undefined) await page.keyboard.press(value);
  else await actOnTarget(page, target, action);
}

/** Where suggestions of the field that has the focus cover what comes next, a person leaves the field. */
async function actOnTarget(page: Page, target: Target, action: Action): Promise<void> {
  try {
    await actOnElement(await locate(page, target), action);
  } catch (error) {
    // It was done, and only what follows took long: that is waited for by the driver.
    if (isTimeout(error) && error.message.includes('action done')) return;
    if (!isCovered(error) || !(await page.evaluate(isInField))) throw error;
    await page.keyboard.press('Tab');
    await actOnElement(await locate(page, target), action);
  }
}

/** Told by its name, so that a process which drives no browser loads none of Playwright. */
const isTimeout = (error: unknown): error is Error => error instanceof Error && error.name === 'TimeoutError';

/** True where something else lay over the element all the time, so that nothing was done to it. */
const isCovered = (error: unknown): boolean => isTimeout(error) && error.message.includes('intercepts pointer events');

/** Runs in the page: whether a field that takes text has the focus. */
function isInField(): boolean {
  const active = document.activeElement;
  return active instanceof HTMLTextAreaElement || (active instanceof HTMLInputElement && active.selectionStart !== null);
}

async function actOnElement(element: Locator, { kind, value = '' }: Action): Promise<void> {
  const options = { timeout: patience };
  switch (kind) {
    case 'fill':
      return element.fill(value, options);
    case 'select':
      await element.selectOption({ label: value }, options);
      return;
    case 'press':
      return element.press(value, options);
    case 'dblclick':
      return element.dblclick(options);
    case 'hover':
      return element.hover(options);
    case 'check':
    case 'uncheck':
      // A box may go away once it is clicked, so its state is not waited for.
      if ((await element.isChecked(options)) !== (kind === 'check')) await element.click(options);
      return;
    default:
      return element.click(options);
  }
}

async function locate(page: Page, target: Target): Promise<Locator> {
  const found = target.role === noRole ? await findInTree(page, target) : await byRole(page, target);
  if (found === null) {
    throw new Error(`The real page shows no ${target.role} "${target.name}"${target.nth === 0 ? '' : `, number ${target.nth + 1}`}.`);
  }
  return found;
}

async function byRole(page: Page, { role, name, nth }: Target): Promise<Locator | null> {
  const find = (includeHidden: boolean): Locator =>
    page.getByRole(role as Parameters<Page['getByRole']>[0], { name, exact: true, includeHidden });
  const visible = find(false);
  if ((await visible.count()) > nth) return visible.nth(nth);
  const hidden = find(true).nth(nth);
  if ((await hidden.count()) === 0) return null;
  const around = (await hidden.evaluateHandle(visibleAround)).asElement();
  await around?.hover({ timeout: patience });
  return hidden;
}

/** Runs in the page: the nearest element around one that can be seen. */
function visibleAround(element: Element): Element | null {
  let at = element.parentElement;
  while (at !== null && !at.checkVisibility({ visibilityProperty: true })) at = at.parentElement;
  return at;
}
