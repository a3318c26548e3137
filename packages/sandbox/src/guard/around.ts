import type { DomElement, Target, World } from '@backlot/protocol';
import { accessiblePage, actedOnRoles, pathToElement } from '@backlot/world';

/**
 * What a target stands in that people act on: whoever clicks the picture or the text in a button clicks the button. Empty for what is
 * acted on itself, and where there is no such element.
 */
export function around(world: World, root: DomElement, target: Target): readonly Target[] {
  if (actedOnRoles.has(target.role)) return [];
  const page = accessiblePage(root, world.styles);
  const element = page.find(target);
  if (element === null) return [];
  return pathToElement(root, element)
    .slice(0, -1)
    .map((each) => page.describe(each))
    .filter(({ role }) => actedOnRoles.has(role))
    .map(({ role, name, nth }) => ({ role, name, nth }));
}
