import { optionValue } from '../forms.ts';
import { closest, descendants, textContent, type StyledElement } from './styled-element.ts';

const inputTypes = new Set(
  'button checkbox color date datetime-local email file hidden image month number password radio range reset search submit tel text time url week'.split(
    ' ',
  ),
);

/** The `type` of an input as the browser reads it: lower case, `text` where missing or unknown. */
export function inputType(element: StyledElement): string {
  const type = (element.attrs['type'] ?? '').toLowerCase();
  return inputTypes.has(type) ? type : 'text';
}

/** True for check boxes and radio buttons that are on. */
export function isChecked(element: StyledElement): boolean {
  if (element.tag !== 'input') return false;
  const type = inputType(element);
  return (type === 'checkbox' || type === 'radio') && 'checked' in element.attrs;
}

/** The live value of an input or a text area. */
export function controlValue(element: StyledElement): string {
  if (element.tag === 'textarea') return element.attrs['value'] ?? textContent(element);
  const type = inputType(element);
  const value = element.attrs['value'];
  if (type === 'range') return rangeValue(element);
  if (type === 'color') return /^#[0-9a-f]{6}$/i.test(value ?? '') ? (value ?? '').toLowerCase() : '#000000';
  if (value === undefined) return type === 'checkbox' || type === 'radio' ? 'on' : '';
  if (type === 'number') return Number.isNaN(Number.parseFloat(value)) || !Number.isFinite(Number(value)) ? '' : value;
  return value.replace(/[\r\n]/g, '');
}

function rangeValue(element: StyledElement): string {
  const number = (name: string, otherwise: number): number => {
    const parsed = Number.parseFloat(element.attrs[name] ?? '');
    return Number.isFinite(parsed) ? parsed : otherwise;
  };
  const min = number('min', 0);
  const max = Math.max(min, number('max', 100));
  const step = number('step', 1);
  const value = Math.min(max, Math.max(min, number('value', min + (max - min) / 2)));
  if (element.attrs['step'] === 'any' || step <= 0) return String(value);
  const rounded = min + Math.round((value - min) / step) * step;
  return String(Number((rounded > max ? rounded - step : rounded).toFixed(10)));
}

/** True for a select that shows its options in place. */
export function isListBox(select: StyledElement): boolean {
  return 'multiple' in select.attrs || Number.parseInt(select.attrs['size'] ?? '0', 10) > 1;
}

/** The options of a select, in document order. */
export function optionsOf(select: StyledElement): readonly StyledElement[] {
  return [...descendants(select)].filter((element) => element.tag === 'option');
}

/** The chosen options of a select; a drop-down without a choice shows its first enabled option. */
export function selectedOptions(select: StyledElement): readonly StyledElement[] {
  return (select.heard.chosen ??= chosenOptions(select));
}

function chosenOptions(select: StyledElement): readonly StyledElement[] {
  const options = optionsOf(select);
  const marked = options.filter((option) => 'selected' in option.attrs);
  if ('multiple' in select.attrs) return marked;
  const { value } = select.attrs;
  const last = marked.at(-1) ?? (value === undefined ? undefined : options.find((option) => optionValue(option.element) === value));
  if (last !== undefined) return [last];
  const first = isListBox(select) ? undefined : options.find((option) => !isDisabled(option));
  return first === undefined ? [] : [first];
}

/** True for an option that is chosen in its select. */
export function isSelected(option: StyledElement): boolean {
  const select = closest(option, 'select');
  return select === null ? 'selected' in option.attrs : selectedOptions(select).includes(option);
}

/** Tags of what a label can stand for; an input is none where it is hidden. */
export const labelable: ReadonlySet<string> = new Set(['button', 'input', 'meter', 'output', 'progress', 'select', 'textarea']);

const disableable = new Set(['button', 'input', 'select', 'textarea', 'option', 'optgroup', 'fieldset']);

/** True for a form control switched off by itself, its option group or its field set. */
export function isDisabled(element: StyledElement): boolean {
  if (!disableable.has(element.tag)) return false;
  if ('disabled' in element.attrs) return true;
  if (element.tag === 'option') {
    const group = closest(element, 'optgroup');
    if (group !== null && 'disabled' in group.attrs) return true;
  }
  return element.tag !== 'option' && element.tag !== 'optgroup' && inDisabledFieldset(element);
}

/** True below a disabled field set, but not in its legend. */
export function inDisabledFieldset(element: StyledElement): boolean {
  let child = element;
  for (let at = element.parent; at !== null; at = at.parent) {
    if (at.tag === 'fieldset' && 'disabled' in at.attrs) {
      const legend = at.elements.find((each) => each.tag === 'legend');
      if (legend !== child) return true;
    }
    child = at;
  }
  return false;
}
