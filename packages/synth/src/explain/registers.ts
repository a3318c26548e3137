import type { Expr, Value } from '@backlot/protocol';
import type { Hole } from '../template/holes.ts';
import type { SessionViews, View } from '../views.ts';
import { viewsInOrder } from '../state/sightings.ts';
import { carried } from './carried.ts';
import { commonest } from './commonest.ts';
import type { Spot } from './layout.ts';
import { spotsOf } from './layout.ts';

/** A value that pages show and nothing else explains: the world has to remember it. */
export interface RegisterModel {
  readonly name: string;
  readonly holes: ReadonlyMap<Hole, Expr>;
  readonly initial: Value;
  /** `page` where every document begins with the initial value again. */
  readonly scope: 'page' | 'browser';
  readonly values: ReadonlyMap<View, Value>;
}

/** Share of common views on which two spots agree, of all and of those on which one of them is not as usual. */
interface Agreement {
  readonly same: number;
  readonly opposite: number;
  readonly common: number;
}

/** What rarely changes agrees with anything else that rarely does: the moments of change have to agree too. */
function compare(a: ReadonlyMap<View, Value>, b: ReadonlyMap<View, Value>): Agreement {
  const shared = [...b].filter(([view]) => a.has(view)).map(([view, value]) => [a.get(view) ?? null, value] as const);
  const usual = [commonest(shared.map(([one]) => one)), commonest(shared.map(([, other]) => other))];
  const telling = shared.filter(([one, other]) => one !== usual[0] || other !== usual[1]);
  const share = (of: typeof shared, isSo: (one: Value, other: Value) => boolean): number =>
    of.filter(([one, other]) => isSo(one, other)).length / (of.length || 1);
  const both = (isSo: (one: Value, other: Value) => boolean): number => (share(telling, isSo) < agreeOnChange ? 0 : share(shared, isSo));
  return {
    same: both((one, other) => one === other),
    opposite: both((one, other) => typeof one === 'boolean' && other === !one),
    common: shared.length,
  };
}

/** Two spots are one register where they agree on nearly all of the views that show both. */
const agree = 0.98;
const agreeOnChange = 0.7;
const minCommon = 3;

/** How what one spot shows follows from another; null where it does not. */
function sameAs(a: ReadonlyMap<View, Value>, b: ReadonlyMap<View, Value>): { readonly negated: boolean } | null {
  const { same, opposite, common } = compare(a, b);
  if (common < Math.min(minCommon, b.size) || common * 2 < b.size) return null;
  return same >= agree || opposite >= agree ? { negated: opposite > same } : null;
}

interface Merged {
  readonly lead: Spot;
  readonly members: { spot: Spot; negated: boolean }[];
}

/** The first that tells, and whether by its opposite. */
function firstTold<T>(
  by: readonly T[],
  tell: (one: T) => { readonly negated: boolean } | null,
): { readonly by: T; readonly negated: boolean } | null {
  for (const one of by) {
    const told = tell(one);
    if (told) return { by: one, ...told };
  }
  return null;
}

function merge(spots: readonly Spot[]): readonly Merged[] {
  const merged: Merged[] = [];
  for (const candidate of spots.toSorted((a, b) => b.values.size - a.values.size)) {
    const told = firstTold(merged, (into) => sameAs(into.lead.values, candidate.values));
    if (told) told.by.members.push({ spot: candidate, negated: told.negated });
    else merged.push({ lead: candidate, members: [{ spot: candidate, negated: false }] });
  }
  return merged;
}

/** True for the first sight of a document. */
function isFresh(view: View, sessions: readonly SessionViews[]): boolean {
  const { after } = sessions[view.session] as SessionViews;
  return view.moment === 'after' && after[view.step - 1]?.load !== view.load;
}

/** Value behind every view: what the page shows, else what the one before showed. */
function timeline({ members }: Merged, sessions: readonly SessionViews[]): Pick<RegisterModel, 'values' | 'initial'> {
  const seen = new Map<View, Value>();
  for (const member of members.toReversed()) {
    for (const [view, value] of member.spot.values) seen.set(view, member.negated ? value !== true : value);
  }
  const fresh = [...seen].filter(([view]) => isFresh(view, sessions)).map(([, value]) => value);
  const initial = commonest(fresh.length > 0 ? fresh : seen.values());
  const startOf = (session: SessionViews): Value => {
    const first = viewsInOrder(session).find((view) => seen.has(view));
    return first ? (seen.get(first) ?? null) : initial;
  };
  return { values: carried(seen, sessions, startOf), initial };
}

/** Share of documents that must begin with the initial value for a register to be the page's own. */
const fresh = 0.98;

function scopeOf(lead: Spot, initial: Value, sessions: readonly SessionViews[]): RegisterModel['scope'] {
  let [loads, initials, others] = [0, 0, 0];
  for (const session of sessions) {
    for (const [i, view] of session.after.entries()) {
      const value = lead.values.get(view);
      if (value === undefined) continue;
      if (i > 0 && session.after[i - 1]?.load === view.load) {
        if (value !== initial) others++;
        continue;
      }
      loads++;
      if (value === initial) initials++;
    }
  }
  return others > 0 && initials >= fresh * loads ? 'page' : 'browser';
}

/** Registers for holes that nothing explains; holes that always agree, on whatever page, share one. Most telling first. */
export function registersFor(holes: readonly Hole[], sessions: readonly SessionViews[], from: number): readonly RegisterModel[] {
  const merged = merge(spotsOf(holes)).toSorted((a, b) => b.members.length - a.members.length);
  return merged.map((entry, i): RegisterModel => {
    const name = `g${from + i}`;
    const shown = new Map<Hole, Expr>();
    for (const { spot: member, negated } of entry.members) {
      for (const hole of member.holes) shown.set(hole, negated ? { fn: 'not', args: [{ reg: name }] } : { reg: name });
    }
    const { values, initial } = timeline(entry, sessions);
    return { name, holes: shown, initial, values, scope: scopeOf(entry.lead, initial, sessions) };
  });
}

const isNegated = (expr: Expr): boolean => 'fn' in expr;

/** What the views showed of a register themselves. */
function shownOf({ holes }: RegisterModel): ReadonlyMap<View, Value> {
  const shown = new Map<View, Value>();
  for (const [hole, expr] of holes) {
    for (const [{ view }, value] of hole.values) shown.set(view, isNegated(expr) ? value !== true : value);
  }
  return shown;
}

/** Tells which registers always show what a known one holds, or its opposite: their holes by it, and the registers that are left. */
export function toldByKnown(
  registers: readonly RegisterModel[],
  known: readonly RegisterModel[],
): { readonly told: ReadonlyMap<Hole, Expr>; readonly left: readonly RegisterModel[] } {
  const told = new Map<Hole, Expr>();
  const left = registers.filter((register) => {
    const shown = shownOf(register);
    const same = firstTold(known, ({ values }) => sameAs(values, shown));
    if (!same) return true;
    for (const [hole, expr] of register.holes) {
      const reg = { reg: same.by.name };
      told.set(hole, isNegated(expr) === same.negated ? reg : { fn: 'not', args: [reg] });
    }
    return false;
  });
  return { told, left };
}
