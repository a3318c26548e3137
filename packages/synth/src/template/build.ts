import type { DomElement, DomNode } from '@backlot/protocol';
import type { LearnedFurniture } from '../furniture/model.ts';
import type { View } from '../views.ts';
import type { Column, Token } from './align.ts';
import { alignTokens, groupTag, tokenize } from './align.ts';
import type { DocumentParts } from './document-parts.ts';
import { documentParts } from './document-parts.ts';
import type { KnownSiblings } from './lists.ts';
import { noneKnown, recordKinds } from './lists.ts';
import { withoutMarks } from './plain-text.ts';
import { areDocuments, isProse, noDocuments, type Documents } from './prose.ts';
import type { ElementPattern, Frame, Instance, ListPattern, PagePattern, Pattern, Place, TextPattern, TrailPattern } from './pattern.ts';
import type { TrailMark, Trails } from './trail-mark.ts';
import { holdsTrail, trailColumns, trailIn } from './trail.ts';
import { noTrails } from './trail-mark.ts';

interface Builder {
  readonly prefix: string;
  readonly siblings: KnownSiblings;
  readonly documents: Documents;
  readonly trails: Trails;
  readonly dialogs: ReadonlyMap<DomElement, string>;
  anchors: number;
  instances: number;
  readonly frames: Frame[];
  readonly elements: Map<string, ElementPattern>;
  readonly lists: ListPattern[];
  readonly found: TrailPattern[];
}

const nextAnchor = (builder: Builder): string => `${builder.prefix}${builder.anchors++}`;

function newFrame(builder: Builder, list: ListPattern | null, parent: Frame | null): Frame {
  const frame: Frame = { id: builder.frames.length, list, parent, instances: [] };
  builder.frames.push(frame);
  return frame;
}

interface ElementSite {
  readonly frame: Frame;
  readonly parent: ElementPattern | null;
  readonly nodes: ReadonlyMap<Instance, DomElement>;
  /** Lists of contents that stand in here. */
  readonly listed?: Listed | undefined;
  readonly hangsOn?: ElementPattern;
}

/** Lists of contents, and the document that they belong to. */
interface Listed {
  readonly lists: ReadonlySet<DomElement>;
  readonly document: ElementPattern;
}

function buildElement(builder: Builder, site: ElementSite): ElementPattern {
  const nodes = withoutMarks(site.nodes);
  const first = nodes.values().next().value as DomElement;
  const marks = site.frame.list ? null : trailIn(nodes, builder.trails);
  const written = writtenIn(builder, site, nodes);
  const element: ElementPattern = {
    kind: 'element',
    anchor: nextAnchor(builder),
    tag: first.tag,
    svg: first.svg === true,
    frame: site.frame,
    nodes,
    parent: site.parent,
    ...written.marks,
    kids: [],
  };
  builder.elements.set(element.anchor, element);
  if (marks) element.kids = buildTrail(builder, element, marks);
  else if (written.document) element.kids = buildDocument(builder, element, written.document);
  else if (!element.prose) element.kids = buildChildren(builder, element, site.listed);
  return element;
}

interface SplitDocument {
  readonly parts: DocumentParts;
  readonly furniture: LearnedFurniture;
}

interface WrittenIn {
  readonly marks: Pick<ElementPattern, 'prose' | 'furniture' | 'lists' | 'hangsOn'>;
  /** A document with a list of its headings before it. */
  readonly document?: SplitDocument;
}

/** What of an element is written text. A record is a template, however its parts come and go; what its parts hold may be written text. */
function writtenIn(builder: Builder, site: ElementSite, nodes: ElementSite['nodes']): WrittenIn {
  const { documents, trails } = builder;
  const lists = listedIn(nodes, site.listed);
  const place = { ...(lists ? { lists } : {}), ...(site.hangsOn ? { hangsOn: site.hangsOn } : {}) };
  const isText = site.parent?.frame === site.frame && isProse(nodes, documents) && !holdsTrail(nodes, trails);
  if (!isText) return { marks: { prose: lists !== undefined, ...place } };
  const furniture = areDocuments(nodes, documents) ? documents.furniture : undefined;
  const parts = furniture?.contents ? documentParts(nodes) : null;
  if (furniture && parts) return { marks: { prose: lists !== undefined, ...place }, document: { parts, furniture } };
  return { marks: { prose: true, ...(furniture ? { furniture } : {}), ...place } };
}

/** The document that elements list the headings of, if all do. */
function listedIn(nodes: ReadonlyMap<Instance, DomElement>, listed: Listed | undefined): ElementPattern | undefined {
  return listed && [...nodes.values()].every((node) => listed.lists.has(node)) ? listed.document : undefined;
}

/** A document with a list of its headings before it: the list is a part of the page that hangs on the document. */
function buildDocument(builder: Builder, parent: ElementPattern, { parts, furniture }: SplitDocument): Pattern[] {
  const document: ElementPattern = {
    kind: 'element',
    anchor: nextAnchor(builder),
    tag: groupTag,
    svg: false,
    frame: parent.frame,
    nodes: parts.written,
    parent,
    prose: true,
    furniture,
    kids: [],
  };
  builder.elements.set(document.anchor, document);
  const listed = { document, lists: parts.lists };
  const { frame } = parent;
  return [buildElement(builder, { frame, parent, nodes: parts.listing, listed, hangsOn: document }), document];
}

/** The children of an element that holds a trail. */
function buildTrail(builder: Builder, element: ElementPattern, marks: ReadonlyMap<Instance, TrailMark>): Pattern[] {
  const columns = trailColumns(marks);
  const build = (column: Column<Instance>): Pattern => buildColumn(builder, element, { column });
  const [head, newest] = [columns.head.map(build), columns.newest.map(build)];
  const older = listOf(builder, element, columns.older);
  builder.found.push({ element, older, newest, marks });
  const isNewestLast = [...marks.values()].every(({ trail }) => trail.isNewestLast);
  return [...head, ...(isNewestLast ? [older, ...newest] : [...newest, older]), ...columns.tail.map(build)];
}

function buildChildren(builder: Builder, parent: ElementPattern, listed?: Listed): Pattern[] {
  const records = recordKinds(parent.nodes, builder.siblings);
  const sequences = new Map<Instance, readonly Token[]>();
  for (const [instance, node] of parent.nodes) sequences.set(instance, tokenize(node, records, builder.dialogs));
  return alignTokens(sequences).map((column) => buildColumn(builder, parent, { column, listed }));
}

interface ColumnSite {
  readonly column: Column<Instance>;
  readonly listed?: Listed | undefined;
}

function buildColumn(builder: Builder, parent: ElementPattern, { column, listed }: ColumnSite): Pattern {
  if (column.kind === 'run') return buildList(builder, parent, column);
  if (column.kind === 'text') {
    const nodes = new Map<Instance, string>();
    for (const [instance, token] of column.tokens) nodes.set(instance, (token.nodes[0] as { text: string }).text);
    const text: TextPattern = { kind: 'text', anchor: nextAnchor(builder), frame: parent.frame, nodes, parent };
    return text;
  }
  const nodes = new Map<Instance, DomElement>();
  for (const [instance, token] of column.tokens) nodes.set(instance, token.nodes[0] as DomElement);
  return buildElement(builder, { frame: parent.frame, parent, nodes, listed });
}

const isItem = (node: DomNode): node is DomElement => 'tag' in node;

function separatorOf(column: Column<Instance>): string {
  const counts = new Map<string, number>();
  for (const token of column.tokens.values()) {
    for (const node of token.nodes) if ('text' in node) counts.set(node.text, (counts.get(node.text) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? '';
}

function buildList(builder: Builder, parent: ElementPattern, column: Column<Instance>): ListPattern {
  const list = listOf(builder, parent, column);
  builder.lists.push(list);
  return list;
}

function listOf(builder: Builder, parent: ElementPattern, column: Column<Instance>): ListPattern {
  const items = new Map<Instance, readonly Instance[]>();
  const list = {
    kind: 'list' as const,
    anchor: nextAnchor(builder),
    frame: parent.frame,
    parent,
    items,
    separator: separatorOf(column),
    itemFrame: parent.frame,
    item: parent,
  } satisfies ListPattern as ListPattern;
  const frame = newFrame(builder, list, parent.frame);
  const nodes = new Map<Instance, DomElement>();
  for (const [outer, token] of column.tokens) {
    const mine = token.nodes.filter(isItem).map((node, index): Instance => {
      const instance: Instance = { id: builder.instances++, frame, view: outer.view, parent: outer, index, node };
      frame.instances.push(instance);
      nodes.set(instance, node);
      return instance;
    });
    items.set(outer, mine);
  }
  list.itemFrame = frame;
  list.item = buildElement(builder, { frame, parent, nodes });
  return list;
}

function placeIndex(elements: Iterable<ElementPattern>): PagePattern['placeOf'] {
  const byView = new Map<View, Map<number, Place>>();
  for (const pattern of elements) {
    for (const [instance, node] of pattern.nodes) {
      if (node.id === undefined) continue;
      const places = byView.get(instance.view) ?? new Map<number, Place>();
      places.set(node.id, { pattern, instance });
      byView.set(instance.view, places);
    }
  }
  return (view, node) => byView.get(view)?.get(node);
}

/** What is known of siblings, and which elements are known to hold written text, or a trail. */
export interface KnownElements {
  readonly siblings?: KnownSiblings;
  readonly documents?: Documents;
  readonly trails?: Trails;
  /** The kind of each dialog. */
  readonly dialogs?: ReadonlyMap<DomElement, string>;
}

/** Aligns all views of one page into a pattern. `prefix` makes its anchors differ from those of other pages. */
export function buildPattern(
  views: readonly View[],
  prefix: string,
  { siblings = noneKnown, documents = noDocuments, trails = noTrails, dialogs = new Map() }: KnownElements = {},
): PagePattern {
  const builder: Builder = {
    prefix,
    siblings,
    documents,
    trails,
    dialogs,
    anchors: 0,
    instances: 0,
    frames: [],
    elements: new Map(),
    lists: [],
    found: [],
  };
  const frame = newFrame(builder, null, null);
  const nodes = new Map<Instance, DomElement>();
  for (const view of views) {
    const instance: Instance = { id: builder.instances++, frame, view, parent: null, index: 0, node: view.root };
    frame.instances.push(instance);
    nodes.set(instance, view.root);
  }
  const root = buildElement(builder, { frame, parent: null, nodes });
  const { frames, elements, lists, found } = builder;
  return { root, frames, elements, lists, trails: found, placeOf: placeIndex(elements.values()) };
}
