import type { DomNode, Grammar } from '@backlot/protocol';
import { readBlocks } from './blocks.ts';
import { wrapIn } from './make.ts';
import { numberNotes } from './notes.ts';
import { tidy } from './tidy.ts';

export { spell } from './spelling.ts';
export { tidy } from './tidy.ts';
export type { Contents } from './contents.ts';
export { contentsOf, listedHeadings } from './contents.ts';
export type { Furniture, Piece } from './furniture.ts';
export { furnish, isPiece, isTool, unfurnish } from './furniture.ts';
export type { Heading } from './headings.ts';
export { headingsIn } from './headings.ts';
export { htmlGrammar, markupValue, readMarkupValue } from './value.ts';

/**
 * A source text as a page shows it. Pure and total; takes about linear time whatever the text holds. No element or attribute comes
 * out that runs code, loads a document or leads to a script, whatever the grammar says.
 */
export function renderMarkup(grammar: Grammar, source: string): readonly DomNode[] {
  const lines = source.replace(/\r\n?/g, '\n').replaceAll('\t', '    ').split('\n');
  return tidy(wrapIn(grammar.root, numberNotes(grammar, readBlocks(grammar, lines))));
}
