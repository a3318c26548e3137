import type { AriaNode } from '@backlot/world';
import type { Scene } from '../scene.ts';

/** The page as BrowserGym writes accessibility trees (and, but for commas, WebArena): `[bid] role 'name', checked='true'`, indented by tabs. */
export function treeView(scene: Scene): string {
  const lines = [`RootWebArea ${quoted(scene.title)}${scene.focused === null ? ', focused' : ''}, url=${quoted(scene.url)}`];
  for (const node of scene.tree) line(scene, node, { lines, indent: '\t' });
  return lines.join('\n');
}

interface Print {
  readonly lines: string[];
  readonly indent: string;
}

function line(scene: Scene, node: AriaNode | string, { lines, indent }: Print): void {
  if (typeof node === 'string') {
    lines.push(`${indent}StaticText ${quoted(node)}`);
    return;
  }
  const ref = scene.refOf(node.element);
  const head = `${ref === null ? '' : `[${ref}] `}${node.role} ${quoted(node.name)}`;
  lines.push(indent + [head, ...properties(node)].join(', '));
  for (const child of node.children) {
    // The value stands among the properties.
    if (child !== node.value) line(scene, child, { lines, indent: `${indent}\t` });
  }
}

const boxes = new Set(['checkbox', 'radio', 'switch', 'menuitemcheckbox', 'menuitemradio']);

function properties(node: AriaNode): readonly string[] {
  const all: string[] = [];
  if (node.value !== undefined && node.value !== '') all.push(`value=${quoted(node.value)}`);
  if (node.active === true) all.push('focused');
  if (node.checked !== undefined || boxes.has(node.role)) all.push(`checked=${quoted(String(node.checked ?? false))}`);
  if (node.disabled === true) all.push('disabled=True');
  if (node.expanded !== undefined) all.push('expanded=True');
  if (node.pressed !== undefined) all.push(`pressed=${quoted(String(node.pressed))}`);
  if (node.selected === true) all.push('selected=True');
  if (node.url !== undefined) all.push(`url=${quoted(node.url)}`);
  return all;
}

/** A text as Python's `repr` writes it. */
function quoted(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t');
  if (!escaped.includes("'")) return `'${escaped}'`;
  return escaped.includes('"') ? `'${escaped.replaceAll("'", "\\'")}'` : `"${escaped}"`;
}
