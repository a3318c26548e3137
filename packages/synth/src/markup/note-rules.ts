import type { DomNode, MarkupPiece, NoteRule } from '@backlot/protocol';
import { explainAttributes } from './explain.ts';
import type { MarkupPair } from './model.ts';
import { textOfAll } from './model.ts';
import type { Numbered } from './note-pieces.ts';
import { frameOf, pieceOf } from './note-pieces.ts';
import type { NoteMarks, PlacedNotes } from './note-marks.ts';
import { noteMarks, placeNotes, withoutNotes } from './note-marks.ts';
import type { Level, SeenNotes } from './notes-seen.ts';
import { notesSeen } from './notes-seen.ts';

/** A rule for notes, and the pairs without what it explains. */
export interface FoundNotes {
  readonly rule: NoteRule;
  readonly pairs: readonly MarkupPair[];
}

/** Ways to find the notes, and marks around them, that are tried. */
const mostTried = 4;
/** Share of the pages with notes in whose sources they must be found. */
const enough = 0.5;

/** The notes of the pairs and how they are written; null where none are found in most of the sources that should have some. */
export function findNotes(pairs: readonly MarkupPair[]): FoundNotes | null {
  for (const seen of notesSeen(pairs).slice(0, mostTried)) {
    const found = learnNotes(pairs, withBefore(seen));
    if (found !== null) return found;
  }
  return null;
}

/** Rows with the numbers of their notes. */
function numbered<T>(all: readonly SeenNotes[], of: (seen: SeenNotes) => readonly T[]): readonly Numbered<T>[] {
  return all.flatMap((each) => of(each).map((seen, i) => ({ seen, level: String(i + 1) })));
}

function learnNotes(pairs: readonly MarkupPair[], { seen, before }: Led): FoundNotes | null {
  const mark = pieceOf(numbered(seen, ({ marks }) => marks));
  const items = frameOf(numbered(seen, (each) => each.items.map((item) => [item])));
  if (mark === null || items === null) return null;
  let from = 0;
  const placed = seen.map((each) => {
    from += each.items.length;
    return placeNotes(each, items.contents.slice(from - each.items.length, from));
  });
  const best = bestMarks(placed);
  if (best === null) return null;
  const { marks, stripped } = best;
  const rule = { ...marks, mark: [mark], item: items.pieces, list: [...before.map(constantPiece), listPiece(seen, 0)] };
  const others = new Map(seen.map(({ pair }, i) => [pair, stripped[i] ?? null]));
  return { rule, pairs: pairs.flatMap((pair) => (others.has(pair) ? (others.get(pair) ?? []) : [pair])) };
}

interface Stripped {
  readonly marks: NoteMarks;
  readonly stripped: readonly (MarkupPair | null)[];
}

/** The marks by which most pages lose all their notes. */
function bestMarks(placed: readonly PlacedNotes[]): Stripped | null {
  const countOf = ({ stripped }: Stripped): number => stripped.filter((pair) => pair !== null).length;
  const tried = noteMarks(placed)
    .slice(0, mostTried)
    .map((marks): Stripped => ({ marks, stripped: placed.map((each) => withoutNotes(each, marks)) }));
  const [best] = tried.toSorted((a, b) => countOf(b) - countOf(a));
  return best === undefined || countOf(best) < enough * placed.length ? null : best;
}

/** Notes with the nodes that come right before the list wherever there is one. */
interface Led {
  readonly seen: readonly SeenNotes[];
  readonly before: readonly DomNode[];
}

/** The most nodes that belong to the list and stand before it. */
const mostBefore = 2;

/** Nodes that all pages show right before their notes, and that not all sources say, belong to the notes. */
function withBefore(seen: readonly SeenNotes[]): Led {
  const before: DomNode[] = [];
  const isOften = new Set(seen.map(({ pair }) => pair.source)).size > 1;
  while (isOften && before.length < mostBefore) {
    const at = -1 - before.length;
    const node = seen[0]?.body.at(at);
    if (node === undefined || !seen.every(({ body }) => body.length > -at && JSON.stringify(body.at(at)) === JSON.stringify(node))) break;
    const text = 'text' in node ? node.text : textOfAll(node.children);
    if (text !== '' && seen.every(({ pair }) => pair.source.includes(text))) break;
    before.unshift(node);
  }
  return { seen: seen.map((each) => ({ ...each, body: each.body.slice(0, each.body.length - before.length) })), before };
}

function constantPiece(node: DomNode): MarkupPiece {
  return 'text' in node ? { text: node.text } : { tag: node.tag, attrs: node.attrs, children: node.children.map(constantPiece) };
}

/** Elements around the items from a depth on. */
function listPiece(seen: readonly SeenNotes[], depth: number): MarkupPiece {
  const levels = seen.map((each) => each.levels[depth] as Level);
  const { element, before } = levels[0] as Level;
  const { attrs } = explainAttributes(levels.map((level) => ({ attrs: level.element.attrs, captured: {} })));
  const inner = depth + 1 < (seen[0] as SeenNotes).levels.length ? listPiece(seen, depth + 1) : ({ content: true } as const);
  return { tag: element.tag, attrs, children: [...before.map(constantPiece), inner] };
}
