import type { DomNode } from '@backlot/protocol';

/**
 * Rendered nodes with keys: the anchor of the element around them, their path below it after a `~`, and the ids of the rows around.
 * No rule names such an anchor, so events pass on to the element around, and the rows are read as ever.
 */
export function withKeys(nodes: readonly DomNode[], anchor: string, rowIds: string): readonly DomNode[] {
  return nodes.map((node, i): DomNode => {
    if ('text' in node) return node;
    const own = `${anchor}${anchor.includes('~') ? '.' : '~'}${i}`;
    return { ...node, key: own + rowIds, children: withKeys(node.children, own, rowIds) };
  });
}
