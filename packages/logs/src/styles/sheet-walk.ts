import { fromPlainObject, generate, parse, toPlainObject, type CssNode } from 'css-tree';
import type { Layer, LayerTree } from './layers.ts';
import { mediaHolds, type Viewport } from './media.ts';

/** A style rule that holds: its selectors and its declarations, in the order of the sheet. */
export interface FlatRule {
  readonly selectors: readonly CssNode[];
  readonly declarations: readonly CssNode[];
  readonly layer: Layer;
}

/** Reads a style sheet: conditions resolved at the viewport, nesting unfolded. What cannot be read is passed over. */
export function flatRules(sheet: string, viewport: Viewport, layers: LayerTree): readonly FlatRule[] {
  const walk: Walk = { viewport, layers, found: [] };
  visitAll(walk, childrenOf(parseCss(sheet, 'stylesheet')), { layer: layers.root, parent: null });
  return walk.found;
}

interface Walk {
  readonly viewport: Viewport;
  readonly layers: LayerTree;
  readonly found: FlatRule[];
}

interface Place {
  readonly layer: Layer;
  /** Selector text of the rule around, in brackets that keep it whole; null outside of rules. */
  readonly parent: string | null;
}

function parseCss(text: string, context: string): CssNode {
  return toPlainObject(parse(text, { context, onParseError: () => undefined }));
}

function childrenOf(node: CssNode | null | undefined): readonly CssNode[] {
  return node?.children ?? [];
}

function visitAll(walk: Walk, nodes: readonly CssNode[], place: Place): void {
  for (const node of nodes) {
    if (node.type === 'Rule') visitRule(walk, node, place);
    else if (node.type === 'Atrule') visitAtRule(walk, node, place);
    else if (node.type === 'Raw' && place.parent !== null) visitAll(walk, nestedRules(node), place);
  }
}

/** The parser leaves nested rules raw that begin with neither `&` nor a sign; as a sheet of their own they can be read. */
function nestedRules(raw: CssNode): readonly CssNode[] {
  const text = String(raw.value);
  return text.includes('{') ? childrenOf(parseCss(text, 'stylesheet')).filter((node) => node.type !== 'Raw') : [];
}

function visitRule(walk: Walk, rule: CssNode, place: Place): void {
  const selectors = selectorsOf(rule.prelude, place.parent);
  if (selectors.length === 0) return;
  visitBlock(walk, childrenOf(rule.block), { place, selectors });
}

/** Declarations first, then what is nested: close enough to the order in which browsers take them. */
function visitBlock(walk: Walk, nodes: readonly CssNode[], rule: { place: Place; selectors: readonly CssNode[] }): void {
  const declarations = nodes.filter((node) => node.type === 'Declaration');
  if (declarations.length > 0) walk.found.push({ selectors: rule.selectors, declarations, layer: rule.place.layer });
  if (declarations.length === nodes.length) return;
  const parent = `:is(${rule.selectors.map(textOf).join(',')})`;
  visitAll(walk, nodes, { layer: rule.place.layer, parent });
}

function selectorsOf(prelude: CssNode | null | undefined, parent: string | null): readonly CssNode[] {
  if (prelude?.type !== 'SelectorList') return [];
  if (parent === null) return childrenOf(prelude);
  const list = childrenOf(prelude).map((selector) => nestedSelector(selector, parent));
  const parsed = parseCss(list.join(','), 'selectorList');
  return parsed.type === 'SelectorList' ? childrenOf(parsed) : [];
}

function nestedSelector(selector: CssNode, parent: string): string {
  const text = textOf(selector);
  if (text.includes('&')) return text.replaceAll('&', parent);
  return /^[>+~]/.test(text) ? `${parent}${text}` : `${parent} ${text}`;
}

/** The text of a syntax tree in its plain form. */
export function textOf(node: CssNode): string {
  return generate(fromPlainObject(structuredClone(node)));
}

function visitAtRule(walk: Walk, rule: CssNode, place: Place): void {
  const name = String(rule.name).toLowerCase();
  if (name === 'layer') visitLayer(walk, rule, place);
  else if (rule.block && atRuleHolds(walk, name, rule.prelude)) visitInside(walk, rule.block, place);
}

/** Inside of a rule, a conditional block may hold declarations of its own. */
function visitInside(walk: Walk, block: CssNode, place: Place): void {
  if (place.parent === null) {
    visitAll(walk, childrenOf(block), place);
    return;
  }
  const selectors = childrenOf(parseCss(place.parent, 'selectorList'));
  // The parser takes such a block for a list of rules: read again, its declarations come out as what they are.
  visitBlock(walk, childrenOf(parseCss(textOf(block), 'block')), { place, selectors });
}

function atRuleHolds(walk: Walk, name: string, prelude: CssNode | null | undefined): boolean {
  if (name === 'media') {
    const list = childrenOf(prelude)[0];
    return list === undefined || mediaHolds(list, walk.viewport);
  }
  // What sheets ask for is taken to be supported, so what they do without it does not hold.
  return name === 'supports' && !(prelude && /^\s*not\b/i.test(textOf(prelude)));
}

function visitLayer(walk: Walk, rule: CssNode, place: Place): void {
  const text = rule.prelude ? textOf(rule.prelude) : '';
  const names = text.split(',').map((name) => name.trim());
  const layers = names.map((name) => walk.layers.enter(place.layer, name));
  const [layer] = layers;
  if (rule.block && layer !== undefined) visitInside(walk, rule.block, { ...place, layer });
}
