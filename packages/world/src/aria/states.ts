import { inputType, isChecked, isSelected } from '../css/form-state.ts';
import type { StyledElement } from '../css/styled-element.ts';
import { isAriaDisabled, isOff } from './disabled.ts';
import { checkedRoles, disabledRoles, expandedRoles, invalidRoles, levelRoles, pressedRoles, selectedRoles } from './roles.ts';

/** States that a snapshot tells of an element; undefined or absent where off or not of the role. */
export interface AriaStates {
  readonly checked?: true | 'mixed' | undefined;
  readonly disabled?: true | undefined;
  readonly expanded?: true | undefined;
  readonly invalid?: true | 'grammar' | 'spelling' | undefined;
  readonly level?: number | undefined;
  readonly pressed?: true | 'mixed' | undefined;
  readonly selected?: true | undefined;
}

/** The states of an element with this role. */
export function statesOf(element: StyledElement, role: string): AriaStates {
  const states: { -readonly [K in keyof AriaStates]: AriaStates[K] } = {};
  if (checkedRoles.has(role)) states.checked = checkedState(element);
  if (disabledRoles.has(role)) states.disabled = whenTrue(isOff(element) || isAriaDisabled(element));
  if (expandedRoles.has(role)) states.expanded = whenTrue(isExpanded(element));
  if (invalidRoles.has(role)) states.invalid = invalidState(element.attrs['aria-invalid']);
  if (levelRoles.has(role)) states.level = levelOf(element);
  if (pressedRoles.has(role)) states.pressed = tristate(element.attrs['aria-pressed']);
  if (selectedRoles.has(role)) states.selected = whenTrue(isSelectedState(element));
  return states;
}

function whenTrue(value: boolean): true | undefined {
  return value ? true : undefined;
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

function levelOf(element: StyledElement): number | undefined {
  const heading = /^h([1-6])$/.exec(element.tag);
  if (heading !== null) return Number(heading[1]);
  const level = Number(element.attrs['aria-level'] ?? Number.NaN);
  return Number.isInteger(level) && level >= 1 ? level : undefined;
}

function isSelectedState(element: StyledElement): boolean {
  return element.tag === 'option' ? isSelected(element) : element.attrs['aria-selected']?.toLowerCase() === 'true';
}
