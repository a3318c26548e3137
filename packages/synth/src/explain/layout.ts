import type { Value } from '@backlot/protocol';
import type { Hole } from '../template/holes.ts';
import type { ElementPattern, Pattern } from '../template/pattern.ts';
import type { View } from '../views.ts';

const spellings = new WeakMap<Pattern, string>();

const sample = (element: ElementPattern): { readonly attrs: Readonly<Record<string, string>> } =>
  element.nodes.values().next().value as { readonly attrs: Readonly<Record<string, string>> };

function own(element: ElementPattern): string {
  const { id, name, type } = sample(element).attrs;
  return `${element.tag}${id !== undefined && !/\d/.test(id) ? `#${id}` : ''}${name ? `[${name}]` : ''}${type ? `:${type}` : ''}`;
}

/** Class tokens that all occurrences have. */
function fixedClasses(element: ElementPattern): string {
  const [first, ...rest] = [...element.nodes.values()].map((node) => (node.attrs['class'] ?? '').split(/\s+/).filter(Boolean));
  return (first ?? []).filter((token) => rest.every((tokens) => tokens.includes(token))).sort().join('.');
}

/** Where an element stands in the layout, spelled so that the same place of different pages is spelled alike. */
export function placeOf(pattern: Pattern): string {
  const known = spellings.get(pattern);
  if (known !== undefined) return known;
  const { parent } = pattern;
  const mine = pattern.kind === 'element' ? `${own(pattern)}.${fixedClasses(pattern)}` : pattern.kind === 'text' ? '#' : '*';
  const peers = (parent?.kids ?? []).filter((kid) => kid === pattern || likeness(kid) === mine);
  const made = `${parent ? placeOf(parent) : ''}/${mine}${peers.length > 1 ? `~${peers.indexOf(pattern)}` : ''}`;
  spellings.set(pattern, made);
  return made;
}

const likeness = (pattern: Pattern): string =>
  pattern.kind === 'element' ? `${own(pattern)}.${fixedClasses(pattern)}` : pattern.kind === 'text' ? '#' : '*';

/** Holes at the same place of the layout of several pages, with what each view showed there. */
export interface Spot {
  readonly holes: readonly Hole[];
  readonly values: ReadonlyMap<View, Value>;
}

/** Gathers holes of whole pages by their place in the layout. */
export function spotsOf(holes: readonly Hole[]): readonly Spot[] {
  const spots = new Map<string, { holes: Hole[]; values: Map<View, Value> }>();
  for (const hole of holes) {
    const place = `${placeOf(hole.pattern)} ${hole.kind} ${hole.name}`;
    const spot = spots.get(place) ?? { holes: [], values: new Map<View, Value>() };
    spots.set(place, spot);
    spot.holes.push(hole);
    for (const [instance, value] of hole.values) spot.values.set(instance.view, value);
  }
  return [...spots.values()];
}
