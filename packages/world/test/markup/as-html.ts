import type { DomNode } from '@backlot/protocol';
import { isElement } from '@backlot/protocol';

/** Nodes as HTML, texts as they are. */
export const asHtml = (nodes: readonly DomNode[]): string =>
  nodes
    .map((node) => {
      if (!isElement(node)) return node.text;
      const attrs = Object.entries(node.attrs).map(([name, value]) => ` ${name}="${value}"`);
      return `<${node.tag}${attrs.join('')}>${asHtml(node.children)}</${node.tag}>`;
    })
    .join('');
