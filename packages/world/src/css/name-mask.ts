/** A set of names in two words of bits: it may hold more than was put in, never less. */
export interface NameMask {
  readonly low: number;
  readonly high: number;
}

export const emptyMask: NameMask = { low: 0, high: 0 };

/** True if everything in the one may be in the other. */
export function isWithin(part: NameMask, whole: NameMask): boolean {
  return (part.low & ~whole.low) === 0 && (part.high & ~whole.high) === 0;
}

/** Both together; the larger one itself where it holds the other. */
export function union(a: NameMask, b: NameMask): NameMask {
  if (isWithin(a, b)) return b;
  return isWithin(b, a) ? a : { low: a.low | b.low, high: a.high | b.high };
}

/** The mask of an id and classes. */
export function maskOfNames(id: string | null, classes: readonly string[]): NameMask {
  let low = 0;
  let high = 0;
  for (const name of id === null ? classes : [`#${id}`, ...classes]) {
    const bit = hash(name) % 62;
    if (bit < 31) low |= 1 << bit;
    else high |= 1 << (bit - 31);
  }
  return { low, high };
}

function hash(text: string): number {
  let value = 5381;
  for (let at = 0; at < text.length; at += 1) value = ((value << 5) + value + text.charCodeAt(at)) >>> 0;
  return value;
}
