import type { DomElement, DomNode } from '@backlot/protocol';
import { textOf } from '@backlot/world';
import type { Instance } from './pattern.ts';

const wrappers = new Set(['span', 'mark', 'em', 'strong', 'b', 'i', 'u']);

const isWrapped = (node: DomNode): boolean =>
  'text' in node ||
  (wrappers.has(node.tag) && Object.keys(node.attrs).every((name) => name === 'class') && node.children.every((kid) => 'text' in kid));

/** Share of occurrences with words that are text alone for marks in the others to be a passing look of it, not a form of its own. */
const mostly = 0.7;

/**
 * Occurrences of an element that holds one text, with marks around parts of it taken off where only some have them (what a search
 * found is set off so): the text is then the same value with and without them.
 */
export function withoutMarks(nodes: ReadonlyMap<Instance, DomElement>): ReadonlyMap<Instance, DomElement> {
  let [plain, marked] = [0, 0];
  for (const { children } of nodes.values()) {
    if (children.every((child) => 'text' in child)) plain += children.some((child) => 'text' in child && child.text.trim() !== '') ? 1 : 0;
    else if (children.every(isWrapped) && children.some((child) => ('text' in child ? child.text.trim() !== '' : true))) marked++;
    else return nodes;
  }
  if (marked === 0 || plain < mostly * (plain + marked)) return nodes;
  return new Map([...nodes].map(([instance, node]) => [instance, { ...node, children: [{ text: textOf(node) }] }]));
}
