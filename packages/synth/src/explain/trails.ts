import type { Expr, Value } from '@backlot/protocol';
import { call } from '../call.ts';
import type { PageModel, Site } from '../pages/page-model.ts';
import { itemName } from '../state/belief.ts';
import { viewsInOrder } from '../state/sightings.ts';
import type { Hole } from '../template/holes.ts';
import { varies } from '../template/holes.ts';
import type { Instance, ListPattern, TrailPattern } from '../template/pattern.ts';
import type { TrailEntry } from '../template/trail-mark.ts';
import type { SessionViews, View } from '../views.ts';
import { carried } from './carried.ts';
import { commonest } from './commonest.ts';
import type { RegisterModel } from './registers.ts';

/** A list that going from page to page keeps, on all pages that show it: a register holds its items, the newest last. */
export interface TrailModel {
  readonly register: RegisterModel;
  /** How many items it keeps; 0 where that is not known. */
  readonly most: number;
  /** What views show of it. */
  readonly shown: ReadonlyMap<View, readonly TrailEntry[]>;
  /** What the list of its older items repeats over, on each page. */
  readonly loops: ReadonlyMap<ListPattern, Expr>;
}

/** Occurrences with what the item says in which they stand; null where there is none. */
type Said = (instance: Instance) => TrailEntry | null;

function saidIn({ older, marks }: TrailPattern): Said {
  return (instance) => {
    const item = instance.frame === older.itemFrame;
    const mark = marks.get((item ? instance.parent : instance) as Instance) ?? null;
    if (!mark) return null;
    const { entries } = mark.parts;
    if (!item) return entries.at(-1) ?? null;
    const place = mark.trail.isNewestLast ? instance.index : entries.length - 2 - instance.index;
    return entries[place] ?? null;
  };
}

const spelled = (value: Value): string => (typeof value === 'string' ? value.trim() : String(value ?? ''));

/** What a hole of an item shows: a part of what the item says, else what it mostly shows. */
function partIn(hole: Hole, said: Said, partOf: (part: number) => Expr): Expr {
  const known = [...hole.values].flatMap(([instance, value]) => {
    const entry = said(instance);
    return entry && typeof value === 'string' && value.trim() !== '' ? [{ entry, value }] : [];
  });
  const part = [0, 1, 2].find((at) => known.length > 0 && known.every(({ entry, value }) => spelled(entry[at] ?? '') === spelled(value)));
  return part === undefined ? { lit: commonest(hole.values.values()) } : partOf(part);
}

/** What the holes of a trail show, given the register that holds it. */
function explained(pattern: TrailPattern, holes: readonly Hole[], list: Expr): ReadonlyMap<Hole, Expr> {
  const said = saidIn(pattern);
  const length = call('len', list);
  const newest = call('at', list, call('sub', length, { lit: 1 }));
  const as = itemName(pattern.older);
  return new Map(
    holes.map((hole): [Hole, Expr] => {
      if (hole.frame === pattern.older.itemFrame) {
        const isFirst = hole.kind === 'presence' && varies(hole.values);
        return [
          hole,
          isFirst ? call('ne', { col: 'id', of: as }, { lit: '0' }) : partIn(hole, said, (part) => ({ col: `c${part}`, of: as })),
        ];
      }
      if (hole.kind === 'presence' && varies(hole.values)) return [hole, call('gt', length, { lit: fewestShown(hole, pattern) })];
      return [hole, partIn(hole, said, (part) => call('at', newest, { lit: part }))];
    }),
  );
}

/** With how many items at most a part of the newest item is not there. */
function fewestShown(hole: Hole, { marks }: TrailPattern): number {
  const absent = [...hole.values].filter(([, value]) => value !== true).map(([instance]) => marks.get(instance)?.parts.entries.length ?? 0);
  return Math.max(0, ...absent);
}

interface Shown {
  readonly page: PageModel;
  readonly pattern: TrailPattern;
}

/** One trail of all pages that show the same. */
function trailModel(name: string, patterns: readonly Shown[], sessions: readonly SessionViews[]): TrailModel {
  const shown = new Map<View, readonly TrailEntry[]>();
  const holes = new Map<Hole, Expr>();
  const list: Expr = { reg: name };
  for (const { page, pattern } of patterns) {
    for (const [{ view }, { parts }] of pattern.marks) shown.set(view, parts.entries);
    const own = page.trailHoles.filter((hole) => isIn(hole, pattern));
    for (const [hole, expr] of explained(pattern, own, list)) holes.set(hole, expr);
  }
  const [first] = patterns[0]?.pattern.marks.values() ?? [];
  const older = call('allButLast', list);
  const loops = new Map(
    patterns.map(({ pattern }) => [pattern.older, first?.trail.isNewestLast === false ? call('reversed', older) : older]),
  );
  const values = carried(shown, sessions, () => []);
  return { register: { name, holes, initial: [], scope: 'browser', values }, most: first?.trail.most ?? 0, shown, loops };
}

function isIn(hole: Hole, { element }: TrailPattern): boolean {
  for (let at = hole.pattern.parent; at; at = at.parent) if (at === element) return true;
  return false;
}

/** The trails of an application: pages that show the same one share it. */
export function trailModels(site: Site, sessions: readonly SessionViews[]): readonly TrailModel[] {
  const trails = new Set(site.pages.flatMap((page) => page.pattern.trails.map(({ marks }) => [...marks.values()][0]?.trail)));
  return [...trails].map((trail, i) => {
    const patterns = site.pages.flatMap((page) =>
      page.pattern.trails.filter(({ marks }) => [...marks.values()][0]?.trail === trail).map((pattern) => ({ page, pattern })),
    );
    return trailModel(`trail${i}`, patterns, sessions);
  });
}

/** Views of a page that came with an address of their own, with what a trail showed before and after. */
export interface Arrival {
  readonly view: View;
  readonly was: readonly TrailEntry[];
  readonly is: readonly TrailEntry[];
}

/** How sessions came to pages that show a trail. */
export function arrivalsOf({ shown }: TrailModel, sessions: readonly SessionViews[]): readonly Arrival[] {
  return sessions.flatMap((session) => {
    let was: readonly TrailEntry[] = [];
    let last: View | null = null;
    const arrivals: Arrival[] = [];
    for (const view of viewsInOrder(session)) {
      const is = shown.get(view);
      if (!is) continue;
      if (last?.load !== view.load || last.url !== view.url) arrivals.push({ view, was, is });
      [was, last] = [is, view];
    }
    return arrivals;
  });
}
