import type { DomNode, Grammar, MarkupPiece, NoteRule } from '@backlot/protocol';
import { makeElement } from './make.ts';
import { isPendingNote } from './pending-note.ts';
import type { Captured } from './spelling.ts';
import { fillParts, nothingCaptured } from './spelling.ts';

/** Nodes by pieces, with a content in its place. */
function fillPieces(pieces: readonly MarkupPiece[], captured: Captured, content: readonly DomNode[]): readonly DomNode[] {
  return pieces.flatMap((piece): readonly DomNode[] => {
    if ('text' in piece) return [{ text: fillParts(piece.text, captured) }];
    return 'tag' in piece ? makeElement(piece, fillPieces(piece.children, captured, content), captured) : content;
  });
}

/** Puts marks in the place of notes, and keeps what they say. */
class Numbering {
  readonly #rule: NoteRule;
  readonly items: DomNode[] = [];
  #count = 0;

  constructor(rule: NoteRule) {
    this.#rule = rule;
  }

  marked(nodes: readonly DomNode[]): readonly DomNode[] {
    return nodes.flatMap((node): readonly DomNode[] => {
      if ('text' in node) return [node];
      return isPendingNote(node) ? this.#mark(node.children) : [{ ...node, children: this.marked(node.children) }];
    });
  }

  #mark(content: readonly DomNode[]): readonly DomNode[] {
    this.#count += 1;
    const captured = { ...nothingCaptured, level: String(this.#count) };
    this.items.push(...fillPieces(this.#rule.item, captured, content));
    return fillPieces(this.#rule.mark, captured, []);
  }
}

/** A document whose notes are numbered as they come and stand at its end; as it was where it has none. */
export function numberNotes({ notes }: Grammar, nodes: readonly DomNode[]): readonly DomNode[] {
  if (notes === undefined) return nodes;
  const numbering = new Numbering(notes);
  const body = numbering.marked(nodes);
  return numbering.items.length === 0 ? body : [...body, ...fillPieces(notes.list, nothingCaptured, numbering.items)];
}
