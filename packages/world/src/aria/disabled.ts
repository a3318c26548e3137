import { inDisabledFieldset, isDisabled } from '../css/form-state.ts';
import type { StyledElement } from '../css/styled-element.ts';

const controls = new Set(['button', 'input', 'select', 'textarea', 'option', 'optgroup']);

/** True for a form control that is switched off in HTML. */
export function isOff(element: StyledElement): boolean {
  return controls.has(element.tag) && (isDisabled(element) || inDisabledFieldset(element));
}

/** True if the nearest `aria-disabled`, its own or an ancestor's, says so. */
export function isAriaDisabled(element: StyledElement): boolean {
  for (let at: StyledElement | null = element; at !== null; at = at.parent) {
    const value = at.attrs['aria-disabled']?.toLowerCase();
    if (value === 'true') return true;
    if (value === 'false') return false;
  }
  return false;
}
