import type { Expr, Value } from '@backlot/protocol';
import type { Site } from '../pages/page-model.ts';
import type { TableModel } from '../state/tables.ts';
import type { Hole } from '../template/holes.ts';
import type { SessionViews, View } from '../views.ts';
import type { ExplainInputs } from './page-holes.ts';
import { explainList, explainPageHole, explainRowHole } from './page-holes.ts';

/** A value that pages show and nothing else explains: the world has to remember it. */
export interface RegisterModel {
  readonly name: string;
  readonly holes: readonly Hole[];
  readonly initial: Value;
  readonly values: ReadonlyMap<View, Value>;
}

/** What every hole shows. */
export interface Explained {
  readonly exprs: ReadonlyMap<Hole, Expr>;
  readonly where: ReadonlyMap<TableModel, Expr>;
  readonly registers: readonly RegisterModel[];
  /** Occasions on which a hole showed something else than its expression says. */
  readonly misses: ReadonlyMap<Hole, number>;
}

const telling = new Set(
  'href src value checked selected disabled hidden open placeholder title alt style role type readonly required for id name action method tabindex'.split(' '),
);

const matters = (hole: Hole): boolean => hole.kind !== 'attribute' || telling.has(hole.name) || hole.name.startsWith('aria-');

function majority(hole: Hole): Value {
  const counts = new Map<Value, number>();
  for (const value of hole.values.values()) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

/** Holes of whole pages that took the same values everywhere are one register. */
function registersFrom(holes: readonly Hole[], sessions: readonly SessionViews[]): readonly RegisterModel[] {
  const groups = new Map<string, Hole[]>();
  for (const hole of holes) {
    const spelling = JSON.stringify([...hole.values].map(([instance, value]) => [instance.view.index, value]));
    groups.set(spelling, [...(groups.get(spelling) ?? []), hole]);
  }
  return [...groups.values()].map((group, i): RegisterModel => {
    const hole = group[0] as Hole;
    const seen = new Map([...hole.values].map(([instance, value]) => [instance.view, value]));
    const initial = majority(hole);
    const values = new Map<View, Value>();
    for (const session of sessions) {
      let now = initial;
      for (const view of session.after.flatMap((after, k) => [session.before[k] as View, after])) {
        now = seen.get(view) ?? now;
        values.set(view, now);
      }
    }
    return { name: `g${i}`, holes: group, initial, values };
  });
}

/** Explains every hole of the site; what stays of the pages becomes registers, what stays of the records their commonest value. */
export function explainSite(site: Site, sessions: readonly SessionViews[], inputs: ExplainInputs): Explained {
  const exprs = new Map<Hole, Expr>();
  const misses = new Map<Hole, number>();
  const where = new Map<TableModel, Expr>();
  const open: Hole[] = [];
  const settle = (hole: Hole, learned: { expr: Expr; misses: readonly number[] } | null): boolean => {
    if (!learned) return false;
    exprs.set(hole, learned.expr);
    if (learned.misses.length > 0) misses.set(hole, learned.misses.length);
    return true;
  };
  for (const table of inputs.tables) {
    for (const [hole, expr] of table.shows) exprs.set(hole, expr);
    for (const { items } of table.columns) for (const [hole, expr] of items?.shows ?? []) exprs.set(hole, expr);
    const shown = explainList(table, inputs);
    if (shown && !('lit' in shown.expr)) where.set(table, shown.expr);
    for (const hole of table.rest) if (!settle(hole, explainRowHole(table, hole, inputs))) exprs.set(hole, { lit: majority(hole) });
  }
  for (const page of site.pages) {
    for (const hole of page.holes) {
      if (exprs.has(hole) || hole.frame.list) continue;
      if (!matters(hole)) exprs.set(hole, { lit: majority(hole) });
      else if (!settle(hole, explainPageHole(hole, inputs))) open.push(hole);
    }
  }
  const registers = registersFrom(open, sessions);
  for (const register of registers) for (const hole of register.holes) exprs.set(hole, { reg: register.name });
  return { exprs, where, registers, misses };
}
