import type { State } from '@backlot/protocol';
import { currentPage } from '@backlot/world';
import type { Episode } from './episode.ts';
import type { KeyPlace, RuleFinder } from './keys.ts';
import { isInterpreted, keyName, ruleFinder } from './keys.ts';
import { bodyElement, documentElement } from './natives.ts';
import { keyedAncestor, keysAround, shownBy } from './patch.ts';

const lines = new Set(['button', 'checkbox', 'radio', 'submit', 'reset', 'image', 'file', 'color', 'range', 'hidden']);

function keyPlace(target: EventTarget | null): KeyPlace {
  if (target instanceof HTMLInputElement) return lines.has(target.type) ? 'other' : 'line';
  if (target instanceof HTMLTextAreaElement) return 'text';
  return target instanceof HTMLElement && target.isContentEditable ? 'text' : 'other';
}

const isBoxElement = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement && (target.type === 'checkbox' || target.type === 'radio');

const asNode = (target: EventTarget | null): Node | null => (target instanceof Node ? target : null);

/** The page's events as events of the world. Native focus changes are left out: the interpreter moves the focus itself. */
class Listeners {
  readonly #episode: Episode;
  readonly #keyRules: RuleFinder;
  readonly #hoverRules: RuleFinder;
  /** The click that a second one may turn into a double click. */
  #firstClick: { readonly key: string; readonly before: State } | null = null;
  #hovered: string | null = null;

  constructor(episode: Episode) {
    this.#episode = episode;
    this.#keyRules = ruleFinder(episode.world, 'key');
    this.#hoverRules = ruleFinder(episode.world, 'hover');
  }

  click(event: MouseEvent): void {
    // A box that is not let to toggle itself is set back by the browser after this listener, over what the state says.
    if (!isBoxElement(event.target)) event.preventDefault();
    if (event.button !== 0) return;
    const at = keyedAncestor(asNode(event.target));
    if (!at) return;
    if (event.detail % 2 === 1) this.#firstClick = { key: at.key, before: this.#episode.state() };
    this.#episode.dispatchAll([{ type: 'click', key: at.key }]);
  }

  dblclick(event: MouseEvent): void {
    event.preventDefault();
    const at = keyedAncestor(asNode(event.target));
    const first = this.#firstClick;
    this.#firstClick = null;
    if (at && first?.key === at.key) this.#episode.amend(first.before, { type: 'dblclick', key: at.key });
  }

  input(event: Event): void {
    const { target } = event;
    if (!(target instanceof HTMLElement) || target instanceof HTMLSelectElement || isBoxElement(target)) return;
    const at = keyedAncestor(target);
    if (!at) return;
    const field = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
    this.#episode.dispatchAll([{ type: 'fill', key: at.key, value: field ? target.value : (target.textContent ?? '') }]);
  }

  change(event: Event): void {
    const { target } = event;
    const key = target instanceof HTMLSelectElement ? shownBy(target)?.key : undefined;
    if (key !== undefined) this.#episode.dispatchAll([{ type: 'select', key, value: (target as HTMLSelectElement).value }]);
  }

  keydown(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const name = keyName(event);
    const interpreted = isInterpreted(name, keyPlace(event.target));
    const page = this.#page();
    const ruled = page !== null && this.#keyRules(page, keysAround(asNode(event.target)), name);
    if (!interpreted && !ruled) return;
    const at = event.target === bodyElement() || event.target === documentElement() ? null : keyedAncestor(asNode(event.target));
    const explanation = this.#episode.dispatchAll([{ type: 'press', name, ...(at ? { key: at.key } : {}) }]);
    if (interpreted || explanation?.rules.some((id) => this.#prevents(id))) event.preventDefault();
  }

  mouseover(event: MouseEvent): void {
    const page = this.#page();
    const at = keyedAncestor(asNode(event.target));
    const key = page !== null && at && this.#hoverRules(page, keysAround(at.element)) ? at.key : null;
    if (key === this.#hovered) return;
    this.#hovered = key;
    if (key !== null) this.#episode.dispatchAll([{ type: 'hover', key }]);
  }

  #page(): string | null {
    return currentPage(this.#episode.world, this.#episode.state()).page?.id ?? null;
  }

  #prevents(id: string): boolean {
    return this.#episode.world.rules.find((rule) => rule.id === id)?.then !== 'default';
  }
}

/** Hears the page's events before anything else and turns them into events of the episode; nothing loads a document any more. */
export function listen(episode: Episode, account: string): void {
  const listeners = new Listeners(episode);
  const on = <K extends keyof WindowEventMap>(type: K, heard: (event: WindowEventMap[K]) => void): void =>
    window.addEventListener(type, heard, { capture: true });
  const prevent = (event: Event): void => event.preventDefault();
  on('click', (event) => listeners.click(event));
  on('dblclick', (event) => listeners.dblclick(event));
  on('input', (event) => listeners.input(event));
  on('change', (event) => listeners.change(event));
  on('keydown', (event) => listeners.keydown(event));
  on('mouseover', (event) => listeners.mouseover(event));
  on('submit', prevent);
  on('reset', prevent);
  on('auxclick', prevent);
  on('dragstart', prevent);
  on('popstate', (event) => episode.popped(event.state));
  on('storage', () => episode.refresh());
  on('pageshow', (event) => {
    if (event.persisted) episode.arrive(account);
  });
}
