import type { Action, DomElement, World } from '@backlot/protocol';
import { accessiblePage } from '@backlot/world';

/**
 * Where a click on the application's own page leads, if it is one on a link to another address: null for anything else, and for links
 * that only a script makes do something. `root` is the page in the canonical form that worlds are learned from.
 */
export function shownLink(world: World, root: DomElement, { kind, target }: Action): string | null {
  if (kind !== 'click' || target?.role !== 'link') return null;
  const address = accessiblePage(root, world.styles).find(target)?.attrs['href'] ?? '';
  return address === '' || /^(?:#|javascript:)/i.test(address.trim()) ? null : address;
}
