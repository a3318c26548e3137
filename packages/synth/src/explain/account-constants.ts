import type { Expr, Value } from '@backlot/protocol';
import type { Hole } from '../template/holes.ts';
import type { SessionViews, View } from '../views.ts';
import { commonest } from './commonest.ts';
import type { Spot } from './layout.ts';
import { spotsOf } from './layout.ts';
import type { RegisterModel } from './registers.ts';

type ByAccount = ReadonlyMap<string, Value>;

/** Share of an account's sessions that may change what it began with: a setting, not the work itself. */
const seldom = 0.15;

/** The value that a spot has in each account before anybody changes it; null where accounts agree, or where it changes often. */
function valueByAccount(spot: Spot, sessions: readonly SessionViews[]): ByAccount | null {
  const shown = new Map<string, Map<number, Value[]>>();
  for (const [{ session }, value] of spot.values) {
    const account = sessions[session]?.session.account ?? '';
    const mine = shown.get(account) ?? new Map<number, Value[]>();
    shown.set(account, mine.set(session, [...(mine.get(session) ?? []), value]));
  }
  const usual = new Map([...shown].map(([account, mine]) => [account, commonest([...mine.values()].flat())]));
  if (new Set(usual.values()).size < 2) return null;
  for (const [account, mine] of shown) {
    const changing = [...mine.values()].filter((values) => values.some((value) => value !== usual.get(account)));
    if (changing.length > (isSetting(usual) ? seldom * mine.size : 0)) return null;
  }
  return usual;
}

/** Words that people choose; numbers and switches follow from what there is. */
const isSetting = (values: ByAccount): boolean =>
  [...values.values()].every((value) => typeof value === 'string' && /^\D*\p{L}\D*$/u.test(value));

interface Group {
  readonly byAccount: ByAccount;
  readonly seen: Map<View, Value>;
  readonly holes: Hole[];
}

const agree = 0.98;

/** A spot shows what a group shows wherever a view has both. */
function belongs({ seen }: Group, { values }: Spot): boolean {
  const common = [...values].filter(([view]) => seen.has(view));
  return common.filter(([view, value]) => seen.get(view) === value).length >= agree * common.length;
}

/** What every view stands on: what was shown last in its session, at first what the account begins with. */
function timeline({ byAccount, seen }: Group, sessions: readonly SessionViews[]): Map<View, Value> {
  const values = new Map<View, Value>();
  for (const { session, before, after } of sessions) {
    let now = byAccount.get(session.account) ?? [...byAccount.values()][0] ?? null;
    for (const view of after.flatMap((next, i) => [before[i] as View, next])) {
      now = seen.get(view) ?? now;
      values.set(view, now);
    }
  }
  return values;
}

/** Registers for what differs between accounts and hardly ever changes: names, titles, settings that few touch. */
export function accountConstants(holes: readonly Hole[], sessions: readonly SessionViews[], from: number): readonly RegisterModel[] {
  const groups = new Map<string, Group[]>();
  for (const spot of spotsOf(holes)) {
    const byAccount = valueByAccount(spot, sessions);
    if (!byAccount) continue;
    const spelling = JSON.stringify([...byAccount].sort(([a], [b]) => (a < b ? -1 : 1)));
    const known = groups.get(spelling) ?? [];
    groups.set(spelling, known);
    let group = known.find((candidate) => belongs(candidate, spot));
    if (!group) known.push((group = { byAccount, seen: new Map(), holes: [] }));
    group.holes.push(...spot.holes);
    for (const [view, value] of spot.values) if (!group.seen.has(view)) group.seen.set(view, value);
  }
  return [...groups.values()].flat().map((group, i): RegisterModel => {
    const name = `g${from + i}`;
    const expr: Expr = { reg: name };
    const initial = [...group.byAccount.values()][0] ?? null;
    return { name, holes: new Map(group.holes.map((hole) => [hole, expr])), initial, values: timeline(group, sessions), scope: 'browser' };
  });
}
