import type { DomNode, Grammar } from '@backlot/protocol';
import { markupValue, readMarkupValue, renderMarkup } from '../markup/index.ts';
import type { Fn } from './values.ts';
import { text1, text2 } from './values.ts';

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

const grammars = new Map<string, Grammar | null>();
const mostGrammars = 50;

/** A grammar from its JSON text, read once; null where it is none. */
function grammarFrom(text: string): Grammar | null {
  let grammar = grammars.get(text);
  if (grammar === undefined) {
    try {
      grammar = JSON.parse(text) as Grammar;
    } catch {
      grammar = null;
    }
    if (grammars.size >= mostGrammars) grammars.clear();
    grammars.set(text, grammar);
  }
  return grammar;
}

function rich(source: string, grammarText: string): string {
  const grammar = grammarFrom(grammarText);
  try {
    return markupValue(grammar ? renderMarkup(grammar, source) : [{ text: source }]);
  } catch {
    return markupValue([{ text: source }]);
  }
}

/** Functions on written text: what it reads without marks, and how a source renders by a grammar given as JSON. */
export const richTextFunctions: Readonly<Record<string, Fn>> = {
  plainText: text1((t) => plain(readMarkupValue(t))),
  richText: text2(rich),
};
