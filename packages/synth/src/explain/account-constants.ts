import type { Expr, Value } from '@backlot/protocol';
import type { Hole } from '../template/holes.ts';
import type { SessionViews, View } from '../views.ts';
import type { Spot } from './layout.ts';
import { spotsOf } from './layout.ts';
import type { RegisterModel } from './registers.ts';

/** The one value that a spot has in each account; null where some account shows two, or all accounts the same. */
function valueByAccount(spot: Spot, sessions: readonly SessionViews[]): ReadonlyMap<string, Value> | null {
  const values = new Map<string, Value>();
  for (const [view, value] of spot.values) {
    const account = sessions[view.session]?.session.account ?? '';
    if (values.has(account) && values.get(account) !== value) return null;
    values.set(account, value);
  }
  return new Set(values.values()).size > 1 ? values : null;
}

/** Registers for what differs between accounts and never changes: names, titles, settings that nobody touched. */
export function accountConstants(holes: readonly Hole[], sessions: readonly SessionViews[], from: number): readonly RegisterModel[] {
  const groups = new Map<string, { byAccount: ReadonlyMap<string, Value>; holes: Hole[] }>();
  for (const spot of spotsOf(holes)) {
    const byAccount = valueByAccount(spot, sessions);
    if (!byAccount) continue;
    const spelling = JSON.stringify([...byAccount].sort(([a], [b]) => (a < b ? -1 : 1)));
    const group = groups.get(spelling) ?? { byAccount, holes: [] };
    group.holes.push(...spot.holes);
    groups.set(spelling, group);
  }
  return [...groups.values()].map((group, i): RegisterModel => {
    const name = `g${from + i}`;
    const values = new Map<View, Value>();
    const initial = [...group.byAccount.values()][0] ?? null;
    for (const session of sessions) {
      for (const view of [...session.before, ...session.after]) values.set(view, group.byAccount.get(session.session.account) ?? initial);
    }
    const expr: Expr = { reg: name };
    return { name, holes: new Map(group.holes.map((hole) => [hole, expr])), initial, values, scope: 'browser' };
  });
}
