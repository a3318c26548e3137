import type { DomNode } from '@backlot/protocol';
import { safeAttributes, verdictOnTag } from './safe.ts';

/** Name of the grammar of remembered content: its source is written by `markupValue`. */
export const htmlGrammar = 'html';

type Written = string | readonly [string, Readonly<Record<string, string>>, ...Written[]];

function write(node: DomNode): Written {
  if ('text' in node) return node.text;
  return [node.svg === true ? `svg:${node.tag}` : node.tag, node.attrs, ...node.children.map(write)];
}

/** Nodes as the text that a `markup` template of the grammar `html` shows again, less what would act. */
export function markupValue(nodes: readonly DomNode[]): string {
  return JSON.stringify(nodes.map(write));
}

/** Deeper content is left out. */
const deepest = 200;

/** Nodes that `markupValue` wrote: none where the text is broken; unknown or dangerous elements and attributes are dropped. */
export function readMarkupValue(source: string): readonly DomNode[] {
  let written: unknown;
  try {
    written = JSON.parse(source);
  } catch {
    return [];
  }
  return Array.isArray(written) ? written.flatMap((node) => read(node, 0)) : [];
}

function read(node: unknown, depth: number): readonly DomNode[] {
  if (typeof node === 'string') return node === '' ? [] : [{ text: node }];
  if (!Array.isArray(node) || typeof node[0] !== 'string' || depth > deepest) return [];
  const svg = node[0].startsWith('svg:');
  const tag = svg ? node[0].slice(4) : node[0].toLowerCase();
  const verdict = verdictOnTag(tag, svg);
  if (verdict === 'drop') return [];
  const children = node.slice(2).flatMap((kid) => read(kid, depth + 1));
  if (verdict === 'unwrap') return children;
  const given: unknown = node[1];
  const attrs = typeof given === 'object' && given !== null && !Array.isArray(given) ? safeAttributes(given as Record<string, string>) : {};
  return [svg ? { tag, attrs, children, svg } : { tag, attrs, children }];
}
