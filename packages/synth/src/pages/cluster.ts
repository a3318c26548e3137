import type { Page, PageRoute } from '@backlot/protocol';
import type { View } from '../views.ts';
import { agglomerate } from './agglomerate.ts';
import { unitsOf } from './lives.ts';
import { pageRoutes } from './page-routes.ts';
import { keyOf } from './route-table.ts';
import { placesOf } from './places.ts';
import { keyPattern, pathOf } from './routes.ts';

/** Views of one kind of page. The first of its addresses is `route` with `query`, `hash` and `posted`, `also` holds the others. */
export interface PageCluster extends PageRoute {
  readonly id: string;
  readonly also: readonly PageRoute[];
  /** The path patterns of all its addresses. */
  readonly routes: readonly string[];
  readonly views: readonly View[];
}

/** The addresses of a cluster as a page of the world has them. */
export function addressesOf({ route, query, hash, posted, also }: PageCluster): PageRoute & Pick<Page, 'also'> {
  const fields = { ...(hash === undefined ? {} : { hash }), ...(posted ? { posted } : {}) };
  return { route, ...(query ? { query } : {}), ...fields, ...(also.length > 0 ? { also } : {}) };
}

/** The addresses of a page that another page shares and shows more often. */
function sharedRoutes(views: readonly View[]): readonly PageRoute[] {
  return [...new Set(views.map((view) => keyPattern(pathOf(view.url))))].sort().map((route) => ({ route }));
}

/**
 * Groups views by the kind of page they show: by what the pages are made of first, then by where they stood. What lies over a page,
 * comes and goes in it, repeats or is left out makes no other page. Ordered by address, then the page that shows more often first;
 * the order of the sessions does not matter.
 */
export function clusterPages(views: readonly View[]): readonly PageCluster[] {
  const placeOf = placesOf(views);
  const units = unitsOf(views, placeOf);
  const groups = agglomerate(units, placeOf)
    .map((numbers) => numbers.flatMap((i) => units[i]?.views ?? []).sort((a, b) => a.index - b.index))
    .sort((a, b) => b.length - a.length);
  const routes = pageRoutes(groups);
  return groups
    .map((group, i) => {
      const own = routes[i]?.length ? (routes[i] as readonly PageRoute[]) : sharedRoutes(group);
      const [first = { route: '/' }, ...also] = own;
      return { ...first, also, routes: [...new Set(own.map(({ route }) => route))], views: group };
    })
    .map((cluster) => ({ cluster, key: keyOf(cluster) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ cluster }, i) => ({ id: `p${i}`, ...cluster }));
}
