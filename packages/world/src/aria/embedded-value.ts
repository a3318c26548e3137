import { controlValue, optionsOf, selectedOptions } from '../css/form-state.ts';
import { descendants, textContent, type StyledElement } from '../css/styled-element.ts';
import type { Subject } from './name-walk.ts';
import type { PageModel } from './page-model.ts';
import { roleOf } from './role.ts';

const ranges = new Set(['progressbar', 'scrollbar', 'slider', 'spinbutton', 'meter']);

/** What a control inside of a label or a named element contributes: its value. Undefined for everything else. */
export function embeddedValue(element: StyledElement, subject: Subject): string | undefined {
  const { role, walk } = subject;
  const isField = element.tag === 'input' || element.tag === 'textarea';
  if (role === 'textbox' || role === 'searchbox') return isField ? controlValue(element) : textContent(element);
  if (role === 'combobox' || role === 'listbox') {
    walk.visited.add(element);
    const chosen = chosenOptions(walk.page, element, role);
    if (chosen.length === 0 && element.tag === 'input') return controlValue(element);
    return chosen.map((option) => walk.read(option, subject.inner)).join(' ');
  }
  if (ranges.has(role)) return element.attrs['aria-valuetext'] ?? element.attrs['aria-valuenow'] ?? element.attrs['value'] ?? '';
  return role === 'menu' ? '' : undefined;
}

function chosenOptions(page: PageModel, element: StyledElement, role: string): readonly StyledElement[] {
  if (element.tag === 'select') {
    const chosen = selectedOptions(element);
    return chosen.length > 0 ? chosen : optionsOf(element).slice(0, 1);
  }
  const listBox = role === 'combobox' ? ownedDescendants(page, element).find((each) => roleOf(page, each) === 'listbox') : element;
  if (listBox === undefined) return [];
  const isChosen = (each: StyledElement): boolean =>
    each.attrs['aria-selected']?.toLowerCase() === 'true' && roleOf(page, each) === 'option';
  return ownedDescendants(page, listBox).filter(isChosen);
}

function ownedDescendants(page: PageModel, element: StyledElement): readonly StyledElement[] {
  const owned = page.references(element.attrs['aria-owns']).flatMap((each) => [each, ...descendants(each)]);
  return [...descendants(element), ...owned];
}
