/// <reference lib="dom" />
import type { Explanation, State, WorldEvent } from '@backlot/protocol';
import type { ActedElement } from '../engine/legality.ts';

/** What the engine uses of `window.backlot`, see packages/runtime. */
interface Backlot {
  state(): State;
  dispatch(event: WorldEvent): Explanation;
  restore(state: State): void;
  drain(): readonly { readonly explanation: Explanation }[];
  holdTime(held: boolean): void;
}

/** What a clone adds to its window. */
export interface CloneWindow {
  readonly backlot: Backlot;
}

/** What happened in the page since it was last asked. */
export interface Tidings {
  readonly explanations: readonly Explanation[];
  readonly url: string;
  readonly title: string;
  readonly clock: number;
}

/*
 * The functions below run in the page: each is sent as text, so it must not use anything of this module.
 */

/** Tells what happened, once the browser's history has caught up with the state's. */
export async function tidings(): Promise<Tidings> {
  const { backlot } = window as unknown as CloneWindow;
  const caughtUp = (): boolean => {
    const mark = (window.history.state as { backlot?: { index?: number } } | null)?.backlot?.index;
    return mark === undefined || mark === backlot.state().history.index;
  };
  for (let waits = 0; !caughtUp() && waits < 50; waits++) await new Promise((resolve) => setTimeout(resolve, 10));
  const { history, clock } = backlot.state();
  return {
    explanations: backlot.drain().map((change) => change.explanation),
    url: history.entries[history.index] ?? '/',
    title: document.title,
    clock,
  };
}

/** What the rules of acting ask about the element at a place among those found; null where there are not so many. */
export function inspect(elements: (Element | SVGElement)[], nth: number): (ActedElement & { readonly isVisible: boolean }) | null {
  const element = elements[nth];
  if (element === undefined) return null;
  // A field of a form may be called like a member of elements.
  const { matches, closest } = Element.prototype as { matches(selector: string): boolean; closest(selector: string): Element | null };
  const boxRoles = ['checkbox', 'radio', 'switch', 'menuitemcheckbox', 'menuitemradio', 'option', 'treeitem'];
  const native = element instanceof HTMLInputElement && (element.type === 'checkbox' || element.type === 'radio');
  const roleBox = boxRoles.includes(element.getAttribute('role') ?? '') ? element.getAttribute('aria-checked') === 'true' : null;
  const options = element instanceof HTMLSelectElement ? [...element.options] : [];
  return {
    tag: element instanceof HTMLFormElement ? 'form' : element.localName,
    type: (element.getAttribute('type') ?? '').toLowerCase(),
    isDisabled: matches.call(element, ':disabled') || closest.call(element, '[aria-disabled="true" i]') !== null,
    isReadOnly: element.hasAttribute('readonly'),
    isContentEditable: !(element instanceof HTMLFormElement) && element instanceof HTMLElement && element.isContentEditable,
    checked: native ? element.checked : roleBox,
    options: options.map((option) => ({
      label: option.label.trim().replace(/\s+/g, ' '),
      value: option.value,
      isDisabled: option.disabled,
    })),
    isVisible: element.checkVisibility({ visibilityProperty: true }),
  };
}

/** Whether an element stays in place, and a click at its middle would reach it. */
export async function standsOpen(element: Element | SVGElement): Promise<boolean> {
  const middle = (): readonly [number, number] => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return [x + width / 2, y + height / 2];
  };
  const before = middle();
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const [x, y] = middle();
  const hit = document.elementFromPoint(x, y);
  return x === before[0] && y === before[1] && hit !== null && Node.prototype.contains.call(element, hit);
}

/** Whether a field that takes text has the focus. */
export function isInField(): boolean {
  const active = document.activeElement;
  return active instanceof HTMLTextAreaElement || (active instanceof HTMLInputElement && active.selectionStart !== null);
}

/** The nearest element around one that can be seen, to point at. */
export function visibleAround(element: Element | SVGElement): Element | null {
  let at = element.parentElement;
  while (at !== null && !at.checkVisibility({ visibilityProperty: true })) at = at.parentElement;
  return at;
}

/** A label that can be seen of a box that cannot. */
export function visibleLabel(element: Element | SVGElement): Element | null {
  if (!(element instanceof HTMLInputElement) || (element.type !== 'checkbox' && element.type !== 'radio')) return null;
  return [...(element.labels ?? [])].find((label) => label.checkVisibility({ visibilityProperty: true })) ?? null;
}

/** The state as it stands. */
export function stateOfPage(): State {
  return (window as unknown as CloneWindow).backlot.state();
}

/** Scrolls the page to a place, as far as it goes. */
export function scrollTo({ x, y }: { readonly x: number; readonly y: number }): void {
  window.scrollTo({ left: x, top: y, behavior: 'instant' });
}

/** The way from the body to the element at a point: its place among the element children of each; null where nothing is there. */
export function pathAt({ x, y }: { readonly x: number; readonly y: number }): number[] | null {
  const path: number[] = [];
  for (let at = document.elementFromPoint(x, y); at !== document.body; at = at.parentElement) {
    if (at === null || at.parentElement === null) return null;
    path.unshift([...at.parentElement.children].indexOf(at));
  }
  return path;
}

/** An element to be outlined: the way to it as `pathAt` gives it, and what is written at it. */
export interface Outlined {
  readonly path: readonly number[];
  readonly sign: string;
}

/** Draws a frame with a sign around elements that can be seen, in a layer of its own that the page does not know of. */
export function outline(elements: readonly Outlined[]): void {
  const host = document.createElement('div');
  host.id = 'backlot-outlines';
  host.style.cssText = 'position:fixed;inset:0;pointer-events:none;z-index:2147483647';
  const layer = host.attachShadow({ mode: 'open' });
  for (const { path, sign } of elements) {
    let at: Element | undefined = document.body;
    for (const place of path) at = at?.children[place];
    const box = at?.getBoundingClientRect();
    if (box === undefined || box.width === 0 || box.height === 0 || box.bottom < 0 || box.top > window.innerHeight) continue;
    const frame = document.createElement('div');
    frame.style.cssText = `position:fixed;box-sizing:border-box;left:${box.left}px;top:${box.top}px;width:${box.width}px;height:${box.height}px;border:2px solid #d4145a`;
    const label = document.createElement('span');
    label.textContent = sign;
    label.style.cssText = 'position:absolute;left:0;top:0;font:bold 11px/13px monospace;color:#fff;background:#d4145a;padding:0 2px';
    frame.append(label);
    layer.append(frame);
  }
  document.documentElement.append(host);
}

/** Takes the frames away. */
export function removeOutlines(): void {
  document.getElementById('backlot-outlines')?.remove();
}
