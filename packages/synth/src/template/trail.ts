import type { DomElement, DomNode } from '@backlot/protocol';
import type { Column, Token } from './align.ts';
import { alignTokens, groupTag, tokenize } from './align.ts';
import type { RecordKinds } from './lists.ts';
import type { Instance } from './pattern.ts';
import type { TrailMark, TrailParts, Trails } from './trail-mark.ts';

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
