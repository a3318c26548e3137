import type { Expr, Value } from '@backlot/protocol';
import { contentSignature } from '../template/lists.ts';
import type { Hole } from '../template/holes.ts';
import type { SessionViews, View } from '../views.ts';
import { commonest } from './commonest.ts';

/** A value that pages show and nothing else explains: the world has to remember it. */
export interface RegisterModel {
  readonly name: string;
  readonly holes: ReadonlyMap<Hole, Expr>;
  readonly initial: Value;
  /** `page` where every document begins with the initial value again. */
  readonly scope: 'page' | 'browser';
  readonly values: ReadonlyMap<View, Value>;
}

interface Group {
  readonly holes: readonly Hole[];
  readonly seen: ReadonlyMap<View, Value>;
}

/** What makes holes of different pages one: the same thing is there or not. Other holes stand for themselves. */
function identity(hole: Hole): string {
  if (hole.kind !== 'presence' || hole.pattern.kind !== 'element') return hole.id;
  const node = hole.pattern.nodes.values().next().value;
  return node ? `${node.tag}.${node.attrs['class'] ?? ''} ${contentSignature(node).slice(0, 200)}` : hole.id;
}

function group(holes: readonly Hole[]): readonly Group[] {
  const groups = new Map<string, { holes: Hole[]; seen: Map<View, Value> }>();
  for (const hole of holes) {
    const name = identity(hole);
    const found = groups.get(name) ?? { holes: [], seen: new Map<View, Value>() };
    found.holes.push(hole);
    for (const [instance, value] of hole.values) found.seen.set(instance.view, value);
    groups.set(name, found);
  }
  return [...groups.values()];
}

/** Share of common views on which two groups agree, and on which one is the other's opposite. */
function compare(a: Group, b: Group): { readonly same: number; readonly opposite: number; readonly common: number } {
  let [same, opposite, common] = [0, 0, 0];
  for (const [view, value] of b.seen) {
    const other = a.seen.get(view);
    if (other === undefined) continue;
    common++;
    if (other === value) same++;
    else if (typeof value === 'boolean' && typeof other === 'boolean') opposite++;
  }
  return { same: same / (common || 1), opposite: opposite / (common || 1), common };
}

/** Two groups are one register where they agree on nearly all of the views that show both. */
const agree = 0.98;
const minCommon = 3;

interface Merged {
  readonly lead: Group;
  readonly members: { group: Group; negated: boolean }[];
}

function merge(groups: readonly Group[]): readonly Merged[] {
  const merged: Merged[] = [];
  for (const candidate of groups.toSorted((a, b) => b.seen.size - a.seen.size)) {
    let home: { into: Merged; negated: boolean } | null = null;
    for (const into of merged) {
      const { same, opposite, common } = compare(into.lead, candidate);
      if (common < Math.min(minCommon, candidate.seen.size)) continue;
      if (same >= agree || opposite >= agree) {
        home = { into, negated: opposite > same };
        break;
      }
    }
    if (home) home.into.members.push({ group: candidate, negated: home.negated });
    else merged.push({ lead: candidate, members: [{ group: candidate, negated: false }] });
  }
  return merged;
}

/** Value behind every view: what the page shows, else what the one before showed. */
function timeline({ members }: Merged, sessions: readonly SessionViews[]): { values: Map<View, Value>; initial: Value } {
  const seen = new Map<View, Value>();
  for (const member of members.toReversed()) {
    for (const [view, value] of member.group.seen) seen.set(view, member.negated ? value !== true : value);
  }
  const initial = commonest(seen.values());
  const values = new Map<View, Value>();
  for (const session of sessions) {
    const views = session.after.flatMap((after, i) => [session.before[i] as View, after]);
    let now = views.map((view) => seen.get(view)).find((value) => value !== undefined) ?? initial;
    for (const view of views) {
      now = seen.get(view) ?? now;
      values.set(view, now);
    }
  }
  return { values, initial };
}

/** Share of documents that must begin with the initial value for a register to be the page's own. */
const fresh = 0.98;

function scopeOf(lead: Group, initial: Value, sessions: readonly SessionViews[]): RegisterModel['scope'] {
  let [loads, initials, others] = [0, 0, 0];
  for (const session of sessions) {
    for (const [i, view] of session.after.entries()) {
      const value = lead.seen.get(view);
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
  const merged = merge(group(holes)).toSorted((a, b) => b.members.length - a.members.length);
  return merged.map((entry, i): RegisterModel => {
    const name = `g${from + i}`;
    const shown = new Map<Hole, Expr>();
    for (const { group: member, negated } of entry.members) {
      for (const hole of member.holes) shown.set(hole, negated ? { fn: 'not', args: [{ reg: name }] } : { reg: name });
    }
    const { values, initial } = timeline(entry, sessions);
    return { name, holes: shown, initial, values, scope: scopeOf(entry.lead, initial, sessions) };
  });
}
