import type { DomElement, StyleRule } from '@backlot/protocol';
import type { Interaction } from '../css/compute-styles.ts';
import { ariaTree, type AriaNode } from './aria-tree.ts';
import { pageModel } from './page-model.ts';
import { SpokenNode } from './spoken-node.ts';
import { yamlKey, yamlValue } from './yaml.ts';

/** Longer names are not printed. */
const maxName = 900;

/** The accessibility snapshot of the page's body, to the letter as Playwright's `locator('body').ariaSnapshot()` prints it. */
export function ariaSnapshot(root: DomElement, rules: readonly StyleRule[], interaction?: Interaction): string {
  const page = pageModel(root, rules, interaction);
  page.snapshot ??= renderAria(ariaTree(root, rules, interaction));
  return page.snapshot;
}

/** Says more of a node behind its states, such as ` [ref=e1]`; the empty text where there is nothing to say. */
export type NodeMark = (node: AriaNode) => string;

const unmarked: NodeMark = () => '';

/**
 * Prints an accessibility tree in the form of Playwright's snapshots.
 * @param isSteady whether the marks depend on nothing but the node, and are of the one kind that nodes remember
 */
export function renderAria(nodes: readonly (AriaNode | string)[], mark?: NodeMark, isSteady = false): string {
  const print: Printing = { mark: mark ?? unmarked, isMarked: mark !== undefined, isSteady: mark === undefined || isSteady };
  return nodes.map((node) => lines(node, '', print)).join('\n');
}

interface Printing {
  readonly mark: NodeMark;
  readonly isMarked: boolean;
  readonly isSteady: boolean;
}

function lines(node: AriaNode | string, indent: string, print: Printing): string {
  if (typeof node === 'string') return `${indent}- text: ${yamlValue(node)}`;
  if (!print.isSteady) return linesOf(node, indent, print);
  const known = SpokenNode.printOf(node, print.isMarked);
  if (known?.indent === indent) return known.lines;
  const fresh = linesOf(node, indent, print);
  SpokenNode.keep(node, { indent, lines: fresh }, print.isMarked);
  return fresh;
}

function linesOf(node: AriaNode, indent: string, print: Printing): string {
  const head = `${indent}- ${yamlKey(heading(node) + print.mark(node))}`;
  const [first] = node.children;
  const isBare = node.url === undefined && node.placeholder === undefined;
  if (isBare && first === undefined) return head;
  if (isBare && typeof first === 'string' && node.children.length === 1) return `${head}: ${yamlValue(first)}`;
  const deeper = `${indent}  `;
  let all = `${head}:`;
  if (node.url !== undefined) all += `\n${deeper}- /url: ${yamlValue(node.url)}`;
  if (node.placeholder !== undefined) all += `\n${deeper}- /placeholder: ${yamlValue(node.placeholder)}`;
  for (const child of node.children) all += `\n${lines(child, deeper, print)}`;
  return all;
}

function heading(node: AriaNode): string {
  let text = node.role;
  if (node.name !== '' && node.name.length <= maxName) text += ` ${JSON.stringify(node.name)}`;
  text += flag('checked', node.checked) + flag('disabled', node.disabled) + flag('expanded', node.expanded) + flag('invalid', node.invalid);
  if (node.level !== undefined) text += ` [level=${node.level}]`;
  return text + flag('pressed', node.pressed) + flag('selected', node.selected) + flag('aria-hidden', node.ariaHidden);
}

function flag(name: string, value: true | string | undefined): string {
  if (value === undefined) return '';
  return value === true ? ` [${name}]` : ` [${name}=${value}]`;
}
