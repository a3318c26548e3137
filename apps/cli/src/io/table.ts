/** Lays rows out in columns, two spaces apart; columns whose cells are all numbers are set to the right. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, i) => Math.max(...cells.map((row) => (row[i] ?? '').length)));
  const numeric = head.map((_, i) => rows.length > 0 && rows.every((row) => /^[\d.,%–-]*$/.test(String(row[i] ?? ''))));
  return cells
    .map((row) =>
      row
        .map((cell, i) => (numeric[i] ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** A share as people read it, with its interval: `97.2 % (94.0–99.1)`. */
export function percent({ share, low, high }: { readonly share: number; readonly low: number; readonly high: number }): string {
  const say = (x: number): string => (100 * x).toFixed(1);
  return `${say(share)} % (${say(low)}–${say(high)})`;
}

/** `1 step`, `2 steps`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}
