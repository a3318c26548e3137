import type { DomElement } from '@backlot/protocol';
import { parseAddress } from '@backlot/world';
import { isFixed } from '../template/fixed-name.ts';
import { loadOf } from '../template/holes.ts';
import type { TrailMark, Trails } from '../template/trail-mark.ts';
import type { LinkList } from './trail-parts.ts';
import { separatorAmong, trailParts } from './trail-parts.ts';
import type { View } from '../views.ts';

/** More links than this are no trail of pages. */
const mostLinks = 24;
/** How often a trail must be seen to change, in how many sessions, and how long it must get. */
const fewestChanges = 3;
const fewestSessions = 2;
const fewestItems = 3;
/** Share of changes that may be of another kind. */
const odd = 0.05;
/** How often it may be emptied, for each change. */
const often = 0.25;
/** Share of changes by which the newest item must lead to the page that is shown. */
const leadingHere = 0.7;

/** A list of links at a place of a view. */
interface Sighting extends LinkList {
  readonly view: View;
}

const hrefOf = (link: DomElement): string => link.attrs['href'] as string;
const named = ({ tag, attrs }: DomElement): string => `${tag}${isFixed(attrs['id']) ? `#${attrs['id']}` : ''}`;
const classed = (element: DomElement): string =>
  `${named(element)}.${(element.attrs['class'] ?? '').split(/\s+/).filter(isFixed).sort().join('.')}`;

/** Elements with few links, by their place; at a place that several elements of a view have stands no trail. */
function sightingsIn(view: View): ReadonlyMap<string, Sighting | null> {
  const found = new Map<string, Sighting | null>();
  const visit = (element: DomElement, above: string): readonly DomElement[] => {
    const here = `${above}/${named(element)}`;
    const own = element.tag === 'a' && 'href' in element.attrs ? [element] : [];
    const links = [...own, ...element.children.flatMap((child) => ('tag' in child ? visit(child, here) : []))];
    const place = `${above}/${classed(element)}`;
    if (own.length === 0 && links.length <= mostLinks) found.set(place, found.has(place) ? null : { view, element, links });
    return links;
  };
  visit(view.root, '');
  return found;
}

/** True where a link leads to the page that an address shows: what else the address asks for aside. */
function leadsTo(href: string, url: string): boolean {
  const [link, here] = [parseAddress(href), parseAddress(url)];
  return link.path === here.path && Object.entries(link.query).every(([name, value]) => here.query[name] === value);
}

interface Tally {
  changes: number;
  /** How often it lost all items at once, as by logging out. */
  emptied: number;
  others: number;
  leading: number;
  /** Items that were there before and are the newest now; items whose page was come to though they are not. */
  moved: number;
  left: number;
  longest: number;
  /** How long the list was where it lost an item. */
  readonly cuts: Set<number>;
  readonly sessions: Set<number>;
}

const isSame = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((one, i) => one === b[i]);

/** What a list shows before a page is come to, and there; the newest item last. */
interface Turn {
  readonly was: readonly string[];
  readonly is: readonly string[];
  readonly view: View;
}

/** Counts what became of a list. */
function count(tally: Tally, { was, is, view: { url, session } }: Turn): void {
  tally.longest = Math.max(tally.longest, is.length);
  if (isSame(was, is)) {
    if (is.slice(0, -1).some((href) => leadsTo(href, url)) && !leadsTo(is.at(-1) ?? '', url)) tally.left++;
    return;
  }
  if (is.length === 0) {
    tally.emptied++;
    return;
  }
  const newest = is.at(-1) ?? '';
  const expected = [...was.filter((href) => href !== newest), newest];
  if (!isSame(expected.slice(-is.length), is)) {
    tally.others++;
    return;
  }
  tally.changes++;
  tally.sessions.add(session);
  if (leadsTo(newest, url)) tally.leading++;
  if (was.includes(newest)) tally.moved++;
  if (is.length < expected.length) tally.cuts.add(is.length);
}

/** What became of a list, in all sessions. */
function tallied(sightings: readonly Sighting[], isNewestLast: boolean): Tally {
  const tally: Tally = {
    changes: 0,
    emptied: 0,
    others: 0,
    leading: 0,
    moved: 0,
    left: 0,
    longest: 0,
    cuts: new Set(),
    sessions: new Set(),
  };
  for (const mine of Map.groupBy(sightings, ({ view }) => view.session).values()) {
    let was: readonly string[] = [];
    let load = '';
    for (const { view, links } of mine) {
      const hrefs = links.map(hrefOf);
      const is = isNewestLast ? hrefs : hrefs.toReversed();
      if (loadOf(view) !== load) count(tally, { was, is, view });
      else if (!isSame(was, is)) tally.others++;
      [was, load] = [is, loadOf(view)];
    }
  }
  return tally;
}

/** True where the pages come to last, and nothing else, make a list change; what empties it may be something else. */
const isKept = ({ changes, emptied, others, leading, moved, left }: Tally): boolean =>
  others <= odd * changes && emptied <= often * changes && leading >= leadingHere * changes && moved > left;

/** How long a place keeps the pages come to last, if that is what it lists; 0 where it never lost one. */
function lengthOf(sightings: readonly Sighting[], isNewestLast: boolean): number | null {
  const tally = tallied(sightings, isNewestLast);
  const { changes, longest, sessions, cuts } = tally;
  const isCut = cuts.size === 0 || (cuts.size === 1 && cuts.has(longest));
  const isSeen = changes >= fewestChanges && sessions.size >= fewestSessions && longest >= fewestItems;
  return isSeen && isCut && isKept(tally) ? Math.max(0, ...cuts) : null;
}

interface Found {
  readonly sightings: readonly Sighting[];
  readonly most: number;
  readonly isNewestLast: boolean;
}

function found(sightings: readonly Sighting[]): Found | null {
  const ways = [true, false].map((isNewestLast) => ({ isNewestLast, most: lengthOf(sightings, isNewestLast) }));
  const way = ways.find(({ most }) => most !== null);
  return way ? { sightings, most: way.most as number, isNewestLast: way.isNewestLast } : null;
}

/** True where an element stands inside another. */
const holds = (outer: DomElement, inner: DomElement): boolean =>
  outer.children.some((child) => child === inner || ('tag' in child && holds(child, inner)));

/** True where another trail stands inside this one. */
const isAround = ({ sightings: [one] }: Found, { sightings: [other] }: Found): boolean =>
  one !== undefined && other !== undefined && holds(one.element, other.element);

function mark({ sightings, most, isNewestLast }: Found, marks: WeakMap<DomElement, TrailMark>): void {
  const between = separatorAmong(sightings);
  if (!between) return;
  const parts = sightings.map((sighting) => [sighting.element, trailParts(sighting, { ...between, isNewestLast })] as const);
  const shown = parts.find(([, { older }]) => older.length > 0)?.[1];
  if (!shown) return;
  const trail = { most, isNewestLast, sample: { ...shown, older: shown.older.map(unnumbered) } };
  for (const [element, own] of parts) marks.set(element, { trail, parts: own });
}

/** An element without the numbers that a recorder gave it: it stands for others. */
function unnumbered(element: DomElement): DomElement {
  const { id: _id, ...rest } = element;
  return { ...rest, children: element.children.map((child) => ('tag' in child ? unnumbered(child) : child)) };
}

/**
 * Finds lists that going from page to page keeps by itself: of the pages come to last, each once, the newest at one end, the oldest
 * dropped where there are too many. (Where one was before, what was looked at lately.)
 */
export function trailsIn(views: readonly View[]): Trails {
  const byPlace = new Map<string, (Sighting | null)[]>();
  for (const view of views) {
    for (const [place, sighting] of sightingsIn(view)) byPlace.set(place, [...(byPlace.get(place) ?? []), sighting]);
  }
  const all = [...byPlace.values()].flatMap((sightings) => {
    const sure = sightings.filter((sighting) => sighting !== null);
    return sure.length < sightings.length ? [] : (found(sure) ?? []);
  });
  const marks = new WeakMap<DomElement, TrailMark>();
  for (const one of all) if (!all.some((other) => other !== one && isAround(one, other))) mark(one, marks);
  return marks;
}
