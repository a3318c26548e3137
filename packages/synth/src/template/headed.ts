import type { DomElement, DomNode } from '@backlot/protocol';

const headings = new Set(['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'legend', 'label']);

/** Headings stand no deeper in their part than this. */
const deepest = 4;

const textOf = (node: DomNode): string => ('text' in node ? node.text : node.children.map(textOf).join(' '));

/** What a heading says without numbers and what it adds in brackets: "Comments (3)" heads the comments. */
const plain = (text: string): string =>
  text
    .replace(/\([^)]*\)|\d+/g, '')
    .replace(/\s+/g, ' ')
    .trim();

function find(node: DomNode, left: number): string | null {
  if ('text' in node) return node.text.trim() === '' ? null : '';
  if (headings.has(node.tag)) return plain(textOf(node));
  if (left === 0) return null;
  for (const child of node.children) {
    const found = find(child, left - 1);
    if (found !== null) return found;
  }
  return null;
}

const known = new WeakMap<DomElement, string>();

/** What the heading that a part of a page begins with says; empty where it begins with none. */
export function headingOf(element: DomElement): string {
  const found = known.get(element) ?? find(element, deepest) ?? '';
  known.set(element, found);
  return found;
}

/** Headings that were seen over parts side by side. */
export interface HeadedParts {
  /** True for a heading that stands beside others. */
  readonly isOne: (heading: string) => boolean;
  /** True for headings that ever stood side by side: neither is the other with another text. */
  readonly areApart: (a: string, b: string) => boolean;
}

/** Reads which headings stand side by side. */
export function headedParts(siblings: Iterable<readonly DomElement[]>): HeadedParts {
  const apart = new Map<string, Set<string>>();
  for (const parts of siblings) {
    const all = [...new Set(parts.map(headingOf))].filter((heading) => heading !== '');
    if (all.length < 2) continue;
    for (const heading of all) apart.set(heading, new Set([...(apart.get(heading) ?? []), ...all]));
  }
  return { isOne: (heading) => apart.has(heading), areApart: (a, b) => a !== b && apart.get(a)?.has(b) === true };
}
