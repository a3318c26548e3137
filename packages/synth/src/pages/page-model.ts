import type { Hole } from '../template/holes.ts';
import { holesOf } from '../template/holes.ts';
import { buildPattern } from '../template/build.ts';
import type { Instance, PagePattern } from '../template/pattern.ts';
import type { View } from '../views.ts';
import { clusterPages, type PageCluster } from './cluster.ts';

/** One kind of page with its template and what varies in it. */
export interface PageModel extends PageCluster {
  readonly pattern: PagePattern;
  readonly holes: readonly Hole[];
  /** The whole-page instance of a view. */
  readonly instanceOf: ReadonlyMap<View, Instance>;
}

/** The pages of an application, and which of them each view shows. */
export interface Site {
  readonly pages: readonly PageModel[];
  readonly pageOf: ReadonlyMap<View, PageModel>;
}

/** Finds the kinds of pages among the views and aligns each into a template. */
export function buildSite(views: readonly View[]): Site {
  const pages = clusterPages(views).map((cluster): PageModel => {
    const pattern = buildPattern(cluster.views, `${cluster.id}e`);
    const frame = pattern.root.frame;
    return { ...cluster, pattern, holes: holesOf(pattern), instanceOf: new Map(frame.instances.map((i) => [i.view, i])) };
  });
  const pageOf = new Map<View, PageModel>();
  for (const page of pages) for (const view of page.views) pageOf.set(view, page);
  return { pages, pageOf };
}
