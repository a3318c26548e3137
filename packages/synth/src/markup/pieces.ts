import type { DomNode } from '@backlot/protocol';
import { spanOf } from './align.ts';
import type { Aligned, MarkupPair } from './model.ts';
import { isInline, ranked, vote } from './model.ts';

/** Pieces alike in their elements that are kept, and the most that are kept in all. */
const mostAlike = 8;
const most = 300;

/** Where the source may be cut between two rendered blocks: at the one run of blank lines between their texts. */
function cutBetween(source: string, from: number, to: number): number | null {
  const between = source.slice(from, to);
  const runs = [...between.matchAll(/\n[ \t]*(?:\n[ \t]*)+(?=\n|[^\s]|[ \t])/g)];
  if (runs.length !== 1) return null;
  const run = runs[0] as RegExpExecArray;
  return from + run.index + run[0].lastIndexOf('\n') + 1;
}

const lastEnd = (pair: Aligned, node: DomNode): number | null => ('tag' in node ? (spanOf(pair, node)?.[1] ?? null) : null);
const firstStart = (pair: Aligned, node: DomNode): number | null => ('tag' in node ? (spanOf(pair, node)?.[0] ?? null) : null);

function piecesOf(pair: Aligned): readonly MarkupPair[] {
  const { source, rendered } = pair;
  const pieces: MarkupPair[] = [];
  let from = 0;
  let first = 0;
  for (let i = 0; i + 1 < rendered.length; i += 1) {
    const [a, b] = [rendered[i] as DomNode, rendered[i + 1] as DomNode];
    if (isInline(a) || isInline(b)) continue;
    const [end, start] = [lastEnd(pair, a), firstStart(pair, b)];
    const cut = end === null || start === null || end > start ? null : cutBetween(source, end, start);
    if (cut === null) continue;
    pieces.push({ source: source.slice(from, cut).replace(/\s+$/, ''), rendered: rendered.slice(first, i + 1) });
    from = cut;
    first = i + 1;
  }
  const isWhole = first === 0;
  pieces.push({ source: isWhole ? source : source.slice(from).replace(/\s+$/, ''), rendered: rendered.slice(first) });
  return pieces;
}

function looks(nodes: readonly DomNode[]): string {
  return nodes.map((node) => ('text' in node ? '' : `${node.tag}${node.attrs['class'] ?? ''}(${looks(node.children)})`)).join('');
}

/** The pairs cut into parts that are rendered by themselves, of each look a few, short ones first. */
export function cutPieces(pairs: readonly Aligned[]): readonly MarkupPair[] {
  const alike = new Map<string, MarkupPair[]>();
  const seen = new Set<string>();
  for (const piece of pairs.flatMap(piecesOf)) {
    if (seen.has(piece.source)) continue;
    seen.add(piece.source);
    vote(alike, looks(piece.rendered), piece);
  }
  const kept = ranked(alike).map(([, pieces]) => pieces.toSorted((a, b) => a.source.length - b.source.length).slice(0, mostAlike));
  const rows = Array.from({ length: mostAlike }, (_, i) => kept.flatMap((pieces) => pieces[i] ?? []));
  return rows.flat().slice(0, most);
}
