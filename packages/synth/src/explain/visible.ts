import type { DomElement, StyleRule } from '@backlot/protocol';
import { computeStyles } from '@backlot/world';
import type { Hole } from '../template/holes.ts';
import type { Instance } from '../template/pattern.ts';
import type { View } from '../views.ts';

/** Tells whether what a hole shows in an instance could be seen at all. */
export type Visibility = (hole: Hole, instance: Instance) => boolean;

/** The element whose boxes decide whether a hole is seen: the parent for what may be absent or hide itself, else the element. */
function holder(hole: Hole, instance: Instance): DomElement | undefined {
  const { pattern } = hole;
  if (pattern.kind === 'list') return undefined;
  const mayHideItself = hole.kind === 'presence' || hole.kind === 'token' || hole.name === 'style' || hole.name === 'hidden';
  const carrier = pattern.kind === 'text' || mayHideItself ? pattern.parent : pattern;
  return carrier?.nodes.get(instance);
}

/** Reads visibility off the style sheets, page by page, when it is asked for. */
export function visibilityBy(styles: readonly StyleRule[]): Visibility {
  const rendered = new WeakMap<DomElement, ReadonlySet<DomElement>>();
  const renderedIn = (view: View): ReadonlySet<DomElement> => {
    let seen = rendered.get(view.root);
    if (!seen) {
      seen = new Set(
        computeStyles(view.root, styles)
          .elements.filter((e) => e.rendered && e.visibility !== 'hidden')
          .map((e) => e.element),
      );
      rendered.set(view.root, seen);
    }
    return seen;
  };
  return (hole, instance) => {
    const own = holder(hole, instance);
    return own === undefined || renderedIn(instance.view).has(own);
  };
}
