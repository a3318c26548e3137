import type { DomElement, StyleRule, Value } from '@backlot/protocol';
import { computeStyles } from '@backlot/world';
import type { PageModel, Site } from '../pages/page-model.ts';
import type { Hole } from '../template/holes.ts';
import { varies } from '../template/holes.ts';
import type { View } from '../views.ts';

type DisplayOf = (view: View, node: DomElement) => string | undefined;

function displayReader(styles: readonly StyleRule[]): DisplayOf {
  const known = new WeakMap<DomElement, ReturnType<typeof computeStyles>>();
  return ({ root }, node) => {
    const page = known.get(root) ?? computeStyles(root, styles);
    known.set(root, page);
    return page.of(node)?.display;
  };
}

/** How an element is displayed where it has no inline style; undefined where it always has one. */
function plainDisplay(hole: Hole, displayOf: DisplayOf): string | undefined {
  if (hole.pattern.kind !== 'element') return undefined;
  for (const [instance, value] of hole.values) {
    const node = hole.pattern.nodes.get(instance);
    const display = value === null && node ? displayOf(instance.view, node) : undefined;
    if (display !== undefined && display !== 'none') return display;
  }
  return undefined;
}

function evenHole(hole: Hole, displayOf: DisplayOf): Hole {
  if (hole.kind !== 'attribute' || hole.name !== 'style' || ![...hole.values.values()].includes(null)) return hole;
  const plain = plainDisplay(hole, displayOf);
  if (plain === undefined) return hole;
  const even = (value: Value): Value => (value === `display: ${plain};` ? null : value);
  return { ...hole, values: new Map([...hole.values].map(([instance, value]) => [instance, even(value)])) };
}

/** A hole that is no longer one once styles are even goes. */
const keptHole = (was: Hole, is: Hole): readonly Hole[] => (was === is || varies(is.values) ? [is] : []);

/** Takes an inline style for none where it says just what the style sheets say anyway. */
export function evenStyles(site: Site, styles: readonly StyleRule[]): Site {
  const displayOf = displayReader(styles);
  const even = new Map<PageModel, PageModel>(
    site.pages.map((page) => [page, { ...page, holes: page.holes.flatMap((hole) => keptHole(hole, evenHole(hole, displayOf))) }]),
  );
  return {
    pages: [...even.values()],
    pageOf: new Map([...site.pageOf].map(([view, page]) => [view, even.get(page) as PageModel])),
  };
}
