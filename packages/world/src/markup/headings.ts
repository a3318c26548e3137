import type { DomElement, DomNode } from '@backlot/protocol';
import { textOfAll } from './make.ts';

/** A heading of a document. */
export interface Heading {
  readonly element: DomElement;
  /** 1 to 6. */
  readonly level: number;
  readonly text: string;
}

/** The level of a heading, 0 for what is none. */
export const levelOf = (node: DomNode): number => ('tag' in node && /^h[1-6]$/.test(node.tag) ? Number(node.tag.slice(1)) : 0);

/** The headings among nodes and below them, in document order. */
export function headingsIn(nodes: readonly DomNode[]): readonly Heading[] {
  return nodes.flatMap((node): readonly Heading[] => {
    if (!('tag' in node)) return [];
    const level = levelOf(node);
    return level === 0 ? headingsIn(node.children) : [{ element: node, level, text: textOfAll(node.children).trim() }];
  });
}
