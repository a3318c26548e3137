import type { View } from '../views.ts';
import { countMarks, shapeOf, type Shape } from './shape.ts';
import { hashRouteOf, keyPattern, pathOf } from './routes.ts';
import { isNamed } from './places.ts';

/** Pages that were the same address and the same shape: what clusters are made of. */
export interface Unit {
  /** Tells the unit from others whatever order the sessions came in. */
  readonly key: string;
  /** Marks in most of its views, and in any. */
  readonly core: Shape;
  readonly union: Shape;
  readonly views: readonly View[];
  /** How often it was opened. */
  readonly lives: number;
}

/** Views of one page between being opened and being left: what comes and goes in them is no other page. */
interface Life {
  readonly views: View[];
}

/** The address that a view was opened at: its path, and its fragment where that is an address. */
const openedAt = ({ url }: View): string => `${pathOf(url)}#${hashRouteOf(url)}`;

/** What units and the weights of marks are told apart by: the place where words name it, else the address with its fragment. */
const standsAt = (view: View, placeOf: (view: View) => string): string => {
  const place = placeOf(view);
  return isNamed(place) ? place : keyPattern(openedAt(view));
};

/** Share of its own marks that a page must lose, and that must be new, to be another page at the same address. */
const replacedShare = 0.5;

function missing(from: Shape, other: Shape, weightOf: (mark: number) => number): number {
  let lost = 0;
  let all = 0;
  for (const mark of from) {
    const weight = weightOf(mark);
    all += weight;
    if (!other.has(mark)) lost += weight;
  }
  return all === 0 ? 0 : lost / all;
}

/** Bits that a mark tells: none where every address has it. */
function markWeights(views: readonly View[], placeOf: (view: View) => string): (mark: number) => number {
  const addresses = new Map<string, Set<number>>();
  for (const view of views) {
    const place = standsAt(view, placeOf);
    const marks = addresses.get(place) ?? new Set();
    addresses.set(place, marks);
    for (const mark of shapeOf(view.root)) marks.add(mark);
  }
  const counts = new Map<number, number>();
  for (const marks of addresses.values()) for (const mark of marks) counts.set(mark, (counts.get(mark) ?? 0) + 1);
  return (mark) => Math.log2((addresses.size + 1) / (counts.get(mark) ?? 1));
}

function livesOf(views: readonly View[], weightOf: (mark: number) => number): readonly Life[] {
  const open = new Map<string, Life[]>();
  for (const view of views) {
    const key = `${view.session} ${view.load} ${openedAt(view)}`;
    const lives = open.get(key) ?? [];
    open.set(key, lives);
    const shape = shapeOf(view.root);
    const life = lives.find(({ views: of }) => {
      const last = shapeOf((of.at(-1) as View).root);
      return missing(last, shape, weightOf) < replacedShare || missing(shape, last, weightOf) < replacedShare;
    });
    if (life) life.views.push(view);
    else lives.push({ views: [view] });
  }
  return [...open.values()].flat();
}

/** Marks in at least half of the views, and in any of them. */
function coreOf(views: readonly View[]): { core: Shape; union: Shape } {
  const counts = countMarks(views.map(({ root }) => shapeOf(root)));
  const core = new Set<number>();
  for (const [mark, count] of counts) if (count * 2 >= views.length) core.add(mark);
  return { core, union: new Set(counts.keys()) };
}

/** A short name of a shape, whatever order its marks were found in. */
function digest(shape: Shape): string {
  let sum = 0;
  let mixed = 0;
  for (const mark of shape) {
    sum = (sum + mark) >>> 0;
    mixed = (mixed + Math.imul(mark ^ (mark >>> 13), 0x9e3779b1)) >>> 0;
  }
  return `${shape.size}.${sum}.${mixed}`;
}

/** Views by page life, lives of one place and one shape taken together; in an order that does not depend on the sessions'. */
export function unitsOf(views: readonly View[], placeOf: (view: View) => string): readonly Unit[] {
  const weightOf = markWeights(views, placeOf);
  const units = new Map<string, { core: Shape; union: Set<number>; views: View[]; lives: number }>();
  for (const { views: of } of livesOf(views, weightOf)) {
    const { core, union } = coreOf(of);
    const key = `${standsAt(of[0] as View, placeOf)} ${digest(core)}`;
    const known = units.get(key);
    if (known) {
      known.views.push(...of);
      known.lives++;
      for (const mark of union) known.union.add(mark);
    } else units.set(key, { core, union: new Set(union), views: [...of], lives: 1 });
  }
  return [...units].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([key, unit]) => ({ key, ...unit }));
}
