import type { MarkupPart, MarkupSpelling } from '@backlot/protocol';
import { markupSpellings } from '@backlot/protocol';
import { spell } from '@backlot/world';

/** A value seen with what was captured beside it. */
export interface Sighting {
  readonly value: string;
  readonly captured: Readonly<Partial<Record<'target' | 'text' | 'level' | 'info', string>>>;
}

/** How a value is made, and how many of the sightings it explains. */
export interface Recipe {
  readonly parts: string | readonly MarkupPart[];
  readonly explained: number;
}

type Source = 'target' | 'text' | 'level' | 'info';

function constant(sightings: readonly Sighting[]): Recipe {
  const counts = new Map<string, number>();
  for (const { value } of sightings) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [parts, explained] = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0] as [string, number];
  return { parts, explained };
}

function spelled(sightings: readonly Sighting[], of: Source, how: MarkupSpelling): Recipe | null {
  const counts = new Map<string, number>();
  for (const { value, captured } of sightings) {
    const text = spell(how, captured[of] ?? '');
    const at = text === '' ? -1 : value.lastIndexOf(text);
    if (at < 0) continue;
    const key = JSON.stringify([value.slice(0, at), value.slice(at + text.length)]);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const best = [...counts].sort(([a, x], [b, y]) => y - x || a.length - b.length || (a < b ? -1 : 1))[0];
  if (best === undefined) return null;
  const [before, after] = JSON.parse(best[0]) as [string, string];
  const parts = [before, { of, how }, after].filter((part) => part !== '') as MarkupPart[];
  return { parts, explained: best[1] };
}

/** What was captured once and found again in the value is no chance where it is long, or counts. */
const isTelling = (of: Source, sighting: Sighting | undefined): boolean =>
  of === 'level' || /^\d+$|^.{3}/.test(sighting?.captured[of] ?? '');

/** The simplest way to make most of the values: a constant, else something captured between constants. */
export function explainValue(sightings: readonly Sighting[]): Recipe {
  let best = constant(sightings);
  const isOne = new Set(sightings.map((sighting) => JSON.stringify(sighting))).size === 1;
  if (best.explained === sightings.length && !isOne) return best;
  const sources = (['target', 'text', 'level', 'info'] as const).filter((of) => sightings.some(({ captured }) => captured[of]));
  for (const of of sources) {
    for (const how of markupSpellings) {
      const recipe = spelled(sightings, of, how);
      const isBetter =
        recipe !== null && (recipe.explained > best.explained || (isOne && typeof best.parts === 'string' && isTelling(of, sightings[0])));
      if (recipe !== null && isBetter) best = recipe;
    }
  }
  return best;
}

/** Attributes that explain those seen on elements alike; names that only some have are left out. */
export function explainAttributes(
  seen: readonly { readonly attrs: Readonly<Record<string, string>>; readonly captured: Sighting['captured'] }[],
): { readonly attrs: Readonly<Record<string, string | readonly MarkupPart[]>>; readonly explained: number } {
  const names = Object.keys(seen[0]?.attrs ?? {}).filter((name) => seen.every(({ attrs }) => name in attrs));
  let explained = seen.length;
  const attrs: Record<string, string | readonly MarkupPart[]> = {};
  for (const name of names.sort()) {
    const recipe = explainValue(seen.map((each) => ({ value: each.attrs[name] as string, captured: each.captured })));
    attrs[name] = recipe.parts;
    explained = Math.min(explained, recipe.explained);
  }
  return { attrs, explained };
}
