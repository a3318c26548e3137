import type { Case } from '../rules/cases.ts';

/**
 * An occasion without changes of fetched records where nothing was sent to the application: what it answers anew then was changed before,
 * and is no doing of the action.
 */
export function withoutUnsent(of: Case, names: ReadonlySet<string>): Case {
  if (names.size === 0 || of.step.exchanges.some(({ method }) => method !== 'GET')) return of;
  const { tables } = of.after.state;
  const kept = Object.fromEntries([...names].map((name) => [name, of.before.state.tables[name] ?? []]));
  return { ...of, after: { ...of.after, state: { ...of.after.state, tables: { ...tables, ...kept } } } };
}
