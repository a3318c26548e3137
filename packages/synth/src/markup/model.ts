import type { DomElement, DomNode, Grammar } from '@backlot/protocol';

/** A source text and what the application showed for it, in canonical form. */
export interface MarkupPair {
  readonly source: string;
  readonly rendered: readonly DomNode[];
}

/** A grammar with the number of pairs that it renders exactly, and the places of the others. */
export interface LearnedMarkup {
  readonly grammar: Grammar;
  readonly exact: number;
  readonly misses: readonly number[];
}

/** A text of the rendered page with its place in the source. */
export interface Leaf {
  readonly text: string;
  /** Elements around it, outermost first. */
  readonly around: readonly DomElement[];
  /** From here to there in the source; -1 where it was not found. */
  readonly start: number;
  readonly end: number;
}

/** A pair with its texts found in the source. */
export interface Aligned extends MarkupPair {
  readonly leaves: readonly Leaf[];
  /** Leaves below each element, in order. */
  readonly below: ReadonlyMap<DomElement, readonly number[]>;
}

const inlineTags = new Set(
  'a abbr acronym b bdi bdo big cite code del dfn em font i img input ins kbd label mark q s samp small span strike strong sub sup time tt u var'.split(
    ' ',
  ),
);

/** True for elements that run along with text. */
export const isInline = (node: DomNode): boolean => 'text' in node || inlineTags.has(node.tag) || node.tag === 'br';

/** Text below nodes, as it stands. */
export const textOfAll = (nodes: readonly DomNode[]): string =>
  nodes.map((node) => ('text' in node ? node.text : textOfAll(node.children))).join('');

/** How often each key was seen, commonest first; ties in the order of the keys. */
export function ranked<T>(votes: ReadonlyMap<string, readonly T[]>): readonly (readonly [string, readonly T[]])[] {
  return [...votes].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
}

/** Adds to the list under a key. */
export function vote<T>(votes: Map<string, T[]>, key: string, item: T): void {
  const list = votes.get(key);
  if (list) list.push(item);
  else votes.set(key, [item]);
}
