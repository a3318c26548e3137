import type { Hole } from '../template/holes.ts';
import { possibleHoles } from '../template/holes.ts';
import { buildPattern } from '../template/build.ts';
import type { Instance, PagePattern } from '../template/pattern.ts';
import type { View } from '../views.ts';
import { clusterPages, type PageCluster } from './cluster.ts';
import { documentsIn } from './documents.ts';
import { holesAmong, layoutSpots } from './layout-holes.ts';
import { recordsElsewhere } from './shared-lists.ts';
import { sharedParts, type SharedParts } from './shared-parts.ts';

/** One kind of page with its template and what varies in it. */
export interface PageModel extends PageCluster {
  readonly pattern: PagePattern;
  readonly holes: readonly Hole[];
  /** What other pages have at the same places. */
  readonly shared: SharedParts;
  /** The whole-page instance of a view. */
  readonly instanceOf: ReadonlyMap<View, Instance>;
}

/** The pages of an application, and which of them each view shows. */
export interface Site {
  readonly pages: readonly PageModel[];
  readonly pageOf: ReadonlyMap<View, PageModel>;
}

/** A page before it is known what of it other pages show otherwise. */
type Draft = Omit<PageModel, 'holes' | 'shared'> & { readonly possible: readonly Hole[] };

/** The templates of all pages; what other pages show to be records at the same place is a list here too. */
function patternsOf(clusters: readonly PageCluster[]): readonly PagePattern[] {
  const documents = documentsIn(clusters.flatMap(({ views }) => views));
  const alone = clusters.map(({ views, id }) => buildPattern(views, `${id}e`, { documents }));
  return recordsElsewhere(alone).map((records, i) => {
    const { views, id } = clusters[i] as PageCluster;
    return records.size > 0 ? buildPattern(views, `${id}e`, { records, documents }) : (alone[i] as PagePattern);
  });
}

/** Finds the kinds of pages among the views and aligns each into a template. */
export function buildSite(views: readonly View[]): Site {
  const clusters = clusterPages(views);
  const drafts = patternsOf(clusters).map((pattern, i): Draft => {
    const { frame } = pattern.root;
    const instanceOf = new Map(frame.instances.map((instance) => [instance.view, instance]));
    return { ...(clusters[i] as PageCluster), pattern, possible: possibleHoles(pattern), instanceOf };
  });
  const spots = layoutSpots(drafts.map(({ possible }) => possible));
  const shared = sharedParts(drafts.map(({ pattern }) => pattern));
  const pages = drafts.map((draft, i): PageModel => {
    const { possible, ...page } = draft;
    return { ...page, holes: holesAmong(possible, spots), shared: shared[i] as SharedParts };
  });
  const pageOf = new Map<View, PageModel>();
  for (const page of pages) for (const view of page.views) pageOf.set(view, page);
  return { pages, pageOf };
}
