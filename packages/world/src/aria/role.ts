import type { StyledElement } from '../css/styled-element.ts';
import { hasGlobalAttribute, isFocusable } from './aria-attributes.ts';
import { explicitRole } from './explicit-role.ts';
import { tagRole } from './implicit-role.ts';
import type { PageModel } from './page-model.ts';
import { isPresentational } from './roles.ts';
import { own } from '../own.ts';

/** The role of an element; null where it has none. */
export function roleOf(page: PageModel, element: StyledElement): string | null {
  let role = element.heard.role;
  if (role === undefined) {
    role = computeRole(page, element);
    element.heard.role = role;
  }
  return role;
}

function computeRole(page: PageModel, element: StyledElement): string | null {
  const explicit = explicitRole(element);
  if (explicit === null) return implicitRole(page, element);
  if (!isPresentational(explicit)) return explicit;
  const implicit = implicitRole(page, element);
  return overrulesPresentation(element, implicit) ? implicit : explicit;
}

/** Who can be focused or carries ARIA attributes is not presentational, whatever the author says. */
function overrulesPresentation(element: StyledElement, role: string | null): boolean {
  return hasGlobalAttribute(element, role) || isFocusable(element);
}

const requiredParents: Readonly<Record<string, ReadonlySet<string>>> = {
  dd: new Set(['dl', 'div']),
  div: new Set(['dl']),
  dt: new Set(['dl', 'div']),
  li: new Set(['ol', 'ul']),
  tbody: new Set(['table']),
  td: new Set(['tr']),
  tfoot: new Set(['table']),
  th: new Set(['tr']),
  thead: new Set(['table']),
  tr: new Set(['thead', 'tbody', 'tfoot', 'table']),
};

/** The role of the tag, or the parent's presentational role where the tag makes sense only inside of that parent. */
function implicitRole(page: PageModel, element: StyledElement): string | null {
  const role = tagRole(element, page);
  if (role === null) return null;
  let child = element;
  for (let parent = child.parent; parent !== null; parent = parent.parent) {
    if (!own(requiredParents, child.tag)?.has(parent.tag)) break;
    const given = explicitRole(parent);
    if (isPresentational(given) && !overrulesPresentation(parent, given)) return given;
    child = parent;
  }
  return role;
}
