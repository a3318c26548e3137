import type { DomElement } from '@backlot/protocol';
import { findAll, isBox, optionLabel, optionValue } from '@backlot/world';
import type { ActedElement } from '../engine/legality.ts';

const boxRoles = new Set(['checkbox', 'radio', 'switch', 'menuitemcheckbox', 'menuitemradio', 'option', 'treeitem']);
const controls = new Set(['button', 'input', 'select', 'textarea', 'option', 'optgroup', 'fieldset']);

/** What the rules of acting ask about an element, given the way from the root to it. */
export function actedElement(path: readonly DomElement[]): ActedElement {
  const { tag, attrs, children } = path.at(-1) as DomElement;
  const element = { tag, attrs, children };
  return {
    tag,
    type: (attrs['type'] ?? '').toLowerCase(),
    isDisabled: isDisabled(path),
    isReadOnly: 'readonly' in attrs,
    isContentEditable: path.some((each) => 'contenteditable' in each.attrs && each.attrs['contenteditable'] !== 'false'),
    checked: isBox(element) ? 'checked' in attrs : boxRoles.has(attrs['role'] ?? '') ? attrs['aria-checked'] === 'true' : null,
    options: tag === 'select' ? findAll(element, (each) => each.tag === 'option').map(optionOf) : [],
  };
}

function optionOf(option: DomElement): ActedElement['options'][number] {
  return { label: optionLabel(option), value: optionValue(option), isDisabled: 'disabled' in option.attrs };
}

function isDisabled(path: readonly DomElement[]): boolean {
  const { tag, attrs } = path.at(-1) as DomElement;
  if (controls.has(tag) && ('disabled' in attrs || inDisabledFieldset(path))) return true;
  return path.some((element) => element.attrs['aria-disabled']?.toLowerCase() === 'true');
}

/** HTML: everything in a disabled field set but its first legend. */
function inDisabledFieldset(path: readonly DomElement[]): boolean {
  return path.some((element, i) => {
    if (element.tag !== 'fieldset' || !('disabled' in element.attrs) || i === path.length - 1) return false;
    return path[i + 1] !== element.children.find((child) => 'tag' in child && child.tag === 'legend');
  });
}
