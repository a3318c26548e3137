import type { Action } from '@backlot/protocol';
import { isOutside, textTypes } from '@backlot/world';

/** What both engines find out about an element before they act on it. */
export interface ActedElement {
  readonly tag: string;
  /** Lower-case `type` attribute, empty where there is none. */
  readonly type: string;
  readonly isDisabled: boolean;
  readonly isReadOnly: boolean;
  readonly isContentEditable: boolean;
  /** State of a box: native, or of its role. Null for what is no box. */
  readonly checked: boolean | null;
  readonly options: readonly { readonly label: string; readonly value: string; readonly isDisabled: boolean }[];
}

const needsTarget = new Set<Action['kind']>(['click', 'dblclick', 'fill', 'select', 'check', 'uncheck', 'hover']);
const needsValue = new Set<Action['kind']>(['fill', 'select', 'press', 'goto']);
const keyName =
  /^(?:(?:Control|Shift|Alt|Meta|ControlOrMeta)\+)*(?:[\x21-\x7e]|Enter|Escape|Tab|Space|Backspace|Delete|Insert|Home|End|PageUp|PageDown|Arrow(?:Up|Down|Left|Right)|F(?:[1-9]|1[0-2]))$/;
const typingKey = /^(?:Shift\+)?(?:[\x21-\x7e]|Space)$|^Backspace$|^Delete$/;

/** Longest `wait`, in milliseconds. */
const longestWait = 60_000;

/** Why an action cannot be done whatever the page shows; null where it may be. */
export function refusedOutright(action: Action): string | null {
  const { kind, value, target } = action;
  if (needsTarget.has(kind) && target === undefined) return `A ${kind} needs a target.`;
  if (needsValue.has(kind) && value === undefined) return `A ${kind} needs a value.`;
  switch (kind) {
    case 'goto':
      return isOutside(value ?? '') ? `The address ${value} is outside the world: give one relative to the application.` : null;
    case 'press':
      return keyName.test(value ?? '')
        ? null
        : `There is no key ${JSON.stringify(value)}: use names such as Enter, Escape, Tab or ArrowDown.`;
    case 'wait':
      return waitOf(action) === null ? `A wait lasts from 0 to ${longestWait} milliseconds, not ${JSON.stringify(value)}.` : null;
    default:
      return null;
  }
}

/** How long a `wait` lasts, in milliseconds: 1000 where it does not say; null where what it says is no such time. */
export function waitOf(action: Action): number | null {
  const ms = Number(action.value ?? 1000);
  return ms >= 0 && ms <= longestWait ? ms : null;
}

/** True for fields that take text. */
function takesText(element: ActedElement): boolean {
  return element.tag === 'textarea' || element.isContentEditable || (element.tag === 'input' && textTypes.has(element.type));
}

/** Why an action cannot be done to an element; null where it can. */
export function refusedBy(element: ActedElement, action: Action): string | null {
  if (element.isDisabled) return `The ${sayElement(element)} is disabled.`;
  const value = action.value ?? '';
  switch (action.kind) {
    case 'fill':
      return refusedFill(element);
    case 'press':
      return takesText(element) && typingKey.test(value) ? `The key ${value} changes text: use fill for that.` : null;
    case 'check':
    case 'uncheck':
      return refusedCheck(element, action.kind);
    case 'select':
      return refusedOption(element, value);
    default:
      return null;
  }
}

function sayElement({ tag, type }: ActedElement): string {
  return tag === 'input' && type !== '' ? `<input type=${type}>` : `<${tag}>`;
}

function refusedFill(element: ActedElement): string | null {
  if (!takesText(element)) return `The ${sayElement(element)} takes no text.`;
  return element.isReadOnly ? `The ${sayElement(element)} is read-only.` : null;
}

function refusedCheck(element: ActedElement, kind: 'check' | 'uncheck'): string | null {
  if (element.checked === null) return `The ${sayElement(element)} is no box that can be checked.`;
  return kind === 'uncheck' && element.type === 'radio' && element.checked ? 'A radio button is switched off by choosing another.' : null;
}

function refusedOption(element: ActedElement, label: string): string | null {
  if (element.tag !== 'select') return `The <${element.tag}> has no options.`;
  const option = element.options.find((candidate) => candidate.label === label.trim().replace(/\s+/g, ' '));
  if (option === undefined) {
    return `There is no option ${JSON.stringify(label)}; there are ${element.options.map((each) => JSON.stringify(each.label)).join(', ') || 'none'}.`;
  }
  return option.isDisabled ? `The option ${JSON.stringify(label)} is disabled.` : null;
}
