import type { DomElement, StyleRule } from '@backlot/protocol';
import type { Interaction } from '../css/compute-styles.ts';
import { ariaTree, type AriaNode } from './aria-tree.ts';
import { pageModel } from './page-model.ts';
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

/** Prints an accessibility tree in the form of Playwright's snapshots. */
export function renderAria(nodes: readonly (AriaNode | string)[], mark: NodeMark = unmarked): string {
  const lines: string[] = [];
  for (const node of nodes) render(node, '', { lines, mark });
  return lines.join('\n');
}

interface Print {
  readonly lines: string[];
  readonly mark: NodeMark;
}

function render(node: AriaNode | string, indent: string, print: Print): void {
  const { lines, mark } = print;
  if (typeof node === 'string') {
    lines.push(`${indent}- text: ${yamlValue(node)}`);
    return;
  }
  const head = `${indent}- ${yamlKey(heading(node) + mark(node))}`;
  const [first] = node.children;
  const isBare = node.url === undefined && node.placeholder === undefined;
  if (isBare && first === undefined) {
    lines.push(head);
  } else if (isBare && typeof first === 'string' && node.children.length === 1) {
    lines.push(`${head}: ${yamlValue(first)}`);
  } else {
    const deeper = `${indent}  `;
    lines.push(`${head}:`);
    if (node.url !== undefined) lines.push(`${deeper}- /url: ${yamlValue(node.url)}`);
    if (node.placeholder !== undefined) lines.push(`${deeper}- /placeholder: ${yamlValue(node.placeholder)}`);
    for (const child of node.children) render(child, deeper, print);
  }
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
