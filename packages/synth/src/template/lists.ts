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

/** Features by which siblings are found to be of one kind: the tags below them and their classes. */
function shapeOf(element: DomElement): ReadonlySet<string> {
  const shape = new Set<string>();
  const visit = (node: DomNode, path: string, depth: number): void => {
    if (!('tag' in node) || depth > 3) return;
    const here = `${path}/${coarseLabel(node)}`;
    shape.add(here);
    for (const child of node.children) visit(child, here, depth + 1);
  };
  visit(element, '', 0);
  for (const token of (element.attrs['class'] ?? '').split(/\s+/)) if (token) shape.add(`.${token}`);
  return shape;
}

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const feature of a) if (b.has(feature)) shared++;
  return shared / (a.size + b.size - shared);
}

/** Siblings less alike than this are of different kinds. */
const sameKind = 0.6;

const labels = new WeakMap<DomNode, string>();

/** What a subtree is called and looks like, wherever it leads: text, titles, classes, no addresses. */
function labelSignature(node: DomNode): string {
  if ('text' in node) return node.text.trim();
  const known = labels.get(node);
  if (known !== undefined) return known;
  const { title, name } = node.attrs;
  const made = `<${node.tag} ${node.attrs['class'] ?? ''} ${title ?? ''} ${name ?? ''}>${node.children.map(labelSignature).join('|')}`;
  labels.set(node, made);
  return made;
}

interface Group {
  readonly sequences: readonly (readonly DomElement[])[];
  readonly sessions: readonly number[];
}

/** Ids of children that recur from session to session: names of places in the page, not of data. */
function fixedIds(parents: ReadonlyMap<Instance, DomElement>): ReadonlySet<string> {
  const sessionsOf = new Map<string, Set<number>>();
  const all = new Set<number>();
  for (const [instance, parent] of parents) {
    all.add(instance.view.session);
    for (const child of parent.children) {
      const id = 'tag' in child ? child.attrs['id'] : undefined;
      if (id !== undefined) sessionsOf.set(id, (sessionsOf.get(id) ?? new Set<number>()).add(instance.view.session));
    }
  }
  const many = sessionsOf.size > 12;
  return new Set([...sessionsOf].filter(([, sessions]) => !many || sessions.size >= 0.8 * all.size).map(([id]) => id));
}

/** Gives each child of many occurrences of a parent the name of its kind. Children with an id of their own are unique. */
function kinds(parents: ReadonlyMap<Instance, DomElement>): (child: DomElement) => string | null {
  const seeds = new Map<string, { label: string; shape: ReadonlySet<string> }[]>();
  const known = new Map<string, string>();
  const fixed = fixedIds(parents);
  const labelOf = (child: DomElement): string | null => {
    const { id } = child.attrs;
    if (id !== undefined && !/\d/.test(id) && fixed.has(id)) return null;
    const shape = shapeOf(child);
    const spelling = [...shape].join(' ');
    const found = known.get(spelling);
    if (found !== undefined) return found;
    const tag = coarseLabel(child);
    const peers = seeds.get(tag) ?? [];
    seeds.set(tag, peers);
    let peer = peers.find((candidate) => likeness(candidate.shape, shape) >= sameKind);
    if (!peer) {
      peer = { label: `${tag}~${peers.length}`, shape };
      peers.push(peer);
    }
    known.set(spelling, peer.label);
    return peer.label;
  };
  for (const parent of parents.values()) for (const child of parent.children) if ('tag' in child) labelOf(child);
  return labelOf;
}

function gather(parents: ReadonlyMap<Instance, DomElement>, labelOf: (child: DomElement) => string | null): ReadonlyMap<string, Group> {
  const groups = new Map<string, { sequences: DomElement[][]; sessions: number[] }>();
  for (const [instance, parent] of parents) {
    const mine = new Map<string, DomElement[]>();
    for (const child of parent.children) {
      const label = 'tag' in child ? labelOf(child) : null;
      if (label === null || !('tag' in child)) continue;
      mine.set(label, [...(mine.get(label) ?? []), child]);
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
function support(
  group: Group,
  sign: (node: DomNode) => string,
): { readonly sessionsOf: ReadonlyMap<string, ReadonlySet<number>>; readonly repeats: boolean } {
  const sessionsOf = new Map<string, Set<number>>();
  let repeats = false;
  for (const [i, children] of group.sequences.entries()) {
    const seen = new Set<string>();
    for (const child of children) {
      const signature = sign(child);
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

/** True where some place among the siblings always holds the same: they are parts of the page in a row, not records. */
function hasFixedPlace(group: Group, length: number): boolean {
  return Array.from({ length }, (_, i) => i).some(
    (i) => new Set(group.sequences.map((children) => contentSignature(children[i] as DomElement))).size === 1,
  );
}

/** True where the same few labels come back in every session, each once: parts of the page that lead to different addresses. */
function areParts(group: Group): boolean {
  const { sessionsOf, repeats } = support(group, labelSignature);
  const total = new Set(group.sessions).size;
  const common = [...sessionsOf.values()].filter((sessions) => sessions.size >= Math.max(2, rareShare * total)).length;
  return !repeats && sessionsOf.size <= maxParts && common >= 0.7 * sessionsOf.size;
}

/** More different labels than this are data. */
const maxParts = 12;

/** True where like siblings are records: their contents come and go with the data, instead of belonging to the page. */
function areRecords(group: Group): boolean {
  const longest = Math.max(...group.sequences.map((children) => children.length));
  if (longest < 2 || areParts(group)) return false;
  const { sessionsOf, repeats } = support(group, contentSignature);
  const total = new Set(group.sessions).size;
  const rare = [...sessionsOf.values()].filter((sessions) => sessions.size < Math.max(2, rareShare * total)).length;
  const counts = new Set(group.sequences.map((children) => children.length));
  if (counts.size === 1 && (sessionsOf.size === longest || hasFixedPlace(group, longest))) return false;
  if (rare / sessionsOf.size > 0.3 && (counts.size > 1 || alikeShapes(group))) return true;
  const first = group.sequences.flat()[0] as DomElement;
  return sessionsOf.size >= 8 && sizeOf(first) >= 4 && counts.size > 1 && alikeShapes(group) && !repeats;
}

/** Tags whose repetition is never data of its own. */
const neverRecords = new Set(['option', 'br', 'hr', 'head', 'body', 'col']);

/** Which children of a parent are records. */
export interface RecordKinds {
  /** Name of the kind, or null for what is unique. */
  readonly kindOf: (child: DomElement) => string | null;
  /** True where a record is several siblings in turn (a heading and its text), not one element. */
  readonly grouped: boolean;
}

function alternate(parents: ReadonlyMap<Instance, DomElement>, kindOf: (child: DomElement) => string | null): boolean {
  for (const parent of parents.values()) {
    let [changes, last] = [0, null as string | null];
    const distinct = new Set<string>();
    for (const child of parent.children) {
      const kind = 'tag' in child ? kindOf(child) : null;
      if (kind === null) continue;
      if (last !== null && kind !== last) changes++;
      last = kind;
      distinct.add(kind);
    }
    if (distinct.size > 1 && changes >= distinct.size) return true;
  }
  return false;
}

/** Finds which children are records, over all occurrences of one parent. */
export function recordKinds(parents: ReadonlyMap<Instance, DomElement>): RecordKinds {
  const labelOf = kinds(parents);
  const isRecord = ([label, group]: readonly [string, Group]): boolean =>
    !neverRecords.has(label.split('~')[0] as string) && areRecords(group);
  const records = new Set([...gather(parents, labelOf)].filter(isRecord).map(([label]) => label));
  const kindOf = (child: DomElement): string | null => {
    if (records.size === 0) return null;
    const label = labelOf(child);
    return label !== null && records.has(label) ? label : null;
  };
  return { kindOf, grouped: records.size > 1 && alternate(parents, kindOf) };
}
