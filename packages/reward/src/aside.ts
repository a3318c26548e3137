import type { Change } from './net-change.ts';

/** What of a net change counts, where registers and columns (`table.column`) are set aside. */
export function withoutAside(changes: readonly Change[], aside: readonly string[] = []): readonly Change[] {
  if (aside.length === 0) return changes;
  const isAside = new Set(aside);
  return changes.filter((change) => {
    if (change.kind === 'register') return !isAside.has(change.name);
    return change.kind !== 'updated' || change.columns.some((column) => !isAside.has(`${change.table}.${column}`));
  });
}
