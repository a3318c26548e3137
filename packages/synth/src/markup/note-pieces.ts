import type { DomElement, DomNode, MarkupPart, MarkupPiece } from '@backlot/protocol';
import { explainAttributes, explainValue } from './explain.ts';
import { isInline, textOfAll } from './model.ts';

/** A node, or nodes in a row, seen at the note of a number. */
export interface Numbered<T> {
  readonly seen: T;
  readonly level: string;
}

/** How items are made around what notes say, and what each of them says. */
export interface Framed {
  readonly pieces: readonly MarkupPiece[];
  readonly contents: readonly (readonly DomNode[])[];
}

const isText = (node: DomNode | undefined): node is { readonly text: string } => node !== undefined && 'text' in node;

/** The text that explains all that was seen; null where none does. */
function textPiece(sightings: readonly Numbered<string>[]): MarkupPiece | null {
  const { parts, explained } = explainValue(sightings.map(({ seen, level }) => ({ value: seen, captured: { level } })));
  return explained === sightings.length ? { text: parts } : null;
}

function attributesOf(sightings: readonly Numbered<DomElement>[]): Readonly<Record<string, string | readonly MarkupPart[]>> {
  return explainAttributes(sightings.map(({ seen, level }) => ({ attrs: seen.attrs, captured: { level } }))).attrs;
}

/** The piece that makes all the nodes by their numbers; null where they are too different. */
export function pieceOf(sightings: readonly Numbered<DomNode>[]): MarkupPiece | null {
  const texts = sightings.flatMap(({ seen, level }) => ('text' in seen ? [{ seen: seen.text, level }] : []));
  if (texts.length > 0) return texts.length < sightings.length ? null : textPiece(texts);
  const elements = sightings as readonly Numbered<DomElement>[];
  const [{ seen: first }] = elements as [Numbered<DomElement>];
  if (elements.some(({ seen }) => seen.tag !== first.tag || seen.children.length !== first.children.length)) return null;
  const children = first.children.map((_, i) => pieceOf(elements.map(({ seen, level }) => ({ seen: seen.children[i] as DomNode, level }))));
  return children.includes(null) ? null : { tag: first.tag, attrs: attributesOf(elements), children: children as MarkupPiece[] };
}

/** A node that says nothing but the number of its note, with signs around it. */
function saysOnlyNumber({ seen, level }: Numbered<DomNode>): boolean {
  const text = 'text' in seen ? seen.text : textOfAll(seen.children);
  return text.replace(level, '').search(/[\p{L}\p{N}]/u) < 0;
}

/** How many of the nodes, counted from an end, make no part of what the notes say. */
function frameLength(rows: readonly Numbered<readonly DomNode[]>[], end: 'first' | 'last', most: number): number {
  for (let length = 0; length < most; length += 1) {
    const nodes = rows.map(({ seen, level }) => ({ seen: seen.at(end === 'first' ? length : -1 - length) as DomNode, level }));
    const isOften = new Set(rows.map(({ seen }) => textOfAll(seen))).size > 1;
    const isFrame = nodes.every(saysOnlyNumber) || (isOften && nodes.every(({ seen }) => 'tag' in seen) && pieceOf(nodes) !== null);
    if (!isFrame) return length;
  }
  return most;
}

/** Elements that people write rather than an application puts around all notes. */
const written = new Set(['a', 'img', 'input', 'br']);

/** The one element that every row consists of; null where one has more or is another. */
function onlyElements(rows: readonly Numbered<readonly DomNode[]>[]): readonly Numbered<DomElement>[] | null {
  const only = rows.map(({ seen, level }) => ({ seen: seen[0], level }));
  const [first] = only;
  if (first?.seen === undefined || isText(first.seen) || written.has(first.seen.tag)) return null;
  const { tag } = first.seen;
  const isAlike = rows.every(({ seen }) => seen.length === 1 && !isText(seen[0]) && seen[0]?.tag === tag);
  return isAlike ? (only as readonly Numbered<DomElement>[]) : null;
}

/** What stands before or after the text of every note: blanks, with the note's number before them. */
function edgeOf(rows: readonly Numbered<readonly DomNode[]>[], end: 'first' | 'last'): readonly Numbered<string>[] | null {
  const edges = rows.map(({ seen, level }) => {
    const node = seen.at(end === 'first' ? 0 : -1);
    const text = isText(node) ? node.text : '';
    const numbered = /^[^\p{L}\p{N}]*(\d+)[^\p{L}\p{N}]*\s/u.exec(text);
    const blank = (end === 'first' ? /^\s+/ : /\s+$/).exec(text)?.[0] ?? '';
    return { seen: end === 'first' && numbered?.[1] === level ? numbered[0] : blank, level };
  });
  return edges.every(({ seen }) => seen !== '') ? edges : null;
}

/** Takes texts off from one end of each row. */
function cutEdge(rows: readonly Numbered<readonly DomNode[]>[], edges: readonly Numbered<string>[], end: 'first' | 'last') {
  return rows.map(({ seen, level }, i) => {
    const { length } = (edges[i] as Numbered<string>).seen;
    const at = end === 'first' ? 0 : seen.length - 1;
    const { text } = seen[at] as { readonly text: string };
    return { seen: seen.with(at, { text: end === 'first' ? text.slice(length) : text.slice(0, -length) }), level };
  });
}

/** Rows of running text between the edges that all of them have. */
function contentOf(rows: readonly Numbered<readonly DomNode[]>[]): Framed | null {
  if (rows.some(({ seen }) => !seen.every(isInline))) return null;
  let inner = rows;
  const pieces: MarkupPiece[] = [{ content: true }];
  for (const end of ['first', 'last'] as const) {
    const edges = edgeOf(inner, end);
    const piece = edges && textPiece(edges);
    if (edges === null || piece === null) continue;
    inner = cutEdge(inner, edges, end);
    pieces.splice(end === 'first' ? 0 : pieces.length, 0, piece);
  }
  return { pieces, contents: inner.map(({ seen }) => seen) };
}

/** What all rows have in common, around what each note says; null where they are too different. */
export function frameOf(rows: readonly Numbered<readonly DomNode[]>[]): Framed | null {
  const shortest = Math.min(...rows.map(({ seen }) => seen.length));
  if (shortest === 0) return null;
  const first = frameLength(rows, 'first', shortest - 1);
  const last = frameLength(rows, 'last', shortest - 1 - first);
  const inner = rows.map(({ seen, level }) => ({ seen: seen.slice(first, seen.length - last), level }));
  const at = (i: number): MarkupPiece | null => pieceOf(rows.map(({ seen, level }) => ({ seen: seen.at(i) as DomNode, level })));
  const before = Array.from({ length: first }, (_, i) => at(i));
  const after = Array.from({ length: last }, (_, i) => at(i - last));
  const framed = within(inner);
  if (framed === null || [...before, ...after].includes(null)) return null;
  return { pieces: [...before, ...framed.pieces, ...after] as MarkupPiece[], contents: framed.contents };
}

function within(rows: readonly Numbered<readonly DomNode[]>[]): Framed | null {
  const elements = onlyElements(rows);
  if (elements === null) return contentOf(rows);
  const framed = frameOf(elements.map(({ seen, level }) => ({ seen: seen.children, level })));
  if (framed === null) return contentOf(rows);
  const [{ seen: first }] = elements as [Numbered<DomElement>];
  return { pieces: [{ tag: first.tag, attrs: attributesOf(elements), children: framed.pieces }], contents: framed.contents };
}
