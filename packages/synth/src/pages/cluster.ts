import type { DomElement, DomNode } from '@backlot/protocol';
import type { View } from '../views.ts';
import { routePatterns } from './routes.ts';

/** Views of one kind of page. */
export interface PageCluster {
  readonly id: string;
  readonly route: string;
  readonly views: readonly View[];
}

/** Paths of marked elements below a node: what a page is recognised by. */
function shingles(root: DomElement): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (node: DomNode, path: string, depth: number): void => {
    if (!('tag' in node) || depth > 7) return;
    const here = `${path}/${node.tag}${node.attrs['id'] && !/\d/.test(node.attrs['id']) ? `#${node.attrs['id']}` : ''}${node.attrs['name'] ? `[${node.attrs['name']}]` : ''}`;
    found.add(here);
    node.children.forEach((child) => visit(child, here, depth + 1));
  };
  visit(root, '', 0);
  return found;
}

function similarity(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const x of a) if (b.has(x)) shared++;
  return shared / (a.size + b.size - shared || 1);
}

/** Views of one address that are less alike than this are different pages. */
const sameShare = 0.35;

function splitByShape(views: readonly View[]): readonly (readonly View[])[] {
  const groups: { seed: ReadonlySet<string>; views: View[] }[] = [];
  for (const view of views) {
    const mine = shingles(view.root);
    const group = groups.find((g) => similarity(g.seed, mine) >= sameShare);
    if (group) group.views.push(view);
    else groups.push({ seed: mine, views: [view] });
  }
  return groups.map((group) => group.views);
}

/** Groups views by route, and by shape where one route shows different pages. Ordered by route. */
export function clusterPages(views: readonly View[]): readonly PageCluster[] {
  const routeOf = routePatterns(views.map((view) => view.url));
  const byRoute = new Map<string, View[]>();
  for (const view of views) {
    const route = routeOf(view.url);
    const list = byRoute.get(route);
    if (list) list.push(view);
    else byRoute.set(route, [view]);
  }
  const clusters: PageCluster[] = [];
  for (const route of [...byRoute.keys()].sort()) {
    for (const group of splitByShape(byRoute.get(route) ?? [])) clusters.push({ id: `p${clusters.length}`, route, views: group });
  }
  return clusters;
}
