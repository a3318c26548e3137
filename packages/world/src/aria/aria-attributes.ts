import type { StyledElement } from '../css/styled-element.ts';
import { isOff } from './disabled.ts';

const globalAttributes = (
  'aria-atomic aria-busy aria-controls aria-current aria-describedby aria-details aria-dropeffect aria-flowto aria-grabbed ' +
  'aria-hidden aria-keyshortcuts aria-live aria-owns aria-relevant'
).split(' ');

const unnamable = new Set(
  'caption code deletion emphasis generic insertion paragraph presentation strong subscript superscript'.split(' '),
);

/** True if an ARIA attribute that any role takes is set, and allowed for this role. */
export function hasGlobalAttribute(element: StyledElement, role: string | null): boolean {
  const { attrs } = element;
  if (globalAttributes.some((name) => name in attrs)) return true;
  if (('aria-label' in attrs || 'aria-labelledby' in attrs) && !unnamable.has(role ?? '')) return true;
  return 'aria-roledescription' in attrs && role !== 'generic';
}

/** True if `tabindex` holds a number. */
export function hasTabIndex(element: StyledElement): boolean {
  const { tabindex } = element.attrs;
  return tabindex !== undefined && !Number.isNaN(Number(tabindex));
}

const alwaysFocusable = new Set(['button', 'details', 'select', 'textarea']);

/** True if the element can take the focus. */
export function isFocusable(element: StyledElement): boolean {
  return !isOff(element) && (isNativelyFocusable(element) || hasTabIndex(element));
}

function isNativelyFocusable(element: StyledElement): boolean {
  const { tag, attrs } = element;
  if (alwaysFocusable.has(tag)) return true;
  if (tag === 'a' || tag === 'area') return 'href' in attrs;
  return tag === 'input' && !('hidden' in attrs);
}
