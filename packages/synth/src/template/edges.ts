import type { DomNode } from '@backlot/protocol';
import type { TextPattern } from './pattern.ts';

/** White space that sets a text apart from its neighbours. */
export interface Edges {
  readonly lead: string;
  readonly trail: string;
}

const known = new WeakMap<TextPattern, Edges>();

const common = (spaces: readonly string[]): string => (spaces.every((space) => space === spaces[0]) ? (spaces[0] ?? '') : '');

/** White space that sets a text apart on one side: a text that nothing stands beside needs none, and may have any. */
function edge(texts: readonly Placed[], { at, spaceOf }: { readonly at: 0 | -1; readonly spaceOf: (text: string) => string }): string {
  const beside = texts.filter(({ siblings, text }) => {
    const end = siblings.at(at);
    return !end || !('text' in end) || end.text !== text;
  });
  return common((beside.length > 0 ? beside : texts).map(({ text }) => spaceOf(text)));
}

interface Placed {
  readonly text: string;
  readonly siblings: readonly DomNode[];
}

/** The white space that all texts of a place begin and end with: it belongs to the page, not to what the text says. */
export function edgesOf(pattern: TextPattern): Edges {
  const found = known.get(pattern);
  if (found) return found;
  const texts = [...pattern.nodes]
    .filter(([, text]) => text.trim() !== '')
    .map(([instance, text]): Placed => ({ text, siblings: pattern.parent.nodes.get(instance)?.children ?? [] }));
  const made: Edges = {
    lead: edge(texts, { at: 0, spaceOf: (text) => text.slice(0, text.length - text.trimStart().length) }),
    trail: edge(texts, { at: -1, spaceOf: (text) => text.slice(text.trimEnd().length) }),
  };
  known.set(pattern, made);
  return made;
}
