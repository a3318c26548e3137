/** The number with the fewest digits from `low` to `high`; of several the one closest to zero. */
export function simplestBetween(low: number, high: number): number {
  if (low > high) return simplestBetween(high, low);
  if (low <= 0 && high >= 0) return 0;
  if (high < 0) return -simplestBetween(-high, -low);
  for (let exponent = Math.ceil(Math.log10(high)); exponent >= -12; exponent--) {
    const digits = Math.ceil(Number(`${low}e${-exponent}`) - 1e-9);
    const made = Number(`${digits}e${exponent}`);
    if (Number.isFinite(made) && made >= low && made <= high) return made;
  }
  return low;
}

/** Decimals that a number is written with. */
export function decimalsOf(n: number): number {
  const text = String(n);
  const at = text.indexOf('.');
  return at < 0 || text.includes('e') ? 0 : text.length - at - 1;
}
