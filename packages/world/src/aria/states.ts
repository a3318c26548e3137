import { inputType, isChecked, isSelected } from '../css/form-state.ts';
import type { StyledElement } from '../css/styled-element.ts';
import { isAriaDisabled, isOff } from './disabled.ts';
import { checkedRoles, disabledRoles, expandedRoles, invalidRoles, levelRoles, pressedRoles, selectedRoles } from './roles.ts';

/** States that a snapshot tells of an element; absent where off or not of the role. */
export interface AriaStates {
  readonly checked?: true | 'mixed';
  readonly disabled?: true;
  readonly expanded?: true;
  readonly invalid?: true | 'grammar' | 'spelling';
  readonly level?: number;
  readonly pressed?: true | 'mixed';
  readonly selected?: true;
}

/** The states of an element with this role. */
export function statesOf(element: StyledElement, role: string): AriaStates {
  const states: { -readonly [K in keyof AriaStates]: AriaStates[K] } = {};
  const checked = checkedRoles.has(role) ? checkedState(element) : undefined;
  const pressed = pressedRoles.has(role) ? tristate(element.attrs['aria-pressed']) : undefined;
  const invalid = invalidRoles.has(role) ? invalidState(element.attrs['aria-invalid']) : undefined;
  const level = levelRoles.has(role) ? levelOf(element) : 0;
  if (checked !== undefined) states.checked = checked;
  if (disabledRoles.has(role) && (isOff(element) || isAriaDisabled(element))) states.disabled = true;
  if (expandedRoles.has(role) && isExpanded(element)) states.expanded = true;
  if (invalid !== undefined) states.invalid = invalid;
  if (level > 0) states.level = level;
  if (pressed !== undefined) states.pressed = pressed;
  if (selectedRoles.has(role) && isSelectedState(element)) states.selected = true;
  return states;
}

function tristate(value: string | undefined): true | 'mixed' | undefined {
  const text = value?.toLowerCase();
  return text === 'true' ? true : text === 'mixed' ? 'mixed' : undefined;
}

function checkedState(element: StyledElement): true | 'mixed' | undefined {
  const type = element.tag === 'input' ? inputType(element) : '';
  if (type === 'checkbox' || type === 'radio') return isChecked(element) ? true : undefined;
  return tristate(element.attrs['aria-checked']);
}

function isExpanded(element: StyledElement): boolean {
  if (element.tag === 'details') return 'open' in element.attrs;
  return element.attrs['aria-expanded']?.toLowerCase() === 'true';
}

function invalidState(value: string | undefined): AriaStates['invalid'] {
  const text = (value ?? '').toLowerCase();
  if (text.trim() === '' || text === 'false') return undefined;
  return text === 'grammar' || text === 'spelling' ? text : true;
}

function levelOf(element: StyledElement): number {
  const heading = /^h([1-6])$/.exec(element.tag);
  if (heading !== null) return Number(heading[1]);
  const level = Number(element.attrs['aria-level'] ?? Number.NaN);
  return Number.isInteger(level) && level >= 1 ? level : 0;
}

function isSelectedState(element: StyledElement): boolean {
  return element.tag === 'option' ? isSelected(element) : element.attrs['aria-selected']?.toLowerCase() === 'true';
}
