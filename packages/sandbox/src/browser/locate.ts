import type { State, Target, World } from '@backlot/protocol';
import { pathToKey, render, resolveAction } from '@backlot/world';
import type { ElementHandle, Locator, Page } from 'playwright-core';
import type { ActedElement } from '../engine/legality.ts';
import { hiddenElement, noSuchElement } from '../engine/wording.ts';
import { inspect, standsOpen, visibleAround, visibleLabel, type CloneWindow } from './page-side.ts';

/** What an action is done to; or why there is nothing. `at` stands for the element where only its label can be pointed at. */
export type Located = { readonly at: Locator | ElementHandle; readonly element: ActedElement } | { readonly refused: string };

/** The role that targets give to elements without one; Playwright finds none by it. */
const noRole = 'generic';

/** Finds a target as `getByRole` does: a visible element, else a hidden one that shows once the pointer is over what surrounds it. */
export async function locate(page: Page, world: World, target: Target): Promise<Located> {
  const { role, nth } = target;
  if (role === noRole) return locateByKey(page, world, target);
  const name = target.name.trim().replace(/\s+/g, ' ');
  const byRole = (includeHidden: boolean): Locator =>
    page.getByRole(role as Parameters<Page['getByRole']>[0], { name, exact: true, includeHidden });
  const visible = byRole(false);
  const element = await visible.evaluateAll(inspect, nth);
  if (element !== null) return { at: visible.nth(nth), element };
  const hidden = byRole(true).nth(nth);
  return (await hidden.count()) === 0 ? { refused: noSuchElement(target) } : reveal(page, hidden, target);
}

/** Elements without a role are looked up in the state's own picture, and found in the page by the way that leads to them there. */
async function locateByKey(page: Page, world: World, target: Target): Promise<Located> {
  const state = await page.evaluate((): State => (window as unknown as CloneWindow).backlot.state());
  const event = resolveAction(world, state, { kind: 'hover', target });
  if ('refused' in event) return event;
  const path = 'key' in event && event.key !== undefined ? pathToKey(render(world, state).root, event.key) : [];
  if (path.length < 2) return { refused: noSuchElement(target) };
  const steps = path.slice(2).map((element, i) => {
    const siblings = (path[i + 1]?.children ?? []).filter((child) => 'tag' in child);
    return `/*[${siblings.indexOf(element) + 1}]`;
  });
  const at = page.locator(`xpath=/html/${path[1]?.tag}${steps.join('')}`);
  const element = await at.evaluateAll(inspect, 0);
  if (element === null) return { refused: noSuchElement(target) };
  return element.isVisible ? { at, element } : reveal(page, at, target);
}

/** Points at what surrounds a hidden element, and takes the element if that shows it; else its label, if it is a box with one. */
async function reveal(page: Page, hidden: Locator, target: Target): Promise<Located> {
  const around = (await hidden.evaluateHandle(visibleAround)).asElement();
  await around?.hover({ timeout: 5000 }).catch(async (error: unknown) => {
    // Where nothing is in the way, the browser was too slow.
    if (await around.evaluate(standsOpen).catch(() => false)) throw error;
  });
  const element = await hidden.evaluateAll(inspect, 0);
  if (element?.isVisible) return { at: hidden, element };
  const label = (await hidden.evaluateHandle(visibleLabel)).asElement();
  return element === null || label === null ? { refused: hiddenElement(target) } : { at: label, element };
}
