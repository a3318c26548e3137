import { actedOnRoles, type AriaNode } from '@backlot/world';
import type { Scene } from '@backlot/dialects';
import type { Look } from '@backlot/sandbox';

/** Marks for what can be acted on, signed with its ref. */
export function marksOf(scene: Scene): Required<Look>['marks'] {
  const marks: { readonly key: string; readonly sign: string }[] = [];
  const visit = (nodes: readonly (AriaNode | string)[]): void => {
    for (const node of nodes) {
      if (typeof node === 'string') continue;
      const { element, role } = node;
      const sign = scene.refOf(element);
      if (sign !== null && element.key !== undefined && actedOnRoles.has(role)) marks.push({ key: element.key, sign });
      visit(node.children);
    }
  };
  visit(scene.tree);
  return marks;
}
