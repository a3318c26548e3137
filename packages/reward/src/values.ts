import type { Row, Value } from '@backlot/protocol';

/** True for equal cells; lists are equal where their items are. A missing cell reads as null. */
export function isSameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item: Value, i) => isSameValue(item, b[i] as Value));
  return (a ?? null) === (b ?? null);
}

/** How many of the wanted cells a row has. */
export function cellsHeld(row: Row, cells: Readonly<Record<string, Value>>): number {
  return Object.keys(cells).filter((column) => isSameValue(row[column], cells[column])).length;
}
