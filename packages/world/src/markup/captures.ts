import type { InlineRule, MarkupCapture } from '@backlot/protocol';

type PatternRule = Extract<InlineRule, { inline: 'pattern' }>;

/** Where a pattern stands in a text. */
export interface PatternMatch {
  readonly end: number;
  readonly target: readonly [number, number];
  readonly text: readonly [number, number];
}

/** The farthest that a capture reaches: what keeps a hostile text from costing its square. */
const reach = 2000;

const wordSign = /[\p{L}\p{N}_]/u;

/** True where a sign is a letter, a digit or an underscore; false beyond the text. */
export function isWordAt(text: string, at: number): boolean {
  const sign = text[at];
  return sign !== undefined && wordSign.test(sign);
}

/** Our own scanners of what has no closing mark; each is linear and anchored. */
const scanners: Readonly<Partial<Record<MarkupCapture, RegExp>>> = {
  bare: /(?:https?:\/\/|ftp:\/\/|www\.)[^\s<>"]+/iy,
  url: /[a-z][a-z0-9+.-]*:\/\/[^\s]+|mailto:[^\s]+|\/\/[^\s]+/iy,
  path: /[^\s]+/y,
  word: /[\p{L}\p{N}_]+/uy,
  name: /[\p{L}\p{N}_]+(?:[-./:][\p{L}\p{N}_]+)*/uy,
  digits: /[0-9]+/y,
  camel: /\p{Lu}\p{Ll}+(?:\p{Lu}\p{Ll}+)+/uy,
};

/** An address in running text without the punctuation of its sentence. */
function trimAddress(address: string): string {
  let end = address.length;
  let closing = 0;
  for (const sign of address) closing += sign === '(' ? -1 : sign === ')' ? 1 : 0;
  while (end > 0) {
    const sign = address[end - 1] as string;
    if (sign === ')' && closing > 0) closing -= 1;
    else if (!'.,;:!?\'"]}*_~'.includes(sign)) break;
    end -= 1;
  }
  return address.slice(0, end);
}

function scanOpen(text: string, at: number, kind: MarkupCapture): number {
  const scanner = scanners[kind];
  if (scanner === undefined) return lineEnd(text, at);
  scanner.lastIndex = at;
  const found = scanner.exec(text)?.[0].slice(0, reach);
  if (found === undefined) return -1;
  return at + (kind === 'bare' || kind === 'url' || kind === 'path' ? trimAddress(found) : found).length;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** Text up to a closing literal, if it is of the kind. */
function scanTo(text: string, at: number, options: { kind: MarkupCapture; close: string; banned: readonly string[] }): number {
  const { kind, close, banned } = options;
  const length = text.slice(at, at + reach).indexOf(close);
  if (length <= 0) return -1;
  const taken = text.slice(at, at + length);
  if (taken.includes('\n') || banned.some((literal) => taken.includes(literal))) return -1;
  return kind === 'any' || isWhole(taken, kind) ? at + length : -1;
}

function isWhole(taken: string, kind: MarkupCapture): boolean {
  const scanner = scanners[kind] as RegExp;
  scanner.lastIndex = 0;
  return scanner.exec(taken)?.[0] === taken;
}

/** Where a pattern that begins at a place of the text ends, with its captures; null where it does not fit. */
export function matchPattern(rule: PatternRule, text: string, from: number): PatternMatch | null {
  const { parts, word } = rule;
  if (word && isWordAt(text, from - 1)) return null;
  const literals = parts.filter((part) => typeof part === 'string' && part.trim() !== '') as string[];
  const banned = [literals[0], literals.at(-1)].filter((literal) => literal !== undefined && parts.length > 1) as string[];
  const found: Record<'target' | 'text', readonly [number, number]> = { target: [from, from], text: [from, from] };
  let at = from;
  for (const [i, part] of parts.entries()) {
    if (typeof part === 'string') {
      if (!text.startsWith(part, at)) return null;
      at += part.length;
      continue;
    }
    const close = parts[i + 1];
    const end = typeof close === 'string' ? scanTo(text, at, { kind: part.kind, close, banned }) : scanOpen(text, at, part.kind);
    if (end <= at) return null;
    found[part.take] = [at, end];
    at = end;
  }
  if (word && isWordAt(text, at - 1) && isWordAt(text, at)) return null;
  return { end: at, ...found };
}
