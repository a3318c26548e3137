import type { DomNode, MarkupPart, MarkupTag, MarkupWrap } from '@backlot/protocol';
import { isPendingNote } from './pending-note.ts';
import { safeAttributes, verdictOnTag } from './safe.ts';
import type { Captured } from './spelling.ts';
import { fillParts, nothingCaptured } from './spelling.ts';

/** The element that a tag makes around a content; the content alone where the tag may not stand in a page. */
export function makeElement(tag: MarkupTag, children: readonly DomNode[], captured: Captured = nothingCaptured): readonly DomNode[] {
  const verdict = verdictOnTag(tag.tag, false);
  if (verdict !== 'keep') return verdict === 'unwrap' ? children : [];
  const said = Object.entries(tag.attrs).filter(([, parts]) => captured.info !== '' || !readsInfo(parts));
  const attrs = Object.fromEntries(said.map(([name, parts]) => [name, fillParts(parts, captured)]));
  return [{ tag: tag.tag, attrs: safeAttributes(attrs), children }];
}

const readsInfo = (parts: string | readonly MarkupPart[]): boolean =>
  typeof parts !== 'string' && parts.some((part) => typeof part !== 'string' && part.of === 'info');

/** A content inside of elements, outermost first. */
export function wrapIn(wrap: MarkupWrap, children: readonly DomNode[], captured: Captured = nothingCaptured): readonly DomNode[] {
  return wrap.reduceRight<readonly DomNode[]>((inside, tag) => makeElement(tag, inside, captured), children);
}

/** Text below nodes, as it stands, less what is said in notes. */
export function textOfAll(nodes: readonly DomNode[]): string {
  return nodes.map((node) => ('text' in node ? node.text : isPendingNote(node) ? '' : textOfAll(node.children))).join('');
}
