import { renderAria, type AriaNode } from '@backlot/world';
import type { Scene } from '../scene.ts';

/** The accessibility snapshot in Playwright's form, each element with its ref: `- button "Save" [ref=e1x9k2]`. */
export function refsView(scene: Scene): string {
  const mark = (node: AriaNode): string => {
    const ref = scene.refOf(node.element);
    return `${node.active === true ? ' [active]' : ''}${ref === null ? '' : ` [ref=${ref}]`}`;
  };
  return renderAria(scene.tree, mark, scene.hasPlainRefs);
}
