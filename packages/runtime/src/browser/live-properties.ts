import type { DomElement } from '@backlot/protocol';
import { isBox, isTextField, textOf } from '@backlot/world';
import { focusedElement } from './natives.ts';

function setText(field: HTMLInputElement | HTMLTextAreaElement, wanted: string): void {
  if (field.value === wanted) return;
  const { selectionStart, selectionEnd, selectionDirection } = field;
  const atEnd = selectionStart === field.value.length;
  field.value = wanted;
  if (selectionStart === null || atEnd || focusedElement() !== field) return;
  field.setSelectionRange(
    Math.min(selectionStart, wanted.length),
    Math.min(selectionEnd ?? 0, wanted.length),
    selectionDirection ?? 'none',
  );
}

function setInput(field: HTMLInputElement, wanted: DomElement): void {
  if (isBox(wanted)) {
    const checked = 'checked' in wanted.attrs;
    if (field.checked !== checked) field.checked = checked;
    const indeterminate = 'indeterminate' in wanted.attrs;
    if (field.indeterminate !== indeterminate) field.indeterminate = indeterminate;
  } else if (isTextField(wanted)) setText(field, wanted.attrs['value'] ?? '');
  else if (field.type !== 'file' && wanted.attrs['value'] !== undefined) setText(field, wanted.attrs['value']);
}

function setSelect(field: HTMLSelectElement, options: readonly HTMLOptionElement[], selected: ReadonlySet<HTMLOptionElement>): void {
  if (field.multiple) {
    for (const option of options) if (option.selected !== selected.has(option)) option.selected = selected.has(option);
    return;
  }
  const chosen = options.findLast((option) => selected.has(option)) ?? options.find((option) => !option.disabled);
  const index = chosen ? options.indexOf(chosen) : -1;
  if (field.selectedIndex !== index) field.selectedIndex = index;
}

/**
 * Sets what an element holds beyond its attributes: typed text, ticks, chosen options. A property that already has the wanted
 * value is not touched, so caret and selection stay. Called after the children are in place.
 */
export function setLiveProperties(element: Element, wanted: DomElement, wantedOf: (node: Element) => DomElement | undefined): void {
  if (element instanceof HTMLInputElement) setInput(element, wanted);
  else if (element instanceof HTMLTextAreaElement) setText(element, wanted.attrs['value'] ?? textOf(wanted));
  else if (element instanceof HTMLSelectElement) {
    const options = [...element.options];
    setSelect(element, options, new Set(options.filter((option) => 'selected' in (wantedOf(option)?.attrs ?? {}))));
  }
}
