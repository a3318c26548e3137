import type { Action, World } from '@backlot/protocol';
import type { ElementHandle, Locator, Page } from 'playwright-core';
import { refusedBy, refusedOutright, waitOf, type ActedElement } from '../engine/legality.ts';
import { locate } from './locate.ts';
import { inspect, isInField, standsOpen, type CloneWindow } from './page-side.ts';

/** Longest time an element may need to become one that can be acted on, in milliseconds. */
const patience = 5000;

/** Where an action is done. */
export interface Stage {
  readonly page: Page;
  readonly world: World;
  /** True where the browser's own history holds no entries beyond the state's place in it. */
  readonly isRestored: boolean;
  /** True once the action has opened a dialog. */
  hasAsked(): boolean;
}

/** Does one action as a user would. Answers why it was refused, else null. */
export async function perform(stage: Stage, action: Action): Promise<string | null> {
  const refused = refusedOutright(action);
  if (refused !== null) return refused;
  const { page } = stage;
  switch (action.kind) {
    case 'goto':
      await page.goto(new URL(action.value ?? '', page.url()).href);
      return null;
    case 'reload':
      await page.reload();
      return null;
    case 'back':
    case 'forward':
      return travel(stage, action.kind);
    case 'wait':
      await page.evaluate((ms) => void (window as unknown as CloneWindow).backlot.dispatch({ type: 'advance', ms }), waitOf(action) ?? 0);
      return null;
    case 'press':
      return action.target === undefined ? pressAnywhere(page, action) : onElement(stage, action);
    default:
      return onElement(stage, action);
  }
}

/** The ends of the state's history are the ends: what the browser holds beyond them is not of this episode. */
async function travel({ page, isRestored }: Stage, kind: 'back' | 'forward'): Promise<null> {
  const { entries, index } = await page.evaluate(() => (window as unknown as CloneWindow).backlot.state().history);
  if (entries[index + (kind === 'back' ? -1 : 1)] === undefined) return null;
  if (kind === 'back') await page.goBack();
  else if (isRestored) await page.evaluate(() => void (window as unknown as CloneWindow).backlot.dispatch({ type: 'forward' }));
  else await page.goForward();
  return null;
}

async function pressAnywhere(page: Page, action: Action): Promise<string | null> {
  const focused = await page.locator(':focus').evaluateAll(inspect, 0);
  const refused = focused === null ? null : refusedBy(focused, action);
  if (refused === null) await page.keyboard.press(action.value ?? '');
  return refused;
}

async function onElement(stage: Stage, action: Action, hasLeft = false): Promise<string | null> {
  const { page, world } = stage;
  if (action.target === undefined) return null;
  const located = await locate(page, world, action.target);
  if ('refused' in located) return located.refused;
  const { at, element } = located;
  const refused = refusedBy(element, action);
  if (refused !== null) return refused;
  try {
    await act(stage, { at, element }, action);
    return null;
  } catch (error) {
    if (!isTimeout(error)) throw error;
    if (wasDone(error)) return null;
    // What was not kept back could have been acted on: then the browser was too slow, which is no fault of the action.
    if (!isKeptBack(error) || (await isOpen(at))) throw error;
    if (!hasLeft && (await leaveField(page))) return onElement(stage, action, true);
    return `The ${action.target.role} ${JSON.stringify(action.target.name)} cannot be reached: something covers it, or it does not stay in place.`;
  }
}

/** Told by its name, so that a process which drives no browser loads none of Playwright. */
const isTimeout = (error: unknown): error is Error => error instanceof Error && error.name === 'TimeoutError';

/** What Playwright's log says of an action that was done, and only waited for what follows. */
const wasDone = ({ message }: Error): boolean => message.includes('action done');

/** What it says where the page kept an action back all the time. */
const isKeptBack = ({ message }: Error): boolean =>
  /intercepts pointer events|is not (?:stable|visible|enabled)|outside of the viewport/.test(message);

/** Leaves the field that has the focus, as people do where its suggestions lie over what comes next. False where no field has it. */
async function leaveField(page: Page): Promise<boolean> {
  if (!(await page.evaluate(isInField))) return false;
  await page.keyboard.press('Tab');
  return true;
}

async function isOpen(at: Locator | ElementHandle): Promise<boolean> {
  const asked = 'elementHandle' in at ? at.evaluate(standsOpen) : (at as ElementHandle<HTMLElement>).evaluate(standsOpen);
  return asked.catch(() => false);
}

interface Acted {
  readonly at: Locator | ElementHandle;
  readonly element: ActedElement;
}

async function act(stage: Stage, { at, element }: Acted, action: Action): Promise<void> {
  const value = action.value ?? '';
  // The page is read once the browser's history has caught up (see `tidings`): nothing else is waited for.
  const options = { timeout: patience, noWaitAfter: true };
  switch (action.kind) {
    case 'fill':
      return at.fill(value, options);
    case 'select':
      await at.selectOption({ index: element.options.findIndex((option) => option.label === value.trim().replace(/\s+/g, ' ')) }, options);
      return;
    case 'check':
    case 'uncheck':
      return element.checked === (action.kind === 'check') ? undefined : at.click(options);
    case 'press':
      return at.press(value, options);
    case 'dblclick':
      return clickTwice(stage, at, options);
    case 'hover':
      return at.hover(options);
    default:
      return at.click(options);
  }
}

/**
 * A double click whose second half goes to the same element wherever the first moved it, and not to what came in its place; a dialog
 * swallows it.
 */
async function clickTwice({ page, hasAsked }: Stage, at: Locator | ElementHandle, options: { readonly timeout: number }): Promise<void> {
  const element = 'elementHandle' in at ? await at.elementHandle(options) : at;
  await element?.click(options);
  if (!(await element?.isVisible()) || hasAsked()) return;
  await element?.hover(options);
  await page.mouse.down({ clickCount: 2 });
  await page.mouse.up({ clickCount: 2 });
}
