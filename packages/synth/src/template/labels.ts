import type { DomElement, DomNode } from '@backlot/protocol';

/** The first words of an element, as a person would refer to it by: its first text, else what names it. */
export function firstWords(node: DomNode): string {
  if ('text' in node) return node.text.trim();
  for (const child of node.children) {
    const words = firstWords(child);
    if (words !== '') return words;
  }
  const { alt, title, name, placeholder } = node.attrs;
  return (node.attrs['aria-label'] ?? alt ?? title ?? name ?? placeholder ?? '').trim();
}

/** Names of siblings: their first words without numbers, which are what they say rather than what they are. */
export function namesOf(siblings: readonly DomElement[]): readonly string[] {
  return siblings.map((sibling) => firstWords(sibling).replace(/[\d.,$€£%]+/g, '#'));
}
