import type { DomElement } from '@backlot/protocol';
import { findAll, headingsIn, textOf } from '@backlot/world';
import type { ContentsPart } from './model.ts';

/** Fewer links to headings are no list of them. */
const fewestLinks = 2;

const lists = new Set(['ul', 'ol', 'dl', 'menu', 'nav']);
const said = (element: DomElement): string => textOf(element).trim();

/** True where links lead to places on the page and read as headings do, in their order. */
function areHeadings(links: readonly DomElement[], texts: readonly string[]): boolean {
  let at = 0;
  return links.every((link) => {
    const found = (link.attrs['href'] ?? '').startsWith('#') ? texts.indexOf(said(link), at) : -1;
    at = found + 1;
    return found >= 0;
  });
}

/** The list of a document's own headings, where one of its first parts holds one; null where none does. */
export function contentsIn(document: DomElement): ContentsPart | null {
  const at = document.children.findIndex((child) => 'tag' in child);
  const part = document.children[at];
  if (part === undefined || !('tag' in part)) return null;
  const texts = headingsIn(document.children.slice(at + 1)).map(({ text }) => text);
  if (texts.length < fewestLinks) return null;
  for (const list of findAll(part, ({ tag }) => lists.has(tag))) {
    const links = findAll(list, ({ tag }) => tag === 'a');
    if (links.length >= fewestLinks && areHeadings(links, texts)) return { part, list, links };
  }
  return null;
}
