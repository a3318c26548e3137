import { dialogKinds } from '../template/dialog-kinds.ts';
import type { Hole } from '../template/holes.ts';
import { possibleHoles } from '../template/holes.ts';
import { noneKnown } from '../template/lists.ts';
import { buildPattern } from '../template/build.ts';
import type { Instance, PagePattern, Pattern } from '../template/pattern.ts';
import type { View } from '../views.ts';
import { clusterPages, type PageCluster } from './cluster.ts';
import { documentsIn } from './documents.ts';
import { holesAmong, layoutSpots } from './layout-holes.ts';
import { siblingsElsewhere } from './shared-lists.ts';
import { sharedParts, type SharedParts } from './shared-parts.ts';
import { trailsIn } from './trails.ts';

/** One kind of page with its template and what varies in it. */
export interface PageModel extends PageCluster {
  readonly pattern: PagePattern;
  readonly holes: readonly Hole[];
  /** Everything in the items of trails, whether it varies or not: it is no part of `holes`. */
  readonly trailHoles: readonly Hole[];
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
type Draft = Omit<PageModel, 'holes' | 'trailHoles' | 'shared'> & { readonly possible: readonly Hole[] };

/** The templates of all pages; what other pages show of siblings at the same place holds here too. */
function patternsOf(clusters: readonly PageCluster[], names: ReadonlySet<string>): readonly PagePattern[] {
  const all = clusters.flatMap(({ views }) => views).toSorted((a, b) => a.index - b.index);
  const known = { documents: documentsIn(clusters.flatMap(({ views }) => views)), trails: trailsIn(all), dialogs: dialogKinds(all) };
  const alone = clusters.map(({ views, id }) => buildPattern(views, `${id}e`, { ...known, siblings: { ...noneKnown, names } }));
  return siblingsElsewhere(alone).map((siblings, i) => {
    const { views, id } = clusters[i] as PageCluster;
    return siblings ? buildPattern(views, `${id}e`, { ...known, siblings: { ...siblings, names } }) : (alone[i] as PagePattern);
  });
}

/** Tells what stands in an item of a trail. */
function inTrails({ trails }: PagePattern): (hole: Hole) => boolean {
  const items = new Set<Pattern>(trails.flatMap(({ older, newest }) => [older.item, ...newest]));
  const isWithin = (pattern: Pattern | null): boolean => pattern !== null && (items.has(pattern) || isWithin(pattern.parent));
  return (hole) => items.size > 0 && isWithin(hole.pattern);
}

/** Finds the kinds of pages among the views and aligns each into a template. `names` are those of records that scripts hold. */
export function buildSite(views: readonly View[], names: ReadonlySet<string> = new Set()): Site {
  const clusters = clusterPages(views);
  const drafts = patternsOf(clusters, names).map((pattern, i): Draft => {
    const { frame } = pattern.root;
    const instanceOf = new Map(frame.instances.map((instance) => [instance.view, instance]));
    return { ...(clusters[i] as PageCluster), pattern, possible: possibleHoles(pattern), instanceOf };
  });
  const spots = layoutSpots(drafts.map(({ possible }) => possible));
  const shared = sharedParts(drafts.map(({ pattern }) => pattern));
  const pages = drafts.map((draft, i): PageModel => {
    const { possible, ...page } = draft;
    const isOfTrail = inTrails(page.pattern);
    const holes = holesAmong(possible, spots).filter((hole) => !isOfTrail(hole));
    return { ...page, holes, trailHoles: possible.filter(isOfTrail), shared: shared[i] as SharedParts };
  });
  const pageOf = new Map<View, PageModel>();
  for (const page of pages) for (const view of page.views) pageOf.set(view, page);
  return { pages, pageOf };
}
