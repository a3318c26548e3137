import type { DomElement, DomNode } from '@backlot/protocol';
import type { Column, Token } from './align.ts';
import { alignTokens, groupTag, tokenize } from './align.ts';
import type { RecordKinds } from './lists.ts';
import type { Instance } from './pattern.ts';

/** What an item of a trail says: where it leads, its text, its title. */
export type TrailEntry = readonly [href: string, text: string, title: string];

/** A list that going from page to page keeps by itself. */
interface Trail {
  /** How many items it keeps; 0 where it was never seen to drop one. */
  readonly most: number;
  readonly isNewestLast: boolean;
  /** An element that shows several items, for pages on which there never was more than one. */
  readonly sample: TrailParts;
}

/** What an element that holds a trail is made of: the newest item stands apart, since it may look another way. */
export interface TrailParts {
  readonly head: readonly DomNode[];
  /** The other items, each with what sets it apart from its neighbour, as they are shown. */
  readonly older: readonly DomElement[];
  readonly newest: readonly DomNode[];
  readonly tail: readonly DomNode[];
  /** What the items say, the newest last. */
  readonly entries: readonly TrailEntry[];
}

/** A trail as an element shows it. */
export interface TrailMark {
  readonly trail: Trail;
  readonly parts: TrailParts;
}

/** Elements that hold a trail and nothing else. */
export type Trails = Pick<WeakMap<DomElement, TrailMark>, 'get'>;

/** No element holds a trail. */
export const noTrails: Trails = new WeakMap<DomElement, TrailMark>();

const noRecords: RecordKinds = { kindOf: () => null, grouped: false };

/** Occurrences of an element with the trail that each of them holds; null where one holds none. */
export function trailIn(nodes: ReadonlyMap<Instance, DomElement>, trails: Trails): ReadonlyMap<Instance, TrailMark> | null {
  const marks = new Map<Instance, TrailMark>();
  for (const [instance, node] of nodes) {
    const mark = trails.get(node);
    if (!mark) return null;
    marks.set(instance, mark);
  }
  return marks;
}

const isAround = (node: DomNode, trails: Trails): boolean =>
  'tag' in node && (trails.get(node) !== undefined || node.children.some((child) => isAround(child, trails)));

/** True where elements hold a trail, among other things or alone: they are no written text. */
export function holdsTrail(nodes: ReadonlyMap<Instance, DomElement>, trails: Trails): boolean {
  return [...nodes.values()].some((node) => isAround(node, trails));
}

/** The columns of elements that hold a trail; `older` is the list of items but the newest. */
interface TrailColumns {
  readonly head: readonly Column<Instance>[];
  readonly older: Column<Instance>;
  readonly newest: readonly Column<Instance>[];
  readonly tail: readonly Column<Instance>[];
}

function alignedBy(
  marks: ReadonlyMap<Instance, TrailMark>,
  nodesOf: (parts: TrailParts) => readonly DomNode[],
): readonly Column<Instance>[] {
  const tokens = [...marks].map(([instance, { parts }]): readonly [Instance, readonly Token[]] => {
    const children = nodesOf(parts);
    return [instance, tokenize({ tag: groupTag, attrs: {}, children }, noRecords)];
  });
  return alignTokens(new Map(tokens));
}

/** Aligns elements that hold a trail, part by part. */
export function trailColumns(marks: ReadonlyMap<Instance, TrailMark>): TrailColumns {
  const [[first, { trail }]] = [...marks] as [[Instance, TrailMark]];
  const shown = [...marks].filter(([, { parts }]) => parts.older.length > 0).map(([instance, { parts }]) => [instance, parts] as const);
  const runs = shown.length > 0 ? shown : [[{ ...first }, trail.sample] as const];
  const older: Column<Instance> = {
    kind: 'run',
    label: groupTag,
    tokens: new Map(runs.map(([instance, parts]) => [instance, { kind: 'run', nodes: parts.older, label: groupTag }])),
    samples: [],
  };
  return {
    head: alignedBy(marks, ({ head }) => head),
    older,
    newest: alignedBy(marks, ({ newest }) => newest),
    tail: alignedBy(marks, ({ tail }) => tail),
  };
}
