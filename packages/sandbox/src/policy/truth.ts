/**
 * What is known of a condition: true, false, or unknown (Kleene's strong logic of three values). Rules that allow need `true`; for
 * rules that forbid `unknown` is enough, unless the policy is lenient.
 */
export type Truth = 0 | 0.5 | 1;

export const isFalse = 0;
export const unknown = 0.5;
export const isTrue = 1;

export const truthOf = (value: boolean | null): Truth => (value === null ? unknown : value ? isTrue : isFalse);
export const not = (truth: Truth): Truth => (1 - truth) as Truth;

/** True where all are, false where one is. What comes after a false one is not asked for. */
export function every<T>(items: readonly T[], test: (item: T) => Truth): Truth {
  let truth: Truth = isTrue;
  for (const item of items) {
    const found = test(item);
    if (found === isFalse) return isFalse;
    if (found < truth) truth = found;
  }
  return truth;
}

/** False where all are, true where one is. What comes after a true one is not asked for. */
export function some<T>(items: readonly T[], test: (item: T) => Truth): Truth {
  let truth: Truth = isFalse;
  for (const item of items) {
    const found = test(item);
    if (found === isTrue) return isTrue;
    if (found > truth) truth = found;
  }
  return truth;
}
