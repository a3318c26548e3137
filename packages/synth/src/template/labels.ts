import type { DomElement, DomNode } from '@backlot/protocol';

/** The first words of an element, as a person would refer to it by: its first text, else what names it. */
function firstWords(node: DomNode): string {
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

/** Share of siblings that must begin with a record's name to show records. */
const mostlyNamed = 0.8;

/** True where siblings, page by page, begin with the names of records: they show these, few as they may be. */
export function areNamed(sequences: readonly (readonly DomElement[])[], names: ReadonlySet<string>): boolean {
  if (names.size === 0 || !sequences.some((siblings) => siblings.length > 1)) return false;
  const all = sequences.flat().map((sibling) => firstWords(sibling));
  const named = all.filter((words) => names.has(words));
  return new Set(named).size > 1 && named.length >= mostlyNamed * all.length;
}
