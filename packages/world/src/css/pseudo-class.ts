import { controlValue, inputType, isChecked, isDisabled, isSelected } from './form-state.ts';
import { isNth, parseNth, positionAmong } from './nth.ts';
import type { Test } from './selector.ts';
import type { StyledElement } from './styled-element.ts';
import { own } from '../own.ts';

/** The condition of a pseudo-class without arguments; null where the engine does not know it. */
export function simplePseudoClass(name: string): Test | null {
  return own(tests, name) ?? (neverTrue.has(name) ? never : null);
}

/** The condition of `:nth-child(…)` and its kin; null where the name or the argument is none of them. */
export function nthPseudoClass(name: string, argument: string, counts: Test | null): Test | null {
  const shape = /^nth-(last-)?(child|of-type)$/.exec(name);
  const nth = parseNth(argument);
  if (shape === null || nth === null) return null;
  const last = shape[1] !== undefined;
  if (shape[2] === 'of-type')
    return (element) =>
      isNth(
        nth,
        positionAmong(element, (other) => other.tag === element.tag, last),
      );
  if (counts !== null) return (element) => counts(element) && isNth(nth, positionAmong(element, counts, last));
  return (element) => isNth(nth, last ? siblingCount(element) - element.place : element.place + 1);
}

const never: Test = () => false;
const fields = new Set(['button', 'input', 'select', 'textarea', 'option', 'optgroup', 'fieldset']);
const entryTypes = new Set([
  'text',
  'search',
  'url',
  'tel',
  'email',
  'password',
  'number',
  'date',
  'month',
  'week',
  'time',
  'datetime-local',
]);

function siblingCount(element: StyledElement): number {
  return element.parent === null ? 1 : element.parent.elements.length;
}

function isEntry(element: StyledElement): boolean {
  return element.tag === 'textarea' || (element.tag === 'input' && entryTypes.has(inputType(element)));
}

function isWritable(element: StyledElement): boolean {
  return isEntry(element) && !('readonly' in element.attrs) && !isDisabled(element);
}

function takesRequired(element: StyledElement): boolean {
  return element.tag === 'input' || element.tag === 'select' || element.tag === 'textarea';
}

function isMissing(element: StyledElement): boolean {
  if (!takesRequired(element) || !('required' in element.attrs)) return false;
  return isEntry(element) ? controlValue(element) === '' : element.tag === 'input' && !isChecked(element);
}

function isLink(element: StyledElement): boolean {
  return (element.tag === 'a' || element.tag === 'area') && 'href' in element.attrs;
}

function isEmpty(element: StyledElement): boolean {
  return element.nodes.every((node) => node === '');
}

function focusWithin(element: StyledElement): boolean {
  return element.focused || element.elements.some(focusWithin);
}

function isFirstOfType(element: StyledElement): boolean {
  return positionAmong(element, (other) => other.tag === element.tag, false) === 1;
}

function isLastOfType(element: StyledElement): boolean {
  return positionAmong(element, (other) => other.tag === element.tag, true) === 1;
}

const tests: Readonly<Record<string, Test>> = {
  hover: (element) => element.hovered,
  focus: (element) => element.focused,
  'focus-visible': (element) => element.focused,
  'focus-within': focusWithin,
  target: (element) => element.targeted,
  checked: (element) => isChecked(element) || (element.tag === 'option' && isSelected(element)),
  disabled: isDisabled,
  enabled: (element) => fields.has(element.tag) && !isDisabled(element),
  required: (element) => takesRequired(element) && 'required' in element.attrs,
  optional: (element) => takesRequired(element) && !('required' in element.attrs),
  'read-write': isWritable,
  'read-only': (element) => !isWritable(element),
  'placeholder-shown': (element) => isEntry(element) && 'placeholder' in element.attrs && controlValue(element) === '',
  invalid: isMissing,
  valid: (element) => takesRequired(element) && !isMissing(element),
  open: (element) => (element.tag === 'details' || element.tag === 'dialog') && 'open' in element.attrs,
  empty: isEmpty,
  root: (element) => element.parent === null,
  scope: (element) => element.parent === null,
  defined: () => true,
  link: isLink,
  'any-link': isLink,
  'first-child': (element) => element.place === 0,
  'last-child': (element) => element.place === siblingCount(element) - 1,
  'only-child': (element) => siblingCount(element) === 1,
  'first-of-type': isFirstOfType,
  'last-of-type': isLastOfType,
  'only-of-type': (element) => isFirstOfType(element) && isLastOfType(element),
};

/** Known to browsers, and about states that a page in a world is never in. */
const neverTrue = new Set(
  (
    'active visited autofill -webkit-autofill fullscreen -webkit-full-screen picture-in-picture modal popover-open indeterminate default ' +
    'in-range out-of-range user-valid user-invalid host playing paused seeking buffering stalled muted volume-locked ' +
    'future past current local-link target-within'
  ).split(' '),
);
