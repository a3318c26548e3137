import type { BlockRule, DomElement, ListRule, MarkupTag } from '@backlot/protocol';
import { lineAround, spanOf } from './align.ts';
import type { Placed } from './placed.ts';
import { explainAttributes } from './explain.ts';
import { isInline, ranked, vote } from './model.ts';

interface Item {
  readonly mark: string;
  readonly numbered: boolean;
  readonly gap: boolean;
  readonly nest: 'indent' | 'repeat';
  readonly indent: number;
  readonly depth: number;
  readonly list: DomElement;
  /** The item and the elements right inside of it that hold its text. */
  readonly chain: readonly DomElement[];
  readonly isLoose: boolean;
}

const isList = ({ tag }: DomElement): boolean => tag === 'ul' || tag === 'ol';

/** Rules for lists, by the marks before the texts of their items. */
export function listRules(placed: readonly Placed[]): readonly BlockRule[] {
  const kinds = new Map<string, Item[]>();
  for (const each of placed) {
    const item = each.element.tag === 'li' ? itemOf(each) : null;
    if (item === null) continue;
    vote(kinds, JSON.stringify([item.list.tag, item.mark, item.numbered, item.nest]), item);
  }
  const most = Math.max(0, ...[...kinds.values()].map((items) => items.length));
  return ranked(kinds)
    .filter(([, items]) => items.length * 20 >= most)
    .slice(0, 10)
    .map(([, items]) => ruleOf(items));
}

interface Prefix {
  readonly indent: string;
  readonly digits: string;
  readonly signs: string;
  readonly blank: string;
}

function partsOf(prefix: string): Prefix {
  const found = /^( *)(\d*)([^\p{L}\p{N}\s]*)(\s*)/u.exec(prefix) as RegExpExecArray;
  const [, indent, digits, signs, blank] = found as unknown as readonly [string, string, string, string, string];
  return { indent, digits, signs, blank };
}

/** The one block that holds the text of an item, if there is one. */
function innerOf(item: DomElement): DomElement | undefined {
  const own = item.children.filter((child) => !('tag' in child && isList(child)));
  const only = own[0];
  return own.length === 1 && only !== undefined && 'tag' in only && !isInline(only) ? only : undefined;
}

function itemOf({ pair, element, around }: Placed): Item | null {
  const list = around.at(-1);
  const span = spanOf(pair, element);
  if (list === undefined || !isList(list) || span === null) return null;
  const prefix = pair.source.slice(lineAround(pair.source, span[0])[0], span[0]);
  const { indent, digits, signs, blank } = partsOf(prefix);
  if (signs === '') return null;
  const depth = around.filter(isList).length;
  const isRun = signs.length === depth && indent === '' && digits === '' && depth > 1;
  const inner = innerOf(element);
  const isLoose = inner?.tag === 'p';
  return {
    mark: isRun ? (signs.at(-1) as string) : signs,
    numbered: digits !== '',
    gap: blank !== '',
    nest: isRun ? 'repeat' : 'indent',
    indent: indent.length,
    depth,
    list,
    chain: inner === undefined || isLoose ? [element] : [element, inner],
    isLoose,
  };
}

function ruleOf(items: readonly Item[]): ListRule & { interrupts: boolean } {
  const first = items[0] as Item;
  const attrsOf = (elements: readonly { readonly element: DomElement; readonly depth: number }[]): MarkupTag['attrs'] =>
    explainAttributes(elements.map(({ element, depth }) => ({ attrs: element.attrs, captured: { level: String(depth) } }))).attrs;
  const depths = [1, 2].filter((length) => items.some(({ chain }) => chain.length === length));
  const long = items.filter(({ chain }) => chain.length === Math.max(...depths));
  const isDeepChain = long.length * 2 > items.length;
  const chains = isDeepChain ? long : items.filter(({ chain }) => chain.length === 1);
  const item = (chains[0] as Item).chain.map((element, i) => ({
    tag: element.tag,
    attrs: attrsOf(chains.map(({ chain, depth }) => ({ element: chain[i] as DomElement, depth }))),
  }));
  const top = items.filter(({ depth }) => depth === 1);
  return {
    block: 'list',
    mark: first.mark,
    numbered: first.numbered,
    gap: items.every(({ gap }) => gap),
    nest: first.nest,
    least: first.nest === 'repeat' || top.length === 0 ? 0 : Math.min(...top.map(({ indent }) => indent)),
    list: { tag: first.list.tag, attrs: attrsOf(items.map(({ list, depth }) => ({ element: list, depth }))) },
    item,
    lazy: 'none',
    interrupts: true,
    ...(items.some(({ isLoose }) => isLoose) ? { loose: { tag: 'p', attrs: {} } } : {}),
  };
}
