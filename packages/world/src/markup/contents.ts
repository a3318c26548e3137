import type { DomNode, MarkupTag, MarkupWrap } from '@backlot/protocol';
import { namedHeadings } from './furniture.ts';
import type { Furniture, Named } from './furniture.ts';
import { makeElement, wrapIn } from './make.ts';
import { nothingCaptured } from './spelling.ts';

/** How an application lists the headings of a document: items that hold a link, and the items below them in a list of their own. */
export interface Contents extends Pick<Furniture, 'id' | 'repeat'> {
  /** Levels of the headings that are listed. */
  readonly levels: readonly number[];
  readonly item: MarkupTag;
  /** Elements around the link. */
  readonly wrap: MarkupWrap;
  readonly link: MarkupTag;
  /** Elements around the text in the link. */
  readonly text: MarkupWrap;
  /** The list of what lies below an item. */
  readonly list: MarkupTag;
}

/** The headings that are listed. */
export function listedHeadings(nodes: readonly DomNode[], contents: Pick<Contents, 'id' | 'repeat' | 'levels'>): readonly Named[] {
  return namedHeadings(nodes, contents).filter(({ level }) => contents.levels.includes(level));
}

/** The items of the list of contents of a document. */
export function contentsOf(nodes: readonly DomNode[], contents: Contents): readonly DomNode[] {
  const headings = listedHeadings(nodes, contents);
  const items = (from: number, to: number): readonly DomNode[] => {
    const out: DomNode[] = [];
    for (let at = from; at < to;) {
      const heading = headings[at] as Named;
      let end = at + 1;
      while (end < to && (headings[end] as Named).level > heading.level) end += 1;
      out.push(...itemOf(heading, contents, items(at + 1, end)));
      at = end;
    }
    return out;
  };
  return items(0, headings.length);
}

function itemOf(
  { id, text, level }: Named,
  { item, wrap, link, text: around, list }: Contents,
  below: readonly DomNode[],
): readonly DomNode[] {
  const captured = { ...nothingCaptured, target: id, text, level: String(level) };
  const own = wrapIn(wrap, makeElement(link, wrapIn(around, [{ text }], captured), captured), captured);
  return makeElement(item, [...own, ...(below.length > 0 ? makeElement(list, below, captured) : [])], captured);
}
