import type { Value } from '@backlot/protocol';
import { toText } from '@backlot/world';
import type { Hole } from '../template/holes.ts';
import { varies } from '../template/holes.ts';
import { spotOf } from '../template/place.ts';
import type { View } from '../views.ts';

const layoutKinds = new Set<Hole['kind']>(['presence', 'text']);

/** Records are the same wherever they are listed at one place; of the page itself only what is there and what it says. */
const isOfLayout = (hole: Hole): boolean => hole.frame.list !== null || layoutKinds.has(hole.kind);

interface Sighting {
  readonly view: View;
  readonly value: Value;
}

/** What pages showed at the places of the layout that vary, by session, in the order of views. */
export type LayoutSpots = ReadonlyMap<string, ReadonlyMap<number, readonly Sighting[]>>;

/** Finds the places of the layout where some page shows different things. */
export function layoutSpots(pages: readonly (readonly Hole[])[]): LayoutSpots {
  const places = [...Map.groupBy(pages.flat().filter(isOfLayout), spotOf)];
  const varying = places.filter(([, holes]) => holes.some(({ values }) => varies(values)));
  return new Map(varying.map(([name, holes]) => [name, bySession(holes)]));
}

function bySession(holes: readonly Hole[]): ReadonlyMap<number, readonly Sighting[]> {
  const seen = holes.flatMap(({ values }) => [...values].map(([{ view }, value]): Sighting => ({ view, value })));
  return Map.groupBy(
    seen.toSorted((a, b) => a.view.index - b.view.index),
    ({ view }) => view.session,
  );
}

/** Share of arrivals at a page on which it may show other than the page before did, and still show what the layout does. */
const odd = 0.1;

/** True where a page always shows the same at a place, whatever the page before showed there: that is the page's own. */
function isOwn(hole: Hole, seen: ReadonlyMap<number, readonly Sighting[]>): boolean {
  const mine = new Set([...hole.values.keys()].map(({ view }) => view));
  let [arrivals, others] = [0, 0];
  for (const [{ view }, value] of hole.values) {
    const before = seen.get(view.session)?.findLast((sighting) => sighting.view.index < view.index);
    if (!before || mine.has(before.view)) continue;
    arrivals++;
    if (before.value !== value) others++;
  }
  return others > odd * arrivals;
}

const shapeOf = (value: Value): string => toText(value).replaceAll(/\d+/g, '#');

/** Amounts that make a place one of numbers that change. */
const mostlyNumbers = 3;

/** True for a number that one session alone saw on a page, at a place where others are seen on other pages: it need not be the page's own. */
function isOneOfNumbers({ kind, values }: Hole, seen: ReadonlyMap<number, readonly Sighting[]>): boolean {
  const shapes = new Set([...values.values()].map(shapeOf));
  const [shape = ''] = shapes;
  const sessions = new Set([...values.keys()].map(({ view }) => view.session));
  if (kind !== 'text' || shapes.size !== 1 || sessions.size !== 1 || !shape.includes('#')) return false;
  const alike = [...seen.values()].flat().filter(({ value }) => shapeOf(value) === shape);
  return new Set(alike.map(({ value }) => value)).size >= mostlyNumbers;
}

/** What varies on a page, and what only other pages show to vary at the same place of the layout. */
export function holesAmong(possible: readonly Hole[], spots: LayoutSpots): readonly Hole[] {
  return possible.filter((hole) => {
    if (varies(hole.values)) return true;
    const seen = isOfLayout(hole) ? spots.get(spotOf(hole)) : undefined;
    return seen !== undefined && (hole.frame.list !== null || isOneOfNumbers(hole, seen) || !isOwn(hole, seen));
  });
}
