/** Bounds between which a true share lies with 95 % confidence. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The 97.5 % quantile of the normal distribution. */
const z = 1.959963984540054;

/**
 * Wilson's score interval (95 %) for `k` successes in `n` independent trials; from 0 to 1 where nothing was tried.
 * @throws RangeError where `k` is not between 0 and `n`
 */
export function wilson(k: number, n: number): Interval {
  if (!(k >= 0 && k <= n)) throw new RangeError(`There can't be ${k} successes in ${n} trials.`);
  if (n === 0) return { low: 0, high: 1 };
  const share = k / n;
  const scale = 1 + (z * z) / n;
  const centre = (share + (z * z) / (2 * n)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  // At the ends the bound is the end itself, but for rounding.
  return { low: k === 0 ? 0 : centre - half, high: k === n ? 1 : centre + half };
}
