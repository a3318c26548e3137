import type { DomElement } from '@backlot/protocol';

const textTypes = new Set('text search url tel email password number date datetime-local month week time range color'.split(' '));
const submitTypes = new Set(['submit', 'image']);
const actingRoles = new Set(
  (
    'button link checkbox radio switch option tab menuitem menuitemcheckbox menuitemradio treeitem gridcell ' +
    'combobox textbox searchbox slider spinbutton'
  ).split(' '),
);

/** The `type` of an input in lower case, `text` where it has none. */
export function inputType(element: DomElement): string {
  return (element.attrs['type'] ?? 'text').toLowerCase();
}

/** True for fields that take typed text. */
export function isTextField(element: DomElement): boolean {
  if (element.tag === 'textarea') return true;
  if (element.tag !== 'input') return false;
  const type = inputType(element);
  return textTypes.has(type) || !/^(button|checkbox|file|hidden|image|radio|reset|submit)$/.test(type);
}

/** True for native check boxes and radio buttons. */
export function isBox(element: DomElement): boolean {
  return element.tag === 'input' && /^(checkbox|radio)$/.test(inputType(element));
}

/** True for links that lead somewhere. */
export function isLink(element: DomElement): boolean {
  return (element.tag === 'a' || element.tag === 'area') && 'href' in element.attrs;
}

/** True for buttons that send their form. */
export function isSubmitter(element: DomElement): boolean {
  if (element.tag === 'button') return (element.attrs['type'] ?? 'submit').toLowerCase() === 'submit';
  return element.tag === 'input' && submitTypes.has(inputType(element));
}

/** True for elements that are made to be acted on. */
export function isActing(element: DomElement): boolean {
  const { tag, attrs } = element;
  if (tag === 'button' || tag === 'select' || tag === 'textarea' || tag === 'summary' || tag === 'option' || isLink(element)) return true;
  if (tag === 'input') return inputType(element) !== 'hidden';
  if (actingRoles.has((attrs['role'] ?? '').trim().toLowerCase())) return true;
  return 'onclick' in attrs;
}

/** True for elements that the Tab key may reach, as far as the markup tells. */
export function isTabbable(element: DomElement): boolean {
  const { tag, attrs } = element;
  const index = attrs['tabindex'];
  if ('disabled' in attrs || (index !== undefined && Number(index) < 0)) return false;
  if (index !== undefined || isLink(element)) return true;
  if (tag === 'input') return inputType(element) !== 'hidden';
  return tag === 'button' || tag === 'select' || tag === 'textarea' || tag === 'summary';
}
