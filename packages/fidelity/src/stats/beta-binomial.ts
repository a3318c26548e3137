/** Outcomes seen before, fractions of them too. */
export interface Seen {
  readonly hits: number;
  readonly others: number;
}

/**
 * How likely at least `hits` of `total` further outcomes are hits, given those seen before: the upper tail of the beta-binomial
 * distribution, which knows that few outcomes say little. Both counts of `seen` must be above 0.
 */
export function upperTail({ hits, total }: { readonly hits: number; readonly total: number }, seen: Seen): number {
  const { hits: a, others: b } = seen;
  let mass = 1;
  for (let i = 0; i < total; i++) mass *= (b + i) / (a + b + i);
  let tail = 0;
  for (let k = 0; k <= total; k++) {
    if (k >= hits) tail += mass;
    mass *= ((total - k) / (k + 1)) * ((k + a) / (total - k - 1 + b));
  }
  return Math.min(1, tail);
}
