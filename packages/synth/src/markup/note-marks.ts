import type { DomElement, DomNode } from '@backlot/protocol';
import { tidy } from '@backlot/world';
import { alignPair } from './align.ts';
import type { Aligned, MarkupPair } from './model.ts';
import { ranked, vote } from './model.ts';
import type { SeenNotes } from './notes-seen.ts';
import { marksOf, regionOf } from './span-rules.ts';

/** The longest mark that is believed in. */
const longestMark = 24;

/** What stands in a source on both sides of a note. */
export interface NoteMarks {
  readonly open: string;
  readonly close: string;
}

/** A page with every note in its place, and its texts found in the source. */
export interface PlacedNotes {
  readonly seen: SeenNotes;
  readonly aligned: Aligned;
  readonly places: readonly DomElement[];
}

function replaced(nodes: readonly DomNode[], by: ReadonlyMap<DomNode, readonly DomNode[]>): readonly DomNode[] {
  return nodes.flatMap((node) => by.get(node) ?? ('text' in node ? [node] : [{ ...node, children: replaced(node.children, by) }]));
}

/** Puts what notes say in the place of their marks. */
export function placeNotes(seen: SeenNotes, contents: readonly (readonly DomNode[])[]): PlacedNotes {
  const places = contents.map((children): DomElement => ({ tag: 'span', attrs: {}, children }));
  const by = new Map(seen.marks.map((mark, i) => [mark, [places[i] as DomElement]]));
  return { seen, places, aligned: alignPair({ source: seen.pair.source, rendered: replaced(seen.body, by) }) };
}

const isMark = (mark: string): boolean =>
  mark !== '' && mark.length <= longestMark && /[^\p{L}\p{N}\s]/u.test(mark) && !mark.includes('\n');

function marksAround({ aligned }: PlacedNotes, place: DomElement): NoteMarks | null {
  const below = aligned.below.get(place) ?? [];
  const region = below.length === 0 ? null : regionOf(aligned, below[0] as number, below.at(-1) as number);
  if (region === null) return null;
  const [open, close] = marksOf(region).map((mark) => mark.trim()) as [string, string];
  return isMark(open) && isMark(close) ? { open, close } : null;
}

/** Marks that stand around the notes in the sources, commonest first. */
export function noteMarks(placed: readonly PlacedNotes[]): readonly NoteMarks[] {
  const votes = new Map<string, NoteMarks[]>();
  for (const each of placed) {
    for (const place of each.places) {
      const marks = marksAround(each, place);
      if (marks !== null) vote(votes, JSON.stringify([marks.open, marks.close]), marks);
    }
  }
  return ranked(votes).map(([, [marks]]) => marks as NoteMarks);
}

/** A page and its source without the notes; null where one is not found in the source. */
export function withoutNotes({ seen, aligned, places }: PlacedNotes, { open, close }: NoteMarks): MarkupPair | null {
  const { source } = aligned;
  let kept = '';
  let from = 0;
  for (const place of places) {
    const leaves = (aligned.below.get(place) ?? []).map((i) => aligned.leaves[i]);
    const [start, end] = [leaves[0]?.start ?? -1, leaves.at(-1)?.end ?? -1];
    const opened = start < open.length ? -1 : source.lastIndexOf(open, start - open.length);
    const closed = source.indexOf(close, end);
    if (opened < from || end < start || closed < 0) return null;
    kept += source.slice(from, opened);
    from = closed + close.length;
  }
  const rendered = replaced(seen.body, new Map(seen.marks.map((mark) => [mark, []])));
  return { source: kept + source.slice(from), rendered: tidy(rendered) };
}
