/** Lines of one page that the other lacks, both ways, as often as they are lacking. Indentation does not count. */
export interface LineDifference {
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

/** What `got` lacks of `want`, and has beyond it. */
export function lineDifference(want: readonly string[], got: readonly string[]): LineDifference {
  return { missing: without(want, got), extra: without(got, want) };
}

/** F1 of the lines that two pages have in common, from 0 to 1; two empty pages are alike. */
export function lineF1(want: readonly string[], got: readonly string[]): number {
  const total = want.length + got.length;
  if (total === 0) return 1;
  const common = want.length - without(want, got).length;
  return (2 * common) / total;
}

function without(lines: readonly string[], taken: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const line of taken) left.set(line.trim(), (left.get(line.trim()) ?? 0) + 1);
  return lines.filter((line) => {
    const count = left.get(line.trim()) ?? 0;
    if (count > 0) left.set(line.trim(), count - 1);
    return count === 0;
  });
}
