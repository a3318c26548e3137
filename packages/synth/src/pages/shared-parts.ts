import { placeOf } from '../template/place.ts';
import type { ElementPattern, PagePattern } from '../template/pattern.ts';

/**
 * Elements that several pages share, by anchor: `common` gives the one name that all pages' occurrences go by, `own` the page's
 * anchor for such a name.
 */
export interface SharedParts {
  readonly common: ReadonlyMap<string, string>;
  readonly own: ReadonlyMap<string, string>;
}

/** The elements of a page that stand at a place of their own, by place. Records are no places. */
function placed(pattern: PagePattern): ReadonlyMap<string, ElementPattern | null> {
  const places = new Map<string, ElementPattern | null>();
  for (const element of pattern.elements.values()) {
    if (element.frame.list) continue;
    const place = placeOf(element);
    places.set(place, places.has(place) ? null : element);
  }
  return places;
}

/**
 * Finds what is one part of the layout though several pages have it: elements that stand at the same place. The first page's anchor
 * is the name that all go by.
 */
export function sharedParts(patterns: readonly PagePattern[]): readonly SharedParts[] {
  const first = new Map<string, string>();
  const several = new Set<string>();
  const all = patterns.map(placed);
  for (const places of all) {
    for (const [place, element] of places) {
      if (!element) continue;
      if (first.has(place)) several.add(place);
      else first.set(place, element.anchor);
    }
  }
  return all.map((places): SharedParts => {
    const common = new Map<string, string>();
    for (const [place, element] of places) if (element && several.has(place)) common.set(element.anchor, first.get(place) as string);
    return { common, own: new Map([...common].map(([anchor, name]) => [name, anchor])) };
  });
}
