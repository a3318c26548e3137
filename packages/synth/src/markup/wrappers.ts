import type { DomElement, DomNode, Grammar, MarkupTag, MarkupWrap } from '@backlot/protocol';
import type { MarkupPair } from './model.ts';
import { isInline } from './model.ts';

const isHolder = (node: DomNode | undefined): node is DomElement =>
  node !== undefined && 'tag' in node && /^(?:div|section|article|span|main)$/.test(node.tag);

/** Takes off the elements that are around everything in every pair. */
export function openRoot(pairs: readonly MarkupPair[]): { readonly root: MarkupWrap; readonly pairs: readonly MarkupPair[] } {
  const root: MarkupTag[] = [];
  let inner = pairs;
  for (let depth = 0; depth < 4; depth += 1) {
    const first = inner[0]?.rendered[0];
    if (inner.length < 2 || !isHolder(first)) break;
    const looks = JSON.stringify([first.tag, first.attrs]);
    const isShared = inner.every(
      ({ rendered: [only, ...others] }) => others.length === 0 && isHolder(only) && JSON.stringify([only.tag, only.attrs]) === looks,
    );
    if (!isShared) break;
    root.push({ tag: first.tag, attrs: first.attrs });
    inner = inner.map(({ source, rendered }) => ({ source, rendered: (rendered[0] as DomElement).children }));
  }
  return { root, pairs: inner };
}

type Sections = ReadonlyMap<string, MarkupTag>;

/** Takes off elements that follow headings and hold what belongs to them, where every heading of the level has one alike. */
export function openSections(pairs: readonly MarkupPair[]): { readonly sections: Sections; readonly pairs: readonly MarkupPair[] } {
  const after = new Map<string, Set<string>>();
  for (const { rendered } of pairs) {
    rendered.forEach((node, i) => {
      if (!('tag' in node) || !/^h[1-6]$/.test(node.tag)) return;
      const next = rendered[i + 1];
      const holds = isHolder(next) && !next.children.some((child) => 'text' in child || isInline(child));
      after.set(node.tag, (after.get(node.tag) ?? new Set()).add(holds ? JSON.stringify({ tag: next.tag, attrs: next.attrs }) : ''));
    });
  }
  const sections = new Map<string, MarkupTag>();
  for (const [heading, looks] of [...after].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [only] = looks;
    if (looks.size === 1 && only) sections.set(heading, JSON.parse(only) as MarkupTag);
  }
  if (sections.size === 0) return { sections, pairs };
  const opened = pairs.map(({ source, rendered }) => ({
    source,
    rendered: rendered.flatMap((node, i) => {
      const before = rendered[i - 1];
      return before !== undefined && 'tag' in before && sections.has(before.tag) ? (node as DomElement).children : [node];
    }),
  }));
  return { sections, pairs: opened };
}

/** A grammar whose headings gather what follows them. */
export function withSections(grammar: Grammar, sections: Sections): Grammar {
  const blocks = grammar.blocks.map((rule) => {
    const section = rule.block === 'line' ? sections.get(rule.wrap.at(-1)?.tag ?? '') : undefined;
    return section === undefined ? rule : { ...rule, section };
  });
  return { ...grammar, blocks };
}
