import type { DomElement, DomNode } from '@backlot/protocol';
import type { MarkupPair } from './model.ts';
import { isInline, ranked, textOfAll, vote } from './model.ts';

/** An element around the notes at the end of a page, with what stands in it before them. */
export interface Level {
  readonly element: DomElement;
  readonly before: readonly DomNode[];
}

/** Notes as a page shows them: marks in the text, and as many items at the end. */
export interface SeenNotes {
  readonly pair: MarkupPair;
  /** What the page shows before the notes. */
  readonly body: readonly DomNode[];
  /** Marks in the order of their numbers. */
  readonly marks: readonly DomElement[];
  /** Elements around the items, outermost first. */
  readonly levels: readonly Level[];
  readonly items: readonly DomElement[];
}

/** How deep in the last block notes are looked for, and how much else may stand before them in each element. */
const deepest = 4;
const mostBefore = 2;

/** Text without its numbers. */
const unnumbered = (text: string): string => text.replace(/\d+/g, '#');

/** What elements that are numbered alike have in common. */
function look({ tag, attrs, children }: DomElement): string {
  const below = children.map((child) => ('text' in child ? unnumbered(child.text) : look(child)));
  return JSON.stringify([tag, Object.keys(attrs).sort(), unnumbered(attrs['class'] ?? ''), below]);
}

/** The number that is all that an element says, but for signs; null where it says more. */
function numberOf(element: DomElement): number | null {
  const digits = /^[^\p{L}\p{N}]{0,3}(\d{1,4})[^\p{L}\p{N}]{0,3}$/u.exec(textOfAll(element.children).trim())?.[1];
  return digits === undefined ? null : Number(digits);
}

/** Rows of inline elements alike that count up from 1, outer ones before those in them. */
function countedIn(nodes: readonly DomNode[]): ReadonlyMap<string, readonly DomElement[]> {
  const rows = new Map<string, DomElement[]>();
  const visit = (node: DomNode): void => {
    if ('text' in node || node.tag === 'pre') return;
    if (isInline(node) && numberOf(node) !== null) vote(rows, look(node), node);
    for (const child of node.children) visit(child);
  };
  for (const node of nodes) visit(node);
  return new Map([...rows].filter(([, row]) => row.every((element, i) => numberOf(element) === i + 1)));
}

interface Listed {
  readonly levels: readonly Level[];
  readonly items: readonly DomElement[];
}

/** The ways to read the last block of a page as a list. */
function listsIn(element: DomElement, outer: readonly Level[] = []): readonly Listed[] {
  const { children } = element;
  const last = children.at(-1);
  if (last === undefined || 'text' in last || outer.length === deepest) return [];
  const from = children.findLastIndex((child) => 'text' in child || child.tag !== last.tag) + 1;
  const own = { levels: [...outer, { element, before: children.slice(0, from) }], items: children.slice(from) as DomElement[] };
  const inner = children.length - 1 > mostBefore ? [] : listsIn(last, [...outer, { element, before: children.slice(0, -1) }]);
  return [...(from > mostBefore || isInline(last) ? [] : [own]), ...inner];
}

function keyOf({ levels, items }: Listed, markLook: string): string {
  const around = levels.map(({ element: { tag, attrs }, before }) => [tag, attrs['class'] ?? '', before]);
  return JSON.stringify([around, items[0]?.tag, markLook]);
}

function seenIn(pair: MarkupPair): readonly (readonly [string, SeenNotes])[] {
  const last = pair.rendered.at(-1);
  if (last === undefined || isInline(last) || 'text' in last) return [];
  const body = pair.rendered.slice(0, -1);
  const counted = [...countedIn(body)];
  return listsIn(last).flatMap(({ levels, items }) =>
    counted
      .filter(([, marks]) => marks.length === items.length)
      .map(([markLook, marks]) => [keyOf({ levels, items }, markLook), { pair, body, marks, levels, items }] as const),
  );
}

const isList = ({ levels }: SeenNotes): number => (/^[ou]l$/.test(levels.at(-1)?.element.tag ?? '') ? 1 : 0);

/** Of readings of the same pages those come first that take a list for one, then those of larger elements. */
function byLikelihood([x]: readonly SeenNotes[], [y]: readonly SeenNotes[]): number {
  const [a, b] = [x as SeenNotes, y as SeenNotes];
  const markSize = ({ marks }: SeenNotes): number => look(marks[0] as DomElement).length;
  return isList(b) - isList(a) || a.levels.length - b.levels.length || markSize(b) - markSize(a);
}

/** The notes of the pages, by the ways to find them; the way that most pages agree with comes first. */
export function notesSeen(pairs: readonly MarkupPair[]): readonly (readonly SeenNotes[])[] {
  const ways = new Map<string, SeenNotes[]>();
  for (const [key, seen] of pairs.flatMap(seenIn)) vote(ways, key, seen);
  return ranked(ways)
    .map(([, seen]) => seen)
    .toSorted((a, b) => b.length - a.length || byLikelihood(a, b));
}
