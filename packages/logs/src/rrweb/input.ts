import { touch } from './mirror-node.ts';
import type { MirrorNode } from './mirror-node.ts';

/** Folds the live state of a field into its attributes. False where it was that already. */
export function applyInput(node: MirrorNode, text: string, checked: boolean): boolean {
  node.dirty = true;
  const type = node.tag === 'input' ? (node.attrs.get('type') ?? '').toLowerCase() : '';
  if (type === 'checkbox' || type === 'radio') return applyCheck(node, type, checked);
  if (node.tag === 'select') return applySelect(node, text);
  if (node.tag !== 'input' && node.tag !== 'textarea') return false;
  const shown = node.attrs.get('value') ?? (node.tag === 'textarea' ? textOf(node) : '');
  if (shown === text && node.attrs.has('value')) return false;
  node.attrs.set('value', text);
  touch(node);
  return shown !== text;
}

function applyCheck(node: MirrorNode, type: string, checked: boolean): boolean {
  const before = node.attrs.has('checked');
  if (checked) node.attrs.set('checked', '');
  else node.attrs.delete('checked');
  touch(node);
  if (checked && type === 'radio') for (const peer of peersOf(node)) uncheck(peer);
  return before !== checked;
}

function uncheck(node: MirrorNode): void {
  if (!node.attrs.delete('checked')) return;
  node.dirty = true;
  touch(node);
}

/** The other radio buttons of the same name in the same form, or outside of any form. */
function peersOf(node: MirrorNode): MirrorNode[] {
  const name = node.attrs.get('name') ?? '';
  if (name === '') return [];
  const form = formOf(node);
  const isPeer = (other: MirrorNode): boolean =>
    other !== node && other.tag === 'input' && other.attrs.get('type')?.toLowerCase() === 'radio' && other.attrs.get('name') === name;
  return collect(form ?? rootOf(node), isPeer).filter((other) => form !== null || formOf(other) === null);
}

function applySelect(node: MirrorNode, text: string): boolean {
  const options = collect(node, (each) => each.tag === 'option');
  const chosen = options.find((option) => (option.attrs.get('value') ?? textOf(option).trim()) === text);
  const changed = chosen === undefined ? node.attrs.get('value') !== text : !chosen.attrs.has('selected');
  node.attrs.set('value', text);
  touch(node);
  for (const option of options) {
    const isChosen = option === chosen;
    if (isChosen === option.attrs.has('selected')) continue;
    if (isChosen) option.attrs.set('selected', '');
    else if (!node.attrs.has('multiple')) option.attrs.delete('selected');
    touch(option);
  }
  return changed;
}

function formOf(node: MirrorNode): MirrorNode | null {
  for (let at = node.parent; at !== null; at = at.parent) if (at.tag === 'form') return at;
  return null;
}

function rootOf(node: MirrorNode): MirrorNode {
  let at = node;
  while (at.parent !== null) at = at.parent;
  return at;
}

function textOf(node: MirrorNode): string {
  return node.kind === 'text' ? node.text : node.children.map(textOf).join('');
}

function collect(node: MirrorNode, wanted: (node: MirrorNode) => boolean): MirrorNode[] {
  const found: MirrorNode[] = [];
  for (const child of node.children) {
    if (wanted(child)) found.push(child);
    found.push(...collect(child, wanted));
  }
  return found;
}
