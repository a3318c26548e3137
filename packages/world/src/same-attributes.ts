import type { DomElement } from '@backlot/protocol';

/** The same names in the same order, with the same values. */
export function haveSameAttributes(a: DomElement['attrs'], b: DomElement['attrs']): boolean {
  if (a === b) return true;
  const [left, right] = [Object.keys(a), Object.keys(b)];
  return left.length === right.length && left.every((name, i) => name === right[i] && a[name] === b[name]);
}
