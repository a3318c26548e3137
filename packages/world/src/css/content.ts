import { SelectorReader } from './selector-reader.ts';
import type { ContentPart } from './styled-element.ts';

const cache = new Map<string, readonly ContentPart[] | null>();

/**
 * The text that a `content` value gives a generated box, or, for an element's own box, its alternative text. Null
 * where it has none that can be told: `none`, images, counters, quotes.
 */
export function contentParts(value: string, ofElement: boolean): readonly ContentPart[] | null {
  const key = ofElement ? `/${value}` : value;
  let parts = cache.get(key);
  if (parts === undefined) {
    if (cache.size > 2000) cache.clear();
    parts = parse(value, ofElement);
    cache.set(key, parts);
  }
  return parts;
}

/** Joins the parts, with attributes taken from the element. */
export function contentText(parts: readonly ContentPart[], attrs: Readonly<Record<string, string>>): string {
  let text = '';
  for (const part of parts) text += typeof part === 'string' ? part : (attrs[part.attr] ?? '');
  return text;
}

function parse(value: string, ofElement: boolean): readonly ContentPart[] | null {
  const shown = new SelectorReader(value);
  const before = shown.until('/');
  const hasAlternative = shown.take('/');
  if (ofElement && !hasAlternative) return null;
  const reader = new SelectorReader(hasAlternative ? value.slice(shown.at) : before);
  const parts: ContentPart[] = [];
  for (reader.skipSpace(); !reader.done; reader.skipSpace()) {
    const part = /["']/.test(reader.text.charAt(reader.at)) ? reader.string() : attribute(reader);
    if (part === null) return null;
    parts.push(part);
  }
  return parts;
}

/** Reads `attr(name)`; types and fallbacks are read over. */
function attribute(reader: SelectorReader): ContentPart | null {
  if (reader.name().toLowerCase() !== 'attr' || !reader.take('(')) return null;
  reader.skipSpace();
  const attr = reader.name().toLowerCase();
  reader.until(')');
  return reader.take(')') && attr !== '' ? { attr } : null;
}
