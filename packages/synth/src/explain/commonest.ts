import type { Value } from '@backlot/protocol';

/** The value that occurs most often, the first of equals; null where there is none. */
export function commonest(values: Iterable<Value>): Value {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}
