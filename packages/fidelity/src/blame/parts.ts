import type { Template, World } from '@backlot/protocol';

/**
 * A part of a world that can be at fault. `rule`: one rule; `list`: a query and what is shown of its rows, named by the first element in
 * it; `place`: an element of a page with what it shows; `page`: that this page, and no other, is the one that is shown.
 */
export type Part =
  | { readonly kind: 'rule'; readonly rule: string }
  | { readonly kind: 'list' | 'place'; readonly page: string; readonly anchor: string }
  | { readonly kind: 'page'; readonly page: string };

/** One text for each part, to tell parts apart. */
export function partId(part: Part): string {
  if (part.kind === 'rule') return `rule ${part.rule}`;
  return part.kind === 'page' ? `page ${part.page}` : `${part.kind} ${part.page} ${part.anchor}`;
}

/** Which lists and conditions a template's elements stand in. */
export interface PagePlaces {
  /** Name (see `Part`) of the innermost list around each anchor, and of those around that. */
  readonly listsAround: ReadonlyMap<string, readonly string[]>;
  /** Every list of the page. */
  readonly lists: readonly string[];
}

const known = new WeakMap<World, ReadonlyMap<string, PagePlaces>>();

/** The lists of every page of a world, by page. */
export function placesOf(world: World): ReadonlyMap<string, PagePlaces> {
  let places = known.get(world);
  if (places === undefined) {
    places = new Map(world.pages.map(({ id, template }) => [id, placesIn(template)]));
    known.set(world, places);
  }
  return places;
}

function placesIn(template: Template): PagePlaces {
  const listsAround = new Map<string, readonly string[]>();
  const lists: string[] = [];
  const visit = (at: Template, around: readonly string[]): void => {
    if ('el' in at) listsAround.set(at.anchor, around);
    if ('each' in at) {
      const name = firstAnchor(at.kids);
      if (name !== null) lists.push(name);
      for (const kid of at.kids) visit(kid, name === null ? around : [name, ...around]);
    } else for (const kid of inside(at)) visit(kid, around);
  };
  visit(template, []);
  return { listsAround, lists };
}

const inside = (at: Template): readonly Template[] =>
  'el' in at || 'each' in at ? at.kids : 'when' in at ? [...at.kids, ...(at.else ?? [])] : [];

function firstAnchor(kids: readonly Template[]): string | null {
  for (const kid of kids) {
    const anchor = 'el' in kid ? kid.anchor : firstAnchor(inside(kid));
    if (anchor !== null) return anchor;
  }
  return null;
}
