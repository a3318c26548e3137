import type { DomElement } from '@backlot/protocol';
import { findAll, findElement, textOf } from './walk.ts';

/** Types of `input` that take text; the empty one stands for none. */
export const textTypes: ReadonlySet<string> = new Set([
  '',
  'text',
  'search',
  'email',
  'url',
  'tel',
  'password',
  'number',
  'date',
  'time',
  'datetime-local',
  'month',
  'week',
  'color',
]);

const typeOf = (element: DomElement): string => (element.attrs['type'] ?? '').toLowerCase();

/** True for one-line and many-line text fields. */
export function isTextField(element: DomElement): boolean {
  return element.tag === 'textarea' || (element.tag === 'input' && textTypes.has(typeOf(element)));
}

/** True for checkboxes and radio buttons. */
export function isBox(element: DomElement): boolean {
  return element.tag === 'input' && (typeOf(element) === 'checkbox' || typeOf(element) === 'radio');
}

/** True for what sends the form it belongs to. */
export function isSubmitter(element: DomElement): boolean {
  if (element.tag === 'button') return typeOf(element) === '' || typeOf(element) === 'submit';
  return element.tag === 'input' && (typeOf(element) === 'submit' || typeOf(element) === 'image');
}

/** True for what takes focus by a click or by Tab. */
export function isFocusable(element: DomElement): boolean {
  if ('disabled' in element.attrs) return false;
  if (element.tag === 'a') return 'href' in element.attrs;
  return (
    ['input', 'select', 'textarea', 'button'].includes(element.tag) || 'tabindex' in element.attrs || 'contenteditable' in element.attrs
  );
}

/** The chosen option's value of a `select`: the last one selected, else the first that is not disabled. */
export function selectValue(element: DomElement): string {
  const options = findAll(element, (e) => e.tag === 'option');
  const chosen = options.findLast((option) => 'selected' in option.attrs) ?? options.find((option) => !('disabled' in option.attrs));
  return chosen ? optionValue(chosen) : '';
}

const evenly = (text: string): string => text.trim().replace(/\s+/g, ' ');

/** The words by which an option is chosen. */
export function optionLabel(option: DomElement): string {
  return evenly(option.attrs['label'] ?? textOf(option));
}

/** The option of a `select` with these words; undefined where none has them. */
export function optionLabelled(select: DomElement, label: string): DomElement | undefined {
  const wanted = evenly(label);
  return findAll(select, (element) => element.tag === 'option').find((option) => optionLabel(option) === wanted);
}

/** Value that an option sends. */
export function optionValue(option: DomElement): string {
  return option.attrs['value'] ?? evenly(textOf(option));
}

function fieldValue(field: DomElement): string | null {
  if (field.tag === 'select') return selectValue(field);
  if (field.tag === 'textarea') return field.attrs['value'] ?? textOf(field);
  if (isBox(field)) return 'checked' in field.attrs ? (field.attrs['value'] ?? 'on') : null;
  return typeOf(field) === 'submit' || typeOf(field) === 'button' || typeOf(field) === 'image' || typeOf(field) === 'reset'
    ? null
    : (field.attrs['value'] ?? '');
}

/** Name and value pairs that a form sends (HTML, "constructing the entry list"); repeated names are joined by a comma. */
export function formData(form: DomElement, submitter?: DomElement): Readonly<Record<string, string>> {
  const data = new Map<string, string>();
  const add = (name: string, value: string): void => {
    const before = data.get(name);
    data.set(name, before === undefined ? value : `${before},${value}`);
  };
  for (const field of findAll(form, (e) => ['input', 'select', 'textarea'].includes(e.tag))) {
    const name = field.attrs['name'];
    const value = name === undefined || 'disabled' in field.attrs ? null : fieldValue(field);
    if (name !== undefined && value !== null) add(name, value);
  }
  if (submitter?.attrs['name']) add(submitter.attrs['name'], submitter.attrs['value'] ?? '');
  return Object.fromEntries(data);
}

/** The control that a label stands for. */
export function labelledControl(root: DomElement, label: DomElement): DomElement | undefined {
  const id = label.attrs['for'];
  if (id !== undefined) return findElement(root, (e) => e.attrs['id'] === id);
  return findElement(label, (e) => ['input', 'select', 'textarea', 'button'].includes(e.tag));
}

/** Writes data as a query string, names in the given order. */
export function toQuery(data: Readonly<Record<string, string>>): string {
  const encode = (text: string): string => encodeURIComponent(text).replaceAll('%20', '+');
  return Object.entries(data)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&');
}
