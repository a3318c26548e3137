import type { StyledElement } from './styled-element.ts';

/** `An+B`. */
export interface Nth {
  readonly a: number;
  readonly b: number;
}

/** Reads the `An+B` notation; null where it is none. */
export function parseNth(text: string): Nth | null {
  const compact = text.trim().toLowerCase();
  if (compact === 'odd') return { a: 2, b: 1 };
  if (compact === 'even') return { a: 2, b: 0 };
  const steps = /^([+-]?\d*)n\s*(?:([+-])\s*(\d+))?$/.exec(compact);
  if (steps === null) return /^[+-]?\d+$/.test(compact) ? { a: 0, b: Number(compact) } : null;
  const [, factor = '', sign = '+', offset = '0'] = steps;
  const a = factor === '' || factor === '+' ? 1 : factor === '-' ? -1 : Number(factor);
  return { a, b: sign === '-' ? -Number(offset) : Number(offset) };
}

/** True if the one-based position is one of the series. */
export function isNth(nth: Nth, position: number): boolean {
  const distance = position - nth.b;
  return nth.a === 0 ? distance === 0 : distance % nth.a === 0 && distance / nth.a >= 0;
}

/** One-based position among the siblings that `counts` accepts, from the end where `last`. */
export function positionAmong(element: StyledElement, counts: (sibling: StyledElement) => boolean, last: boolean): number {
  let position = 1;
  for (let other = last ? element.next : element.previous; other !== null; other = last ? other.next : other.previous) {
    if (counts(other)) position += 1;
  }
  return position;
}
