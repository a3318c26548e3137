import type { PageRoute } from '@backlot/protocol';
import { bySpecificity, matchPage, parseAddress, type Address } from '@backlot/world';
import type { View } from '../views.ts';
import { modesOf, type SeenAddress } from './modes.ts';
import { pathPatterns } from './paths.ts';
import { askForPosted } from './posted-routes.ts';
import { decisive, keyOf, type Routes } from './route-table.ts';
import { hashRouteOf, keyPattern } from './routes.ts';

/** Most addresses that a page has spelt out. */
const maxExact = 60;
/** Rounds of spelling out what the patterns lead elsewhere. */
const rounds = 3;

const spell = ({ path, search, hash }: Address): string => `${path}?${search}#${hashRouteOf(`#${hash}`)}`;

/** The addresses seen, each with the page that it showed most often, in a fixed order. */
function seenAddresses(pages: readonly (readonly View[])[]): readonly SeenAddress[] {
  const counts = new Map<string, { address: Address; views: number[] }>();
  for (const [page, views] of pages.entries()) {
    for (const view of views) {
      const address = parseAddress(view.url);
      const key = spell(address);
      const known = counts.get(key) ?? { address, views: pages.map(() => 0) };
      counts.set(key, known);
      known.views[page] = (known.views[page] as number) + 1;
    }
  }
  return [...counts]
    .sort((a, b) => (a[0] < b[0] ? -1 : 1))
    .map(([, { address, views }]) => {
      const most = Math.max(...views);
      return { address, page: views.indexOf(most), views: most };
    });
}

function generalRoutes(seen: readonly SeenAddress[], count: number): Routes {
  const numbers = Array.from({ length: count }, (_, i) => i);
  const patterns = pathPatterns(numbers.map((i) => seen.filter(({ page }) => page === i).map(({ address }) => address.path)));
  const byPattern = new Map<string, SeenAddress[]>();
  for (const each of seen) {
    const pattern = patterns[each.page]?.get(each.address.path) as string;
    byPattern.set(pattern, [...(byPattern.get(pattern) ?? []), each]);
  }
  const routes = numbers.map(() => new Map<string, PageRoute>());
  for (const [route, at] of byPattern) {
    for (const [page, conditions] of modesOf(at)) {
      for (const condition of conditions) {
        const made: PageRoute = { route, ...condition };
        routes[page]?.set(keyOf(made), made);
      }
    }
  }
  return routes;
}

/** The page that an address leads to: the most specific pattern decides. */
const leadsTo = (routes: Routes, address: Address): number => decisive(routes, address)?.page ?? -1;

/** Spells out the addresses that the patterns lead elsewhere than they led when they were seen; with variables for keys where all such addresses led there. */
function spellOut(routes: Routes, seen: readonly SeenAddress[]): void {
  const byPath = Map.groupBy(seen, ({ address }) => address.path);
  const byWords = Map.groupBy(seen, ({ address }) => keyPattern(address.path));
  const isOf = (all: readonly SeenAddress[] | undefined, page: number): boolean => all?.every((each) => each.page === page) ?? false;
  for (let round = 0; round < rounds; round++) {
    const wrong = seen.filter(({ address, page }) => leadsTo(routes, address) !== page);
    if (wrong.length === 0) return;
    for (const { address, page } of wrong) {
      const own = routes[page] as Map<string, PageRoute>;
      const words = keyPattern(address.path);
      const isPlain = isOf(byPath.get(address.path), page) || Object.keys(address.query).length === 0;
      const spelt: PageRoute = isPlain ? { route: address.path } : { route: address.path, query: address.query };
      const exact = isOf(byWords.get(words), page) ? { route: words } : spelt;
      if (own.size < maxExact) own.set(keyOf(exact), exact);
    }
  }
}

/** Two paths with a variable where one word differs and others follow that say what page it is; null where they differ otherwise. */
function acrossWords(a: string, b: string): string | null {
  const [one, other] = [a.split('/'), b.split('/')];
  if (one.length !== other.length) return null;
  const places = one.flatMap((segment, i) => (segment === other[i] ? [] : [i]));
  const [at = 0] = places;
  const isVariable = [one, other].some((segments) => segments[at]?.startsWith(':'));
  const isFollowed = one.slice(at + 1).some((segment) => segment !== '' && !segment.startsWith(':'));
  return places.length === 1 && !isVariable && isFollowed ? one.with(at, `:p${at}`).join('/') : null;
}

/** Adds what pages may have as addresses beyond those seen: a kind of page that is there for some words is there for others. */
function reachFurther(routes: Routes, seen: readonly SeenAddress[]): void {
  for (const [page, own] of routes.entries()) {
    const plain = [...own.values()].filter(({ query, hash }) => query === undefined && hash === undefined).map(({ route }) => route);
    const wider = new Set(plain.flatMap((a, i) => plain.slice(i + 1).flatMap((b) => acrossWords(a, b) ?? [])));
    for (const route of wider) {
      if (seen.every((each) => each.page === page || !matchPage({ route }, each.address))) own.set(keyOf({ route }), { route });
    }
  }
}

/** Addresses that must say a word for it to name a kind of page. */
const fewestSaying = 3;

/** Addresses by each word of their queries, as `[path, name, value]`. */
function bySaidWord(seen: readonly SeenAddress[]): ReadonlyMap<string, readonly SeenAddress[]> {
  const said = seen.flatMap((each) =>
    Object.entries(each.address.query).map(([name, value]) => ({ word: JSON.stringify([each.address.path, name, value]), each })),
  );
  const byWord = Map.groupBy(said, ({ word }) => word);
  return new Map([...byWord].sort(([a], [b]) => (a < b ? -1 : 1)).map(([word, of]) => [word, of.map(({ each }) => each)]));
}

/** True for an address that is known only as it stands. */
function isSpeltOut({ address, page }: SeenAddress, routes: Routes): boolean {
  const matching = [...(routes[page]?.values() ?? [])].filter((route) => matchPage(route, address));
  const names = Object.keys(address.query).length;
  return names > 1 && matching.every(({ query = {} }) => Object.keys(query).length === names);
}

/** Adds addresses with a word that was seen only in addresses spelt out, of several pages maybe: the page seen at most of them shows the others too. */
function reachOtherQueries(routes: Routes, seen: readonly SeenAddress[]): void {
  for (const [word, saying] of bySaidWord(seen)) {
    const [route, name, value] = JSON.parse(word) as [string, string, string];
    const pages = Map.groupBy(saying, ({ page }) => page);
    const asked = parseAddress(`${route}?${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
    const isKnown = pages.has(leadsTo(routes, asked)) || !saying.every((each) => isSpeltOut(each, routes));
    if (saying.length < fewestSaying || isKnown) continue;
    const [[page] = [-1]] = [...pages].sort(([a, x], [b, y]) => y.length - x.length || a - b);
    const wider: PageRoute = { route, query: { [name]: value } };
    routes[page]?.set(keyOf(wider), wider);
  }
}

/** The addresses of a page, those under which it was seen most first. */
function mostSeenFirst(own: ReadonlyMap<string, PageRoute>, seen: readonly SeenAddress[]): readonly PageRoute[] {
  const routes = [...own].sort((a, b) => bySpecificity(a[1], b[1]) || (a[0] < b[0] ? -1 : 1)).map(([, route]) => route);
  const views = new Map(routes.map((route) => [route, 0]));
  for (const { address, views: count } of seen) {
    const route = routes.find((each) => matchPage(each, address));
    if (route) views.set(route, (views.get(route) as number) + count);
  }
  return [...routes].sort((a, b) => (views.get(b) as number) - (views.get(a) as number));
}

/**
 * The addresses of pages, by page: patterns of paths, with parameters where a path shows one page or another, and single addresses where
 * a pattern would lead to another page than was seen; wider patterns where no other page was seen. A page has none where another showed more often at all of its addresses.
 */
export function pageRoutes(pages: readonly (readonly View[])[]): readonly (readonly PageRoute[])[] {
  const seen = seenAddresses(pages);
  const routes = generalRoutes(seen, pages.length);
  spellOut(routes, seen);
  reachFurther(routes, seen);
  reachOtherQueries(routes, seen);
  askForPosted(routes, pages);
  return routes.map((own, i) =>
    mostSeenFirst(
      own,
      seen.filter(({ page }) => page === i),
    ),
  );
}
