import type { Value } from '@backlot/protocol';

/** The value that occurs most often, the first of equals; null where there is none. */
export function commonest(values: Iterable<Value>): Value {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

/** What usually goes with each key, and for how many of the pairs that is so. */
export interface Usual {
  readonly usual: ReadonlyMap<Value, Value>;
  readonly right: number;
}

/** The value that occurs most often with each key. */
export function usualBy(pairs: Iterable<readonly [Value, Value]>): Usual {
  const groups = Map.groupBy(pairs, ([key]) => key);
  const usual = new Map([...groups].map(([key, group]) => [key, commonest(group.map(([, value]) => value))]));
  const right = [...groups].reduce((sum, [key, group]) => sum + group.filter(([, value]) => value === usual.get(key)).length, 0);
  return { usual, right };
}
