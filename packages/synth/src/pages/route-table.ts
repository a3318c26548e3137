import type { PageRoute } from '@backlot/protocol';
import { bySpecificity, matchPage, type Address } from '@backlot/world';

/** The addresses of pages, by page, each under its spelling. */
export type Routes = readonly Map<string, PageRoute>[];

/** A spelling of an address of a page, to tell addresses apart and to order them. */
export function keyOf({ route, query = {}, hash, posted = {} }: PageRoute): string {
  const spell = (named: NonNullable<PageRoute['query']>): string =>
    Object.entries(named)
      .map((each) => JSON.stringify(each))
      .join('&');
  return `${route} ?${spell(query)}${hash === undefined ? '' : `#${hash}`}${Object.keys(posted).length === 0 ? '' : ` ${spell(posted)}`}`;
}

/** The most specific pattern that matches an address, and its page; null where none does. */
export function decisive(routes: Routes, address: Address): { readonly page: number; readonly route: PageRoute } | null {
  let best: { page: number; route: PageRoute } | null = null;
  for (const [page, own] of routes.entries()) {
    for (const route of own.values()) {
      if (matchPage(route, address) && (best === null || bySpecificity(route, best.route) < 0)) best = { page, route };
    }
  }
  return best;
}
