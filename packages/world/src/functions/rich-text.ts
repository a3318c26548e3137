import type { DomNode, Grammar, Value } from '@backlot/protocol';
import type { Contents, Furniture } from '../markup/index.ts';
import { contentsOf, furnish, listedHeadings, markupValue, readMarkupValue, renderMarkup, unfurnish } from '../markup/index.ts';
import type { Fn } from './values.ts';
import { sectionIn, type Section } from '../markup/sections.ts';
import { text1, text2, toBoolean, toText } from './values.ts';

const breaking = new Set(['p', 'br', 'div', 'li', 'tr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'pre', 'blockquote']);
const paragraphs = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'pre', 'blockquote']);

function plain(nodes: readonly DomNode[]): string {
  let out = '';
  for (const node of nodes) {
    if ('text' in node) out += node.text;
    else {
      if (out !== '' && breaking.has(node.tag) && !out.endsWith('\n')) out += paragraphs.has(node.tag) ? '\n\n' : '\n';
      out += plain(node.children);
    }
  }
  return out;
}

const specs = new Map<string, unknown>();
const mostSpecs = 50;

/** What a JSON text says, read once; null where it is none. */
function specFrom<T>(text: string): T | null {
  let spec = specs.get(text);
  if (spec === undefined) {
    try {
      spec = JSON.parse(text) as T;
    } catch {
      spec = null;
    }
    if (specs.size >= mostSpecs) specs.clear();
    specs.set(text, spec);
  }
  return spec as T | null;
}

function rich(source: string, grammarText: string): string {
  const grammar = specFrom<Grammar>(grammarText);
  try {
    return markupValue(grammar ? renderMarkup(grammar, source) : [{ text: source }]);
  } catch {
    return markupValue([{ text: source }]);
  }
}

/** A document laid out by a JSON description; where that makes no sense, `otherwise`. */
function byDescription<T, R>(value: Value | undefined, spec: Value | undefined, { lay, otherwise }: Layout<T, R>): R {
  const read = specFrom<T>(toText(spec));
  try {
    return read === null ? otherwise : lay(readMarkupValue(toText(value)), read);
  } catch {
    return otherwise;
  }
}

interface Layout<T, R> {
  readonly lay: (nodes: readonly DomNode[], spec: T) => R;
  readonly otherwise: R;
}

const furnished: Fn = (value, spec, ...[isFurnished, name]) =>
  byDescription<Furniture, string>(value, spec, {
    lay: (nodes, furniture) => markupValue(furnish(nodes, furniture, { isFurnished: toBoolean(isFurnished), name: toText(name) })),
    otherwise: toText(value),
  });

const unfurnished: Fn = (value, spec) =>
  byDescription<Furniture, string>(value, spec, {
    lay: (nodes, furniture) => markupValue(unfurnish(nodes, furniture)),
    otherwise: toText(value),
  });

const contents: Fn = (value, spec) =>
  byDescription<Contents, string>(value, spec, { lay: (nodes, of) => markupValue(contentsOf(nodes, of)), otherwise: '' });

const listed: Fn = (value, spec) =>
  byDescription<Contents, number>(value, spec, { lay: (nodes, of) => listedHeadings(nodes, of).length, otherwise: 0 });

/** Reads what is in a section of a source, before it or behind it; of no section all is in it. */
const sectionPart =
  (read: (source: string, section: Section) => string): Fn =>
  (source, id, reach) => {
    const text = toText(source);
    const found = sectionIn(text, toText(id), toText(reach) === 'deep' ? 'deep' : 'flat');
    return read(text, found ?? { start: 0, end: text.length });
  };

/**
 * Functions on written text: what it reads without marks, how a source renders by a grammar given as JSON, and what an application adds
 * to it: ids and tools (`furnished`, and what was there before), its list of contents and how many headings that lists; a section of a
 * source, and what stands before and behind it.
 */
export const richTextFunctions: Readonly<Record<string, Fn>> = {
  plainText: text1((t) => plain(readMarkupValue(t))),
  richText: text2(rich),
  furnished,
  unfurnished,
  contents,
  listedHeadings: listed,
  section: sectionPart((text, { start, end }) => text.slice(start, end)),
  beforeSection: sectionPart((text, { start }) => text.slice(0, start)),
  afterSection: sectionPart((text, { end }) => text.slice(end)),
};
