import type { DomNode, World } from '@backlot/protocol';
import { htmlGrammar, markupValue, readMarkupValue, renderMarkup } from '../markup/index.ts';
import { textOf } from '../walk.ts';

/** Rich text as a page shows it. */
export interface RichText {
  readonly grammar: string;
  readonly nodes: readonly DomNode[];
}

/** True where a source comes out as the page shows it. */
export function isSourceOf(world: World, source: string, { grammar, nodes }: RichText): boolean {
  return sameNodes(rendered(world, grammar, source), nodes);
}

/** Sources that may come out as the page shows: remembered content is its own, of a grammar only plain text is tried. */
export function sourcesOf({ grammar, nodes }: RichText): readonly string[] {
  if (nodes.length === 0) return [''];
  if (grammar === htmlGrammar) return [markupValue(nodes)];
  return [nodes.map(textOf).join('\n\n'), nodes.map(textOf).join('\n'), nodes.map(textOf).join('')];
}

function rendered(world: World, name: string, source: string): readonly DomNode[] {
  if (source === '') return [];
  const grammars = world.grammars ?? {};
  const grammar = Object.hasOwn(grammars, name) ? grammars[name] : undefined;
  if (name === htmlGrammar) return readMarkupValue(source);
  return grammar === undefined ? [{ text: source }] : renderMarkup(grammar, source);
}

function sameNodes(a: readonly DomNode[], b: readonly DomNode[]): boolean {
  return a.length === b.length && a.every((node, i) => sameNode(node, b[i] as DomNode));
}

function sameNode(a: DomNode, b: DomNode): boolean {
  if ('text' in a || 'text' in b) return 'text' in a && 'text' in b && a.text === b.text;
  const names = Object.keys(a.attrs);
  if (a.tag !== b.tag || names.length !== Object.keys(b.attrs).length) return false;
  return names.every((name) => a.attrs[name] === b.attrs[name]) && sameNodes(a.children, b.children);
}
