import type { DomElement, DomNode } from '@backlot/protocol';
import type { Instance } from './pattern.ts';

/** Share of sessions below which an item's content counts as data rather than as part of the page. */
const rareShare = 0.3;

/** Name under which like siblings are gathered: tag, kind of input, and item marker attributes. */
export function coarseLabel(element: DomElement): string {
  return element.tag === 'input' ? `input:${element.attrs['type'] ?? 'text'}` : element.tag;
}

const signatures = new WeakMap<DomNode, string>();

/** Content of a subtree without marks that change from moment to moment (classes, styles, box state). */
export function contentSignature(node: DomNode): string {
  if ('text' in node) return node.text.trim();
  const known = signatures.get(node);
  if (known !== undefined) return known;
  const { href, src, name, type, id } = node.attrs;
  const inner = node.children.map(contentSignature).join('|');
  const made = `<${node.tag} ${href ?? ''} ${src ?? ''} ${name ?? ''} ${type ?? ''} ${id ?? ''}>${inner}`;
  signatures.set(node, made);
  return made;
}

const sizeOf = (node: DomNode): number => ('tag' in node ? 1 + node.children.reduce((sum, child) => sum + sizeOf(child), 0) : 0);

interface Group {
  readonly sequences: readonly (readonly DomElement[])[];
  readonly sessions: readonly number[];
}

function gather(parents: ReadonlyMap<Instance, DomElement>): ReadonlyMap<string, Group> {
  const groups = new Map<string, { sequences: DomElement[][]; sessions: number[] }>();
  for (const [instance, parent] of parents) {
    const mine = new Map<string, DomElement[]>();
    for (const child of parent.children) {
      if (!('tag' in child)) continue;
      const label = coarseLabel(child);
      const list = mine.get(label);
      if (list) list.push(child);
      else mine.set(label, [child]);
    }
    for (const [label, children] of mine) {
      const group = groups.get(label) ?? { sequences: [], sessions: [] };
      group.sequences.push(children);
      group.sessions.push(instance.view.session);
      groups.set(label, group);
    }
  }
  return groups;
}

/** Sessions in which each distinct content occurred, and whether one page ever showed the same content twice. */
function support(group: Group): { readonly sessionsOf: ReadonlyMap<string, ReadonlySet<number>>; readonly repeats: boolean } {
  const sessionsOf = new Map<string, Set<number>>();
  let repeats = false;
  for (const [i, children] of group.sequences.entries()) {
    const seen = new Set<string>();
    for (const child of children) {
      const signature = contentSignature(child);
      if (seen.has(signature)) repeats = true;
      seen.add(signature);
      const sessions = sessionsOf.get(signature) ?? new Set<number>();
      sessions.add(group.sessions[i] as number);
      sessionsOf.set(signature, sessions);
    }
  }
  return { sessionsOf, repeats };
}

function alikeShapes(group: Group): boolean {
  const shapes = new Set(group.sequences.flat().map((child) => child.children.map((c) => ('tag' in c ? c.tag : '#')).join(' ')));
  return shapes.size <= Math.max(3, new Set(group.sequences.flat()).size / 3);
}

function idsDiffer(group: Group): boolean {
  const ids = new Set(group.sequences.flat().map((child) => child.attrs['id'] ?? ''));
  return ids.size > 1 && ids.size <= 12 && !ids.has('') && [...ids].every((id) => !/\d/.test(id));
}

/** True where like siblings are records: their contents come and go with the data, instead of belonging to the page. */
function areRecords(group: Group): boolean {
  const longest = Math.max(...group.sequences.map((children) => children.length));
  if (longest < 2 || idsDiffer(group)) return false;
  const { sessionsOf, repeats } = support(group);
  const total = new Set(group.sessions).size;
  const rare = [...sessionsOf.values()].filter((sessions) => sessions.size < Math.max(2, rareShare * total)).length;
  const counts = new Set(group.sequences.map((children) => children.length));
  if (counts.size === 1 && sessionsOf.size === longest) return false;
  if (rare / sessionsOf.size > 0.3 && (counts.size > 1 || alikeShapes(group))) return true;
  const first = group.sequences.flat()[0] as DomElement;
  return sessionsOf.size >= 8 && sizeOf(first) >= 4 && counts.size > 1 && alikeShapes(group) && !repeats;
}

/** Labels of children that are records, over all occurrences of one parent. */
export function recordLabels(parents: ReadonlyMap<Instance, DomElement>): ReadonlySet<string> {
  const labels = new Set<string>();
  for (const [label, group] of gather(parents)) {
    if (label !== 'option' && label !== 'br' && areRecords(group)) labels.add(label);
  }
  return labels;
}
