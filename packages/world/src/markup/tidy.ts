import type { DomNode } from '@backlot/protocol';

const blocks = new Set(
  (
    'address article aside blockquote br caption dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li ' +
    'main menu nav ol optgroup option p pre section select summary table tbody td tfoot th thead tr ul'
  ).split(' '),
);

const isBlock = (node: DomNode | undefined, isOtherwise: boolean): boolean =>
  node === undefined ? isOtherwise : 'tag' in node && blocks.has(node.tag);

function merge(nodes: readonly DomNode[]): readonly DomNode[] {
  const merged: DomNode[] = [];
  for (const node of nodes) {
    const last = merged.at(-1);
    if ('text' in node && last && 'text' in last) merged[merged.length - 1] = { text: last.text + node.text };
    else merged.push(node);
  }
  return merged;
}

/**
 * Nodes with white space as a page shows it: runs are one blank, and none stands beside a block or at the edge of one.
 * Logged pages are spelled alike, so that what is rendered compares with them.
 */
export function tidy(nodes: readonly DomNode[], isInBlock = true): readonly DomNode[] {
  const merged = merge(nodes);
  return merged.flatMap((node, i): readonly DomNode[] => {
    if ('tag' in node) {
      if (node.tag === 'pre' || node.tag === 'textarea') return [{ ...node, children: mergeDeep(node.children) }];
      return [{ ...node, children: tidy(node.children, blocks.has(node.tag)) }];
    }
    let text = node.text.replace(/\s+/g, ' ');
    if (isBlock(merged[i - 1], isInBlock)) text = text.replace(/^ /, '');
    if (isBlock(merged[i + 1], isInBlock)) text = text.replace(/ $/, '');
    return text === '' ? [] : [{ text }];
  });
}

function mergeDeep(nodes: readonly DomNode[]): readonly DomNode[] {
  return merge(nodes)
    .filter((node) => 'tag' in node || node.text !== '')
    .map((node) => ('tag' in node ? { ...node, children: mergeDeep(node.children) } : node));
}
