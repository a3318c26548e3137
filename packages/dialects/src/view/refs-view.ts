import { renderAria, type AriaNode } from '@backlot/world';
import { firstRefOf } from '../refs.ts';
import type { Scene } from '../scene.ts';

/** The accessibility snapshot in Playwright's form, each element with its ref: `- button "Save" [ref=e1x9k2]`. */
export function refsView(scene: Scene): string {
  const isPlain = scene.hasPlainRefs;
  const refOf = ({ element }: AriaNode): string | null =>
    isPlain && element.key !== undefined ? firstRefOf(element.key) : scene.refOf(element);
  const mark = (node: AriaNode): string => {
    const ref = refOf(node);
    return `${node.active === true ? ' [active]' : ''}${ref === null ? '' : ` [ref=${ref}]`}`;
  };
  return renderAria(scene.tree, mark, isPlain);
}
