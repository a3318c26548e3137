import { focusedElement } from './natives.ts';
import { shownBy } from './patch.ts';

function blur(element: Element): void {
  if (element instanceof HTMLElement) HTMLElement.prototype.blur.call(element);
  else if (element instanceof SVGElement) SVGElement.prototype.blur.call(element);
}

function give(element: Element): void {
  if (element instanceof HTMLElement) HTMLElement.prototype.focus.call(element);
  else if (element instanceof SVGElement) SVGElement.prototype.focus.call(element);
  const field = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element : null;
  if (field === null || field.selectionStart === null) return;
  field.setSelectionRange(field.value.length, field.value.length);
}

/** Gives the browser's focus to the element with this key, caret at the end; null takes it away. Nothing happens where it already is. */
export function placeFocus(key: string | null, byKey: ReadonlyMap<string, Element>): void {
  const active = focusedElement();
  if (key === null) {
    if (active) blur(active);
    return;
  }
  const wanted = byKey.get(key);
  if (wanted && wanted !== active) give(wanted);
  else if (!wanted && active && shownBy(active) === undefined) blur(active);
}
