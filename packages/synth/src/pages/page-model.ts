import type { Hole } from '../template/holes.ts';
import { possibleHoles, varies } from '../template/holes.ts';
import { placeOf } from '../template/place.ts';
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

/** A page before it is known what of it other pages show otherwise. */
type Draft = Omit<PageModel, 'holes'> & { readonly possible: readonly Hole[] };

const shared = new Set<Hole['kind']>(['presence', 'text']);
const spotOf = (hole: Hole): string => `${placeOf(hole.pattern)} ${hole.kind} ${hole.name}`;

/** What varies on a page, and what only other pages show to vary at the same place of the layout. */
function holesAmong({ possible }: Draft, spots: ReadonlySet<string>): readonly Hole[] {
  return possible.filter((hole) => varies(hole.values) || (!hole.frame.list && shared.has(hole.kind) && spots.has(spotOf(hole))));
}

/** Finds the kinds of pages among the views and aligns each into a template. */
export function buildSite(views: readonly View[]): Site {
  const drafts = clusterPages(views).map((cluster): Draft => {
    const pattern = buildPattern(cluster.views, `${cluster.id}e`);
    const frame = pattern.root.frame;
    return { ...cluster, pattern, possible: possibleHoles(pattern), instanceOf: new Map(frame.instances.map((i) => [i.view, i])) };
  });
  const spots = new Set(
    drafts.flatMap(({ possible }) =>
      possible.filter((hole) => !hole.frame.list && shared.has(hole.kind) && varies(hole.values)).map(spotOf),
    ),
  );
  const pages = drafts.map((draft): PageModel => {
    const { possible: _possible, ...page } = draft;
    return { ...page, holes: holesAmong(draft, spots) };
  });
  const pageOf = new Map<View, PageModel>();
  for (const page of pages) for (const view of page.views) pageOf.set(view, page);
  return { pages, pageOf };
}
