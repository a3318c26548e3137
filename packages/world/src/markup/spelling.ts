import type { MarkupPart, MarkupSpelling } from '@backlot/protocol';

/** What a rule took from the source. */
export interface Captured {
  readonly target: string;
  readonly text: string;
  readonly level: string;
  readonly info: string;
}

export const nothingCaptured: Captured = { target: '', text: '', level: '', info: '' };

/** Encodes as `encode` does; a lone half of a surrogate pair, which has no encoding, becomes the replacement character. */
function encodeBy(encode: (text: string) => string, text: string): string {
  return encode(text.toWellFormed());
}

const spellings: Readonly<Record<MarkupSpelling, (text: string) => string>> = {
  raw: (text) => text,
  encode: (text) => encodeBy(encodeURIComponent, text),
  encodePath: (text) => encodeBy(encodeURI, text),
  plus: (text) => encodeBy(encodeURIComponent, text).replaceAll('%20', '+'),
  underscore: (text) => encodeBy(encodeURI, text.trim().replace(/\s+/g, '_')),
  hyphen: (text) => encodeBy(encodeURI, text.trim().replace(/\s+/g, '-')),
  lower: (text) => text.toLowerCase(),
  slug: (text) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, ''),
  slugUnderscore: (text) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}:.-]+/gu, '_')
      .replace(/^_|_$/g, ''),
  slugKeep: (text) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  last: (text) => text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf(':')) + 1),
  capital: (text) => {
    const joined = text.trim().replace(/\s+/g, '_');
    return encodeBy(encodeURI, joined.slice(0, 1).toUpperCase() + joined.slice(1));
  },
};

/** Text in another spelling. */
export function spell(how: MarkupSpelling, text: string): string {
  return Object.hasOwn(spellings, how) ? spellings[how](text) : text;
}

/** The text that parts make of what was captured. */
export function fillParts(parts: string | readonly MarkupPart[], captured: Captured): string {
  if (typeof parts === 'string') return parts;
  return parts.map((part) => (typeof part === 'string' ? part : spell(part.how, captured[part.of]))).join('');
}
