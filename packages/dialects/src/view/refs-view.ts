import { renderAria } from '@backlot/world';
import type { Scene } from '../scene.ts';

/** The accessibility snapshot in Playwright's form, each element with its ref: `- button "Save" [ref=e1x9k2]`. */
export function refsView(scene: Scene): string {
  return renderAria(scene.tree, (node) => {
    const ref = scene.refOf(node.element);
    return `${node.active === true ? ' [active]' : ''}${ref === null ? '' : ` [ref=${ref}]`}`;
  });
}
