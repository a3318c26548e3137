import type { Expr, Value } from '@backlot/protocol';
import type { Hole } from '../template/holes.ts';
import type { SessionViews, View } from '../views.ts';
import { carried } from './carried.ts';
import { commonest } from './commonest.ts';
import type { Spot } from './layout.ts';
import { spotsOf } from './layout.ts';
import type { RegisterModel } from './registers.ts';

type ByAccount = ReadonlyMap<string, Value>;

/** Share of an account's sessions that may change what it began with: a setting, not the work itself. */
const seldom = 0.15;
/** The same for numbers and switches, which follow from what there is. */
const hardlyEver = 0.07;

/** The value that a spot has in each account before anybody changes it; null where accounts agree, or where it changes often. */
function valueByAccount(spot: Spot, sessions: readonly SessionViews[]): ByAccount | null {
  const shown = Map.groupBy(spot.values, ([{ session }]) => sessions[session]?.session.account ?? '');
  const usual = new Map([...shown].map(([account, entries]) => [account, commonest(entries.map(([, value]) => value))]));
  if (new Set(usual.values()).size < 2) return null;
  const allowed = isSetting(usual) ? seldom : hardlyEver;
  for (const [account, entries] of shown) {
    const bySession = [...Map.groupBy(entries, ([{ session }]) => session).values()];
    const changing = bySession.filter((mine) => isChanged(mine, usual.get(account)));
    if (changing.length > allowed * bySession.length) return null;
  }
  return usual;
}

/** Share of a session's views that may catch a page in the middle of being made; one always may. */
const caught = 0.1;

/** True where a session shows other than the usual for more than a moment. */
function isChanged(mine: readonly (readonly [View, Value])[], usual: Value | undefined): boolean {
  const inOrder = mine.toSorted(([a], [b]) => a.index - b.index);
  const others = inOrder.filter(([, value]) => value !== usual).length;
  return others > Math.max(1, caught * mine.length) || (others > 0 && inOrder.at(-1)?.[1] !== usual);
}

/** Words that people choose. */
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
    const values = carried(group.seen, sessions, ({ session }) => group.byAccount.get(session.account) ?? initial);
    return { name, holes: new Map(group.holes.map((hole) => [hole, expr])), initial, values, scope: 'browser' };
  });
}
