import type { AriaNode } from '@backlot/world';
import type { Scene } from '@backlot/dialects';
import type { Mark } from './eyes.ts';

/** Roles of what one acts on. */
const actedOn = new Set(
  'button checkbox combobox link listbox menuitem menuitemcheckbox menuitemradio option radio searchbox slider spinbutton switch tab textbox treeitem'.split(
    ' ',
  ),
);

/** Marks for what can be acted on, signed with its ref. */
export function marksOf(scene: Scene): readonly Mark[] {
  const marks: Mark[] = [];
  const visit = (nodes: readonly (AriaNode | string)[]): void => {
    for (const node of nodes) {
      if (typeof node === 'string') continue;
      const { element, role } = node;
      const sign = scene.refOf(element);
      if (sign !== null && element.key !== undefined && actedOn.has(role)) marks.push({ key: element.key, sign });
      visit(node.children);
    }
  };
  visit(scene.tree);
  return marks;
}
