import type { TextPattern } from './pattern.ts';

/** White space that sets a text apart from its neighbours. */
export interface Edges {
  readonly lead: string;
  readonly trail: string;
}

const known = new WeakMap<TextPattern, Edges>();

const common = (spaces: readonly string[]): string => (spaces.every((space) => space === spaces[0]) ? (spaces[0] ?? '') : '');

/** The white space that all texts of a place begin and end with: it belongs to the page, not to what the text says. */
export function edgesOf(pattern: TextPattern): Edges {
  const found = known.get(pattern);
  if (found) return found;
  const texts = [...pattern.nodes.values()].filter((text) => text.trim() !== '');
  const made: Edges = {
    lead: common(texts.map((text) => text.slice(0, text.length - text.trimStart().length))),
    trail: common(texts.map((text) => text.slice(text.trimEnd().length))),
  };
  known.set(pattern, made);
  return made;
}
