import type { DomElement, DomNode } from '@backlot/protocol';
import { isFixed } from './fixed-name.ts';
import { areNamed, namesOf } from './labels.ts';
import type { Instance } from './pattern.ts';

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

const classesOf = (element: DomElement): readonly string[] => (element.attrs['class'] ?? '').split(/\s+/).filter(Boolean);

/** Features by which siblings are found to be of one kind: the tags below them. */
function shapeOf(element: DomElement): ReadonlySet<string> {
  const shape = new Set<string>();
  const visit = (node: DomNode, path: string, depth: number): void => {
    if (!('tag' in node) || depth > 3) return;
    const here = `${path}/${coarseLabel(node)}`;
    shape.add(here);
    for (const child of node.children) visit(child, here, depth + 1);
  };
  visit(element, '', 0);
  return shape;
}

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const feature of a) if (b.has(feature)) shared++;
  return shared / (a.size + b.size - shared);
}

/** Siblings less alike than this are of different kinds, unless they share a class. */
const sameKind = 0.6;
const sameClassed = 0.3;

interface Kind {
  readonly label: string;
  readonly shape: ReadonlySet<string>;
  readonly classes: ReadonlySet<string>;
}

/** Class tokens that come and go on one and the same element: they say what it is like now, not what it is. */
function toggledClasses(parents: ReadonlyMap<Instance, DomElement>): ReadonlySet<string> {
  const seen = new Map<string, readonly string[]>();
  const toggled = new Set<string>();
  for (const [{ view }, parent] of parents) {
    for (const child of parent.children) {
      if (!('tag' in child) || child.id === undefined) continue;
      const key = `${view.session} ${view.load} ${child.id}`;
      const [was, is] = [seen.get(key), classesOf(child)];
      if (was) for (const token of [...was, ...is]) if (was.includes(token) !== is.includes(token)) toggled.add(token);
      seen.set(key, is);
    }
  }
  return toggled;
}

function isOfKind(kind: Kind, shape: ReadonlySet<string>, classes: ReadonlySet<string>): boolean {
  const likely = likeness(kind.shape, shape);
  if (kind.classes.size === 0 && classes.size === 0) return likely >= sameKind;
  if (kind.classes.size === 0 || classes.size === 0) return false;
  const shared = [...classes].filter((token) => kind.classes.has(token)).length;
  return shared * 2 >= Math.min(classes.size, kind.classes.size) && likely >= sameClassed;
}

/** True where an element looks like another: the tags below it and its classes. */
export function isLike(a: DomElement, b: DomElement): boolean {
  if (a.tag !== b.tag) return false;
  return isOfKind({ label: '', shape: shapeOf(a), classes: new Set(classesOf(a)) }, shapeOf(b), new Set(classesOf(b)));
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
  const seeds = new Map<string, Kind[]>();
  const known = new Map<string, string>();
  const fixed = fixedIds(parents);
  const toggled = toggledClasses(parents);
  const labelOf = (child: DomElement): string | null => {
    const { id } = child.attrs;
    if (isFixed(id) && fixed.has(id)) return null;
    const shape = shapeOf(child);
    const classes = new Set(classesOf(child).filter((token) => !toggled.has(token)));
    const spelling = `${[...shape].join(' ')} ${[...classes].join('.')}`;
    const found = known.get(spelling);
    if (found !== undefined) return found;
    const tag = coarseLabel(child);
    const peers = seeds.get(tag) ?? [];
    seeds.set(tag, peers);
    let peer = peers.find((candidate) => isOfKind(candidate, shape, classes));
    if (!peer) {
      peer = { label: `${tag}~${peers.length}`, shape, classes };
      peers.push(peer);
    }
    known.set(spelling, peer.label);
    return peer.label;
  };
  for (const parent of parents.values()) for (const child of parent.children) if ('tag' in child) labelOf(child);
  const home = new Map([...looksOfOne(parents, labelOf, seeds), ...turnsOfOne(parents, labelOf)]);
  return (child) => {
    const label = labelOf(child);
    return label === null ? null : (home.get(label) ?? label);
  };
}

/** Kinds that one and the same element was seen as, one after the other, are states of one kind: a record, and the record being edited. */
function turnsOfOne(
  parents: ReadonlyMap<Instance, DomElement>,
  labelOf: (child: DomElement) => string | null,
): ReadonlyMap<string, string> {
  const home = new Map<string, string>();
  const rootOf = (label: string): string => {
    const next = home.get(label);
    return next === undefined ? label : rootOf(next);
  };
  const seen = new Map<string, string>();
  for (const [{ view }, parent] of parents) {
    for (const child of parent.children) {
      const label = 'tag' in child && child.id !== undefined ? labelOf(child) : null;
      if (label === null) continue;
      const key = `${view.session} ${view.load} ${child.id}`;
      const [a, b] = [rootOf(seen.get(key) ?? label), rootOf(label)];
      if (a !== b) home.set(numberOf(a) < numberOf(b) ? b : a, numberOf(a) < numberOf(b) ? a : b);
      seen.set(key, label);
    }
  }
  return new Map([...home.keys()].map((label) => [label, rootOf(label)]));
}

const numberOf = (label: string): number => Number(label.split('~')[1]);

/** Share of parents in which two kinds must be equally many to be the parts of records that are several siblings. */
const paired = 0.9;

/** Kinds that differ in their classes alone and do not come in pairs (odd and even rows, ripe and raw fruits) are looks of one kind. */
function looksOfOne(
  parents: ReadonlyMap<Instance, DomElement>,
  labelOf: (child: DomElement) => string | null,
  seeds: ReadonlyMap<string, readonly Kind[]>,
): ReadonlyMap<string, string> {
  const counts = [...parents.values()].map((parent) => {
    const mine = new Map<string, number>();
    for (const child of parent.children) {
      const label = 'tag' in child ? labelOf(child) : null;
      if (label !== null) mine.set(label, (mine.get(label) ?? 0) + 1);
    }
    return mine;
  });
  const home = new Map<string, string>();
  for (const peers of seeds.values()) {
    for (const [i, kind] of peers.entries()) {
      const same = peers.slice(0, i).find((other) => {
        if (home.has(other.label) || likeness(other.shape, kind.shape) < 1) return false;
        const both = counts.filter((mine) => mine.has(other.label) || mine.has(kind.label));
        const equal = both.filter((mine) => mine.get(other.label) === mine.get(kind.label)).length;
        return both.some((mine) => (mine.get(other.label) ?? 0) + (mine.get(kind.label) ?? 0) > 2) && equal < paired * both.length;
      });
      if (same) home.set(kind.label, same.label);
    }
  }
  return home;
}

/** Occurrences of one kind among the children of each parent, with the texts that stood between two of them. */
interface Group {
  readonly sequences: readonly (readonly DomElement[])[];
  readonly sessions: readonly number[];
  readonly gaps: ReadonlySet<string>;
  /** True where two of them ever stood side by side, texts aside. */
  readonly adjacent: boolean;
}

interface Gathering {
  sequences: DomElement[][];
  sessions: number[];
  gaps: Set<string>;
  adjacent: boolean;
}

function gatherIn(
  groups: Map<string, Gathering>,
  labelOf: (child: DomElement) => string | null,
  { parent, session }: { readonly parent: DomElement; readonly session: number },
): void {
  const mine = new Map<string, DomElement[]>();
  let [last, gap] = [null as string | null, ''];
  for (const child of parent.children) {
    if (!('tag' in child)) {
      gap += child.text.trim();
      continue;
    }
    const label = labelOf(child);
    if (label !== null) {
      const group = groups.get(label) ?? { sequences: [], sessions: [], gaps: new Set<string>(), adjacent: false };
      groups.set(label, group);
      if (label === last) {
        group.adjacent = true;
        group.gaps.add(gap);
      }
      mine.set(label, [...(mine.get(label) ?? []), child]);
    }
    [last, gap] = [label, ''];
  }
  for (const [label, children] of mine) {
    const group = groups.get(label) as Gathering;
    group.sequences.push(children);
    group.sessions.push(session);
  }
}

function gather(parents: ReadonlyMap<Instance, DomElement>, labelOf: (child: DomElement) => string | null): ReadonlyMap<string, Group> {
  const groups = new Map<string, Gathering>();
  for (const [instance, parent] of parents) gatherIn(groups, labelOf, { parent, session: instance.view.session });
  return groups;
}

/** Share of sessions in which a name must come back to belong to the page. */
const commonShare = 0.3;
/** More different names than this are data. */
const maxParts = 12;

/** True where the same few names come back in every session, each once: parts of the page in a row, whatever they hold. */
function areParts(group: Group): boolean {
  const sessionsOf = new Map<string, Set<number>>();
  for (const [i, children] of group.sequences.entries()) {
    const names = namesOf(children);
    if (new Set(names).size < names.length || names.includes('')) return false;
    for (const name of names) sessionsOf.set(name, (sessionsOf.get(name) ?? new Set<number>()).add(group.sessions[i] as number));
  }
  const total = new Set(group.sessions).size;
  const recurs = ({ size }: ReadonlySet<number>, share: number): boolean => size >= Math.max(Math.min(2, total), share * total);
  const common = [...sessionsOf.values()].filter((sessions) => recurs(sessions, commonShare)).length;
  if (sessionsOf.size <= maxParts && common >= 0.7 * sessionsOf.size && group.sequences.length * steady <= mostTimes(group)) return true;
  return sessionsOf.size <= fewLabels && [...sessionsOf.values()].every((sessions) => recurs(sessions, 0)) && haveOwnClasses(group);
}

/** As few names as this, each with a look of its own, are labels that come and go by themselves. */
const fewLabels = 4;

/** True where every name has classes that no other name has. */
function haveOwnClasses(group: Group): boolean {
  const classes = new Map<string, string>();
  for (const children of group.sequences) {
    for (const [i, name] of namesOf(children).entries()) {
      const spelled = classesOf(children[i] as DomElement).join(' ');
      if ((classes.get(name) ?? spelled) !== spelled) return false;
      classes.set(name, spelled);
    }
  }
  return classes.size > 1 && new Set(classes.values()).size === classes.size;
}

/** Share of the pages on which some part at least must be there: of records, a choice of many, none is. */
const steady = 0.6;

/** How often the commonest name among siblings comes back. */
function mostTimes({ sequences }: Group): number {
  const times = new Map<string, number>();
  for (const name of sequences.flatMap(namesOf)) times.set(name, (times.get(name) ?? 0) + 1);
  return Math.max(0, ...times.values());
}

/** True where some place among the siblings always holds the same: they are parts of the page in a row, not records. */
function hasFixedPlace(group: Group, length: number): boolean {
  return Array.from({ length }, (_, i) => i).some(
    (i) => new Set(group.sequences.map((children) => contentSignature(children[i] as DomElement))).size === 1,
  );
}

/** Tags that hold the parts of a record, side by side. */
const positional = new Set(['td', 'th', 'col', 'br', 'hr', 'head', 'body', 'link']);
/** As many siblings as this, always, are places in a row. */
const fewPlaces = 8;

/** Share of such siblings that must be empty: scripts fill one for a moment. */
const mostlyEmpty = 0.9;
/** More empty siblings than this are no mere marks. */
const mostMarks = 200;

/** True where siblings hold next to nothing and hardly differ: marks of the page's own scripts, which say nothing of any record. */
function areEmptyMarks({ sequences }: Group): boolean {
  const all = sequences.flat();
  const longest = Math.max(...sequences.map((children) => children.length));
  const spellings = new Set(all.map(({ attrs }) => JSON.stringify(attrs)));
  const empty = all.filter((child) => child.children.length === 0).length;
  return longest <= mostMarks && spellings.size <= fewLabels && empty >= mostlyEmpty * all.length;
}

/** More words than this between two siblings are a sentence that they stand in. */
const mostBetween = 2;

/** True where siblings are set apart by one and the same sign or word, if by anything. */
function areSetApart({ gaps }: Group): boolean {
  return gaps.size <= 1 && [...gaps].every((gap) => (gap.match(/\p{L}+/gu) ?? []).length <= mostBetween);
}

/** True where like siblings are records: their contents come and go with the data, instead of belonging to the page. */
function areRecords(tag: string, group: Group): boolean {
  if (positional.has(tag) || !areSetApart(group)) return false;
  const longest = Math.max(...group.sequences.map((children) => children.length));
  if (longest < 2 || areParts(group)) return false;
  const counts = new Set(group.sequences.map((children) => children.length));
  if (counts.size > 1) return true;
  return group.sequences.length > 1 && longest > fewPlaces && !hasFixedPlace(group, longest);
}

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

/** What other pages that have them at the same place show of siblings: whether they are records, or parts of the page. */
export interface KnownSiblings {
  readonly records: Pick<WeakSet<DomElement>, 'has'>;
  readonly parts: Pick<WeakSet<DomElement>, 'has'>;
  /** What records are called that scripts hold: siblings that begin with such a name show them. */
  readonly names?: ReadonlySet<string>;
}

export const noneKnown: KnownSiblings = { records: new WeakSet<DomElement>(), parts: new WeakSet<DomElement>() };

const someOf = ({ sequences }: Group, known: Pick<WeakSet<DomElement>, 'has'>): boolean =>
  sequences.some((children) => children.some((child) => known.has(child)));

/** Finds which children are records, over all occurrences of one parent. */
export function recordKinds(parents: ReadonlyMap<Instance, DomElement>, known = noneKnown): RecordKinds {
  const labelOf = kinds(parents);
  const records = new Set<string>();
  for (const [label, group] of gather(parents, labelOf)) {
    const [tag] = label.split('~') as [string];
    const isKnown = someOf(group, known.records) || (!positional.has(tag) && areNamed(group.sequences, known.names ?? new Set()));
    const listed = isKnown || (areRecords(tag, group) && !someOf(group, known.parts));
    if (listed && !areEmptyMarks(group)) records.add(label);
  }
  const kindOf = (child: DomElement): string | null => {
    if (records.size === 0) return null;
    const label = labelOf(child);
    return label !== null && records.has(label) ? label : null;
  };
  return { kindOf, grouped: records.size > 1 && alternate(parents, kindOf) };
}

/** The children that are parts of the page in a row, over all occurrences of one parent. */
export function partsAmong(parents: ReadonlyMap<Instance, DomElement>): ReadonlySet<DomElement> {
  const groups = [...gather(parents, kinds(parents)).values()];
  return new Set(groups.filter(areParts).flatMap(({ sequences }) => sequences.flat()));
}
